import { createMemo, createSignal, For, Show } from 'solid-js';
import type { SetStoreFunction } from 'solid-js/store';
import type { Client } from '#core/noproxy/clients.ts';
import { coverageOf } from '#core/noproxy/coverage.ts';
import { type Lint, lintEnvironment, lintNoProxy } from '#core/noproxy/lint.ts';
import { lintProxies } from '#core/noproxy/lint-proxy.ts';
import { announce } from '../ui/index.ts';
import { MANY } from './Matrix.tsx';
import { Rich } from './Rich.tsx';
import type { State } from './state.ts';

export interface EntriesProps {
  state: State;
  setState: SetStoreFunction<State>;
  /** The list to look at. */
  list: string;
  environment: Readonly<Record<string, string>>;
  clients: readonly Client[];
}

/** So many findings and entries are shown at first. */
const PAGE = 40;
const severityWords = { error: '无效', warning: '注意', info: '提示' } as const;

/** What is wrong with the entries, each with its fix, and what one entry covers. */
export function Entries(props: EntriesProps) {
  const entries = createMemo(() => (props.list === '' ? [] : props.list.split(',')));
  const lints = createMemo<readonly Lint[]>(() => [
    ...lintEnvironment(props.environment),
    ...lintProxies(props.environment),
    ...lintNoProxy(entries(), { container: true }),
  ]);
  const [limit, setLimit] = createSignal(PAGE);
  const [chosen, setChosen] = createSignal(0);
  const entry = () => entries()[Math.min(chosen(), entries().length - 1)]?.trim() ?? '';
  const coverage = createMemo(() =>
    coverageOf(
      entry(),
      props.clients.map(({ id }) => id),
    ),
  );
  const fixable = () => lints().filter((lint) => lint.fix && lint.severity !== 'info');

  const apply = (chosenLints: readonly Lint[]) => {
    const next: string[] = [];
    const byIndex = new Map<number, readonly string[]>();
    const added: string[] = [];
    for (const lint of chosenLints) {
      if (!lint.fix) continue;
      if (lint.index < 0) added.push(...lint.fix);
      else if (!byIndex.has(lint.index)) byIndex.set(lint.index, lint.fix);
    }
    entries().forEach((text, index) => {
      next.push(...(byIndex.get(index) ?? [text]));
    });
    props.setState('noProxy', [...next, ...added].join(','));
    announce('已改写 NO_PROXY');
  };

  return (
    <section class="np-entries" aria-labelledby="np-entries-title">
      <div class="np-bar">
        <h2 id="np-entries-title">逐项检查</h2>
        <Show when={fixable().length > 1}>
          <button type="button" class="ui-button" onClick={() => apply(fixable())}>
            全部改好
          </button>
        </Show>
      </div>
      <Show when={lints().length > 0} fallback={<p class="ui-problem ui-ok">没有发现问题。</p>}>
        <ul class="np-lints">
          <For each={lints().slice(0, limit())}>
            {(lint) => (
              <li class={`np-lint np-lint-${lint.severity}`}>
                <span class="np-severity">{severityWords[lint.severity]}</span>
                <span class="np-lint-text">
                  <Show when={lint.entry.trim() !== ''}>
                    <code>{lint.entry.trim()}</code>：
                  </Show>
                  <Rich text={lint.message} />
                </span>
                <Show when={lint.fix}>
                  {(fix) => (
                    <button
                      type="button"
                      class="ui-button np-fix"
                      aria-label={
                        lint.index < 0
                          ? `加上 ${fix().join('、')}`
                          : fix().length === 0
                            ? `删掉 ${lint.entry.trim()}`
                            : `把 ${lint.entry.trim()} 改成 ${fix().join(',')}`
                      }
                      onClick={() => apply([lint])}
                    >
                      {lint.index < 0 ? '加上' : fix().length === 0 ? '删掉' : '改成'}{' '}
                      <Show when={fix().length > 0}>
                        <code>{fix().join(',')}</code>
                      </Show>
                    </button>
                  )}
                </Show>
              </li>
            )}
          </For>
        </ul>
        <Show when={lints().length > limit()}>
          <button type="button" class="ui-button" onClick={() => setLimit(limit() + 200)}>
            再显示一些（还有 {lints().length - limit()} 条）
          </button>
        </Show>
      </Show>

      <Show when={coverage().length > 0}>
        <div class="np-coverage">
          <label class="np-choose">
            一项管到哪里：
            <select
              class="ui-input np-mono"
              value={Math.min(chosen(), entries().length - 1)}
              onChange={(event) => setChosen(Number(event.currentTarget.value))}
            >
              <For each={entries().slice(0, 500)}>
                {(text, index) => <option value={index()}>{text.trim() || '（空）'}</option>}
              </For>
            </select>
          </label>
          <section class="np-scroll" aria-label="一项在各客户端里的范围" tabindex="0">
            <table class="np-matrix np-flat" classList={{ 'np-many': props.clients.length > MANY }}>
              <caption class="sr-only">列表里只有这一项时，各客户端直连哪些主机</caption>
              <thead>
                <tr>
                  <th scope="col" class="np-target">
                    主机
                  </th>
                  <For each={props.clients}>
                    {(client) => (
                      <th scope="col" class="np-client">
                        <span>{client.name}</span>
                      </th>
                    )}
                  </For>
                </tr>
              </thead>
              <tbody>
                <For each={coverage()}>
                  {({ probe, covered }) => (
                    <tr>
                      <th scope="row" class="np-target">
                        <span class="np-host">{probe.url.replace(/^https:\/\/|\/$/g, '')}</span>
                        <span class="np-note">{probe.label}</span>
                      </th>
                      <For each={covered}>
                        {(yes, column) => (
                          <td
                            class={yes ? 'np-yes' : 'np-no'}
                            data-client={props.clients[column()]?.name}
                          >
                            {yes ? '直连' : '—'}
                          </td>
                        )}
                      </For>
                    </tr>
                  )}
                </For>
              </tbody>
            </table>
          </section>
        </div>
      </Show>
    </section>
  );
}
