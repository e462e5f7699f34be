import { createMemo, createSignal, For, type JSX, Show } from 'solid-js';
import { settingsHash } from '#core/config/state.ts';
import { freshness, type Mirror, mirrors, recommended, statusLabels } from '#core/mirrors/index.ts';
import { type ListAdvice, type MirrorList, withoutRemoved } from '#core/mirrors/list.ts';
import { CodeView, CopyButton, Field } from '../ui/index.ts';
import { sitePath } from './effects.ts';

/** So many of the suggestion stand in the open, chosen to begin with. */
export const FIRST_CHOICE = 6;

export interface ChooseProps {
  now: Date;
  chosen: readonly string[];
  onChoose: (ids: string[]) => void;
  pasted: string;
  onPaste: (text: string) => void;
  list: MirrorList;
  advice: readonly ListAdvice[];
  /** Whether an address in the local network is among the targets. */
  hasLocal: boolean;
  allowLocal: boolean;
  onAllowLocal: (allow: boolean) => void;
}

/** What to try: the catalogue's mirrors, and the reader's own. */
export function Choose(props: ChooseProps) {
  const suggested = createMemo(() => recommended(props.now));
  const others = createMemo(() =>
    mirrors.filter(
      (mirror) =>
        mirror.status !== 'stopped' &&
        mirror.form === 'docker.io-mirror' &&
        !mirror.url.includes('<') &&
        !suggested().some((other) => other.id === mirror.id),
    ),
  );
  const toggle = (id: string, on: boolean) => {
    const without = props.chosen.filter((other) => other !== id);
    props.onChoose(on ? [...without, id] : without);
  };
  const kept = () => withoutRemoved(props.list.urls, props.advice);

  const option = (mirror: Mirror) => (
    <li>
      <label class="mc-option">
        <input
          type="checkbox"
          checked={props.chosen.includes(mirror.id)}
          onChange={(event) => toggle(mirror.id, event.currentTarget.checked)}
        />
        <span>
          <span class="mc-host">{hostOf(mirror.url)}</span>
          <span class="mc-fact">
            {mirror.name} · {statusLabels[mirror.status]} · {freshness(mirror, props.now).text}
          </span>
        </span>
      </label>
    </li>
  );

  return (
    <>
      <fieldset class="mc-set">
        <legend>目录里的镜像源</legend>
        <p class="ui-hint">
          按证据的可靠程度排列，不是按快慢。各项的依据见
          <a href={sitePath('/mirror/sources/')}>国内镜像源现状</a>。
        </p>
        <div class="mc-buttons">
          <button
            type="button"
            class="ui-button"
            onClick={() => props.onChoose(suggested().map((mirror) => mirror.id))}
          >
            全选这 {suggested().length} 个
          </button>
          <button type="button" class="ui-button" onClick={() => props.onChoose([])}>
            全不选
          </button>
        </div>
        <ul class="mc-options">
          <For each={suggested().slice(0, FIRST_CHOICE)}>{option}</For>
        </ul>
        <Show when={suggested().length > FIRST_CHOICE}>
          <Fold summary={`再看 ${suggested().length - FIRST_CHOICE} 个：证据较旧或较少`}>
            <ul class="mc-options">
              <For each={suggested().slice(FIRST_CHOICE)}>{option}</For>
            </ul>
          </Fold>
        </Show>
        <Fold summary={`另外 ${others().length} 个：要账号、仅限云内或证据不足`}>
          <ul class="mc-options">
            <For each={others()}>{option}</For>
          </ul>
        </Fold>
      </fieldset>

      <Field
        label="自己的镜像源，或粘贴 daemon.json"
        hint="一行一个地址；粘贴整份 daemon.json 时只取其中的 registry-mirrors，其余内容不读取。"
        severity="warning"
        problem={
          props.list.problems.length > 0 ? (
            <For each={props.list.problems}>{(text) => <p>{text}</p>}</For>
          ) : undefined
        }
      >
        {(attributes) => (
          <textarea
            {...attributes}
            class="ui-input"
            rows="4"
            spellcheck={false}
            autocapitalize="off"
            placeholder={'https://docker.example.com\n{ "registry-mirrors": ["https://…"] }'}
            value={props.pasted}
            onInput={(event) => props.onPaste(event.currentTarget.value)}
          />
        )}
      </Field>

      <Show when={props.advice.length > 0}>
        <section class="mc-advice" aria-labelledby="mc-advice-title">
          <h3 id="mc-advice-title">这份清单里有问题的地址</h3>
          <ul>
            <For each={props.advice}>
              {(item) => (
                <li class={item.severity === 'remove' ? 'ui-error' : 'ui-warning'}>
                  <strong>{item.severity === 'remove' ? '应删除' : '留意'}</strong>{' '}
                  <code>{item.url}</code>
                  <br />
                  {item.text}
                </li>
              )}
            </For>
          </ul>
          <Show when={kept().length < props.list.urls.length}>
            <p>
              去掉应删除的之后
              {kept().length === 0 ? '，一个也不剩。' : `还剩 ${kept().length} 个：`}
            </p>
            <Show when={kept().length > 0}>
              <CodeView code={listText(kept())} language="json" label="去掉失效地址后的清单" />
              <div class="mc-buttons">
                <CopyButton text={() => listText(kept())} label="复制这份清单" />
                <a
                  class="ui-button"
                  href={sitePath(`/tools/config/#${settingsHash({ mirrors: kept() })}`)}
                >
                  用这份清单生成配置
                </a>
              </div>
            </Show>
          </Show>
        </section>
      </Show>

      <Show when={props.hasLocal}>
        <label class="mc-option mc-local">
          <input
            type="checkbox"
            checked={props.allowLocal}
            onChange={(event) => props.onAllowLocal(event.currentTarget.checked)}
          />
          <span>
            也试内网地址
            <span class="mc-fact">
              Chrome、Edge 142 起，公网页面访问内网或本机地址要先得到「本地网络访问」（Local Network
              Access）许可：会弹出询问，不允许就测不成。
            </span>
          </span>
        </label>
      </Show>
    </>
  );
}

/** A long list that is made when it is opened. */
function Fold(props: { summary: string; children: JSX.Element }) {
  const [open, setOpen] = createSignal(false);
  return (
    <details class="mc-more" open={open()} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{props.summary}</summary>
      <Show when={open()}>{props.children}</Show>
    </details>
  );
}

export function hostOf(url: string): string {
  return url.replace(/^https?:\/\//, '').replace(/\/$/, '');
}

function listText(urls: readonly string[]): string {
  return `"registry-mirrors": [\n${urls.map((url) => `  ${JSON.stringify(url)}`).join(',\n')}\n]`;
}
