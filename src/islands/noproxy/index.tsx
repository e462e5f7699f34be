import {
  type Component,
  createDeferred,
  createEffect,
  createMemo,
  createSignal,
  For,
  on,
  onCleanup,
  onMount,
  Show,
} from 'solid-js';
import { createStore } from 'solid-js/store';
import { Dynamic } from 'solid-js/web';
import { clients } from '#core/noproxy/clients.ts';
import { compile } from '#core/noproxy/decide.ts';
import { parseTargets } from '#core/noproxy/targets.ts';
import {
  apart,
  CopyButton,
  createAwakening,
  createHashState,
  whenAlive,
  whenWanted,
} from '../ui/index.ts';
import { Answers as AnswersPart } from './Answers.tsx';
import type { EntriesProps } from './Entries.tsx';
import { Inputs as InputsPart } from './Inputs.tsx';
import type { RewritesProps } from './Rewrites.tsx';
import { codec, defaults, environmentOf, type State } from './state.ts';
import './noproxy.css';

const Answers = apart(AnswersPart, 1);
const Inputs = apart(InputsPart, 2);

/** Long enough that typing a word writes the address once. */
const SAVE_MS = 300;

/** The NO_PROXY tester: what each client does with each target, and why. */
function NoProxyTool() {
  const [state, setState] = createStore<State>({ ...defaults });
  const [notices, setNotices] = createSignal<readonly string[]>([]);
  const hash = createHashState(codec, ({ state: read, unknown, problems }) => {
    setState({ ...defaults, ...read });
    setNotices([
      ...problems,
      ...(unknown.length > 0 ? [`链接里有不认识的参数：${unknown.join('、')}，已忽略。`] : []),
    ]);
  });

  const environment = createMemo(() => environmentOf(state));
  const mirrors = createMemo(() => state.mirrors.split(/\s+/).filter(Boolean));
  const parsed = createMemo(() => parseTargets(state.targets, { mirrors: mirrors() }));
  const shown = createMemo(() => clients.filter((client) => state.all || client.common));
  const deciders = createMemo(() => {
    const env = environment();
    return shown().map((client) => compile(client.id, env, { namesResolve: true }));
  });
  /** What the parts below the table read: after the table has been painted. */
  const below = createDeferred(() => ({ list: state.noProxy, environment: environment() }), {
    timeoutMs: 200,
  });

  // What stands below the table comes when it is wanted, each part in a task of its own.
  const [Entries, setEntries] = createSignal<Component<EntriesProps>>();
  const [Rewrites, setRewrites] = createSignal<Component<RewritesProps>>();
  let place: HTMLDivElement | undefined;
  const loadRest = async () => {
    const [entries, rewrites] = await Promise.all([
      import('./Entries.tsx'),
      import('./Rewrites.tsx'),
    ]);
    setEntries(() => entries.Entries);
    await new Promise((resolve) => setTimeout(resolve));
    setRewrites(() => rewrites.Rewrites);
  };
  const asleep = createAwakening('.np-tool', () => whenWanted(loadRest, place));

  onMount(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    onCleanup(() => clearTimeout(timer));
    createEffect(
      on(
        () => ({ ...state }),
        (now) => {
          clearTimeout(timer);
          timer = setTimeout(() => hash.save(now), SAVE_MS);
        },
        { defer: true },
      ),
    );
  });

  return (
    <div class="np-tool not-content" data-asleep={asleep() || undefined}>
      <For each={notices()}>{(notice) => <p class="ui-problem ui-warning">{notice}</p>}</For>
      <Inputs state={state} setState={setState} problems={parsed().problems} />

      <section class="np-results" aria-labelledby="np-results-title">
        <div class="np-bar">
          <h2 id="np-results-title">谁走代理，谁直连</h2>
          <label class="np-check">
            <input
              type="checkbox"
              checked={state.all}
              onChange={({ currentTarget: { checked } }) =>
                whenAlive(() => setState('all', checked))
              }
            />
            列出全部 {clients.length} 个版本
          </label>
          <CopyButton label="复制链接" text={() => hash.link(state)} />
        </div>
        <Show
          when={parsed().targets.length > 0}
          fallback={<p class="np-empty">在上面写一个目标：URL、主机名、IP 或镜像名，一行一个。</p>}
        >
          <Answers
            targets={parsed().targets}
            clients={shown()}
            deciders={deciders()}
            environment={environment()}
          />
        </Show>
      </section>

      <Show when={Entries()} fallback={<div class="np-later" ref={place} />}>
        {(part) => (
          <Dynamic
            component={part()}
            state={state}
            setState={setState}
            list={below().list}
            environment={below().environment}
            clients={shown()}
          />
        )}
      </Show>
      <Show when={Rewrites()}>
        {(part) => (
          <Dynamic component={part()} state={state} setState={setState} list={below().list} />
        )}
      </Show>
    </div>
  );
}

export default apart(NoProxyTool);
