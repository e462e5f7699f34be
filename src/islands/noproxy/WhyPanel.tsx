import { createDeferred, createMemo, For, Show } from 'solid-js';
import type { Client } from '#core/noproxy/clients.ts';
import { explainDecision, nearMisses } from '#core/noproxy/explain.ts';
import type { Target } from '#core/noproxy/targets.ts';
import type { Decision } from '#core/noproxy/types.ts';
import { Rich } from './Rich.tsx';
import { routeSentence } from './words.ts';

interface WhyPanelProps {
  target: Target;
  client: Client;
  decision: Decision;
  environment: Readonly<Record<string, string>>;
  /** The reader asked for it: keep it in view. */
  pinned: boolean;
  onUnpin: () => void;
}

/** Why one client does what it does with one target. */
export function WhyPanel(props: WhyPanelProps) {
  const list = () => {
    const env = props.environment;
    if (props.client.id === 'java') return env['http.nonProxyHosts'] ?? '';
    const read = props.decision.reason.listVariable;
    return read ? (env[read] ?? '') : (env.no_proxy ?? env.NO_PROXY ?? '');
  };
  // Reads every entry of the list: the table is painted first.
  const question = createDeferred(
    () => ({
      client: props.client.id,
      list: list(),
      url: props.target.url,
      asked: props.decision.route === 'proxy',
    }),
    { timeoutMs: 200 },
  );
  const misses = createMemo(() => {
    const { client, list, url, asked } = question();
    return asked ? nearMisses(client, list, url) : [];
  });
  return (
    <div
      class={`np-why np-why-${props.decision.route}`}
      classList={{ 'np-why-pinned': props.pinned }}
    >
      <Show when={props.pinned}>
        <button type="button" class="ui-button np-unpin" onClick={() => props.onUnpin()}>
          收起
        </button>
      </Show>
      <div class="np-why-text" role="status" aria-live="polite">
        <p class="np-why-head">
          <strong>{props.client.name}</strong> 访问 <code>{props.target.url}</code>：
          <strong>{routeSentence(props.decision)}</strong>
        </p>
        <p>
          <Rich text={explainDecision(props.client.id, props.decision)} />
        </p>
        <Show when={misses().length > 0}>
          <p>看起来该匹配、其实没有匹配上的项：</p>
          <ul>
            <For each={misses()}>
              {(miss) => (
                <li>
                  <code>{miss.entry}</code>：<Rich text={miss.why} />
                </li>
              )}
            </For>
          </ul>
        </Show>
        <p class="np-version">
          实测版本 {props.client.version}；代表 {props.client.versions}。用在：{props.client.usedBy}
          。
        </p>
      </div>
    </div>
  );
}
