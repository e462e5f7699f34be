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
import { CopyButton, createHashState } from '../ui/index.ts';
import type { EntriesProps } from './Entries.tsx';
import { Inputs } from './Inputs.tsx';
import { Matrix, type Selection } from './Matrix.tsx';
import type { RewritesProps } from './Rewrites.tsx';
import { codec, defaults, environmentOf, type State } from './state.ts';
import { WhyPanel } from './WhyPanel.tsx';
import './noproxy.css';

interface More {
  Entries: Component<EntriesProps>;
  Rewrites: Component<RewritesProps>;
}

/** Long enough that typing a word writes the address once. */
const SAVE_MS = 300;

/** The NO_PROXY tester: what each client does with each target, and why. */
export default function NoProxyTool() {
  const [state, setState] = createStore<State>({ ...defaults });
  const [notices, setNotices] = createSignal<readonly string[]>([]);
  const [selection, setSelection] = createSignal<Selection | undefined>();
  const [pinned, setPinned] = createSignal(false);
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
  const decisions = createMemo(() => {
    const decide = deciders();
    return parsed().targets.map(({ url }) => decide.map((one) => one(url)));
  });

  /** The chosen cell, or the first one where the clients disagree. */
  const current = createMemo<Selection | undefined>(() => {
    const rows = decisions();
    const chosen = selection();
    if (chosen && rows[chosen.row]?.[chosen.column]) return chosen;
    for (let row = 0; row < rows.length; row++) {
      const routes = rows[row] ?? [];
      const column = routes.findIndex(({ route }) => route !== routes[0]?.route);
      if (column > 0) return { row, column };
    }
    return rows[0]?.length ? { row: 0, column: 0 } : undefined;
  });

  const asked = createMemo(() => {
    const cell = current();
    const target = cell && parsed().targets[cell.row];
    const client = cell && shown()[cell.column];
    const decision = cell && decisions()[cell.row]?.[cell.column];
    return target && client && decision ? { target, client, decision } : undefined;
  });

  /** What the parts below the table read: after the table has been painted. */
  const below = createDeferred(() => ({ list: state.noProxy, environment: environment() }), {
    timeoutMs: 200,
  });

  // What stands below the table comes after it: its code is not needed for the first answer.
  const [more, setMore] = createSignal<More | undefined>();
  onMount(async () => {
    const [{ Entries }, { Rewrites }] = await Promise.all([
      import('./Entries.tsx'),
      import('./Rewrites.tsx'),
    ]);
    setMore({ Entries, Rewrites });
  });

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
    <div class="np-tool not-content">
      <For each={notices()}>{(notice) => <p class="ui-problem ui-warning">{notice}</p>}</For>
      <Inputs state={state} setState={setState} problems={parsed().problems} />

      <section class="np-results" aria-labelledby="np-results-title">
        <div class="np-bar">
          <h2 id="np-results-title">谁走代理，谁直连</h2>
          <label class="np-check">
            <input
              type="checkbox"
              checked={state.all}
              onChange={(event) => setState('all', event.currentTarget.checked)}
            />
            列出全部 {clients.length} 个版本
          </label>
          <CopyButton label="复制链接" text={() => hash.link(state)} />
        </div>
        <Show
          when={parsed().targets.length > 0}
          fallback={<p class="np-empty">在上面写一个目标：URL、主机名、IP 或镜像名，一行一个。</p>}
        >
          <Matrix
            targets={parsed().targets}
            clients={shown()}
            decisions={decisions()}
            selected={current()}
            onSelect={(cell) => {
              setSelection(cell);
              setPinned(true);
            }}
          />
          <Show when={asked()}>
            {(cell) => (
              <WhyPanel
                target={cell().target}
                client={cell().client}
                decision={cell().decision}
                environment={environment()}
                pinned={pinned()}
                onUnpin={() => setPinned(false)}
              />
            )}
          </Show>
        </Show>
      </section>

      <Show when={more()} fallback={<div class="np-later" />}>
        {(parts) => (
          <>
            <Dynamic
              component={parts().Entries}
              state={state}
              setState={setState}
              list={below().list}
              environment={below().environment}
              clients={shown()}
            />
            <Dynamic
              component={parts().Rewrites}
              state={state}
              setState={setState}
              list={below().list}
            />
          </>
        )}
      </Show>
    </div>
  );
}
