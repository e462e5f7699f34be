import { createMemo, createSignal, For, Index } from 'solid-js';
import { type Client, clientGroups } from '#core/noproxy/clients.ts';
import type { Target } from '#core/noproxy/targets.ts';
import type { Decision } from '#core/noproxy/types.ts';
import { routeWords } from './words.ts';

export interface Selection {
  row: number;
  column: number;
}

/** With more columns than this the titles stand upright, so that the table still fits. */
export const MANY = 14;

interface MatrixProps {
  targets: readonly Target[];
  clients: readonly Client[];
  decisions: readonly (readonly Decision[])[];
  selected: Selection | undefined;
  onSelect: (selection: Selection) => void;
}

/** Targets down, clients across. One cell takes part in tabbing, arrows move among them. */
export function Matrix(props: MatrixProps) {
  let body: HTMLTableSectionElement | undefined;
  const [focus, setFocus] = createSignal<Selection>({ row: 0, column: 0 });
  const groups = createMemo(() =>
    clientGroups
      .map((group) => ({
        ...group,
        count: props.clients.filter((client) => client.group === group.id).length,
      }))
      .filter(({ count }) => count > 0),
  );
  const startsGroup = (column: number) =>
    column > 0 && props.clients[column]?.group !== props.clients[column - 1]?.group;
  const stop = () => {
    const { row, column } = focus();
    return {
      row: Math.min(row, props.targets.length - 1),
      column: Math.min(column, props.clients.length - 1),
    };
  };

  const move = (event: KeyboardEvent) => {
    const { row, column } = stop();
    const lastRow = props.targets.length - 1;
    const lastColumn = props.clients.length - 1;
    const to: Partial<Record<string, Selection>> = {
      ArrowRight: { row, column: Math.min(column + 1, lastColumn) },
      ArrowLeft: { row, column: Math.max(column - 1, 0) },
      ArrowDown: { row: Math.min(row + 1, lastRow), column },
      ArrowUp: { row: Math.max(row - 1, 0), column },
      Home: { row: event.ctrlKey ? 0 : row, column: 0 },
      End: { row: event.ctrlKey ? lastRow : row, column: lastColumn },
    };
    const next = to[event.key];
    if (!next) return;
    event.preventDefault();
    setFocus(next);
    body?.querySelector<HTMLElement>(`[data-cell="${next.row}-${next.column}"]`)?.focus();
  };

  const count = (row: number) => {
    const routes = props.decisions[row] ?? [];
    const of = (route: string) => routes.filter((decision) => decision.route === route).length;
    const parts = [
      [of('direct'), '直连'],
      [of('proxy'), '代理'],
      [of('error'), '出错'],
    ].filter(([number]) => Number(number) > 0);
    return parts.map(([number, word]) => `${number} ${word}`).join(' · ');
  };

  return (
    <section class="np-scroll" aria-label="结果表" tabindex="0">
      <table class="np-matrix" classList={{ 'np-many': props.clients.length > MANY }}>
        <caption class="sr-only">
          每行一个目标，每列一个客户端。方向键在格子间移动，回车看原因。
        </caption>
        <thead>
          <tr>
            <th scope="col" rowspan="2" class="np-target">
              目标
            </th>
            <For each={groups()}>
              {(group) => (
                <th scope="colgroup" colspan={group.count} class="np-group" title={group.usedBy}>
                  {group.title}
                </th>
              )}
            </For>
          </tr>
          <tr>
            <Index each={props.clients}>
              {(client, column) => (
                <th
                  scope="col"
                  class="np-client"
                  classList={{ 'np-start': startsGroup(column) }}
                  title={`${client().usedBy}；${client().versions}`}
                >
                  <span>{client().name}</span>
                </th>
              )}
            </Index>
          </tr>
        </thead>
        <tbody ref={body} onKeyDown={move}>
          <Index each={props.targets}>
            {(target, row) => (
              <tr>
                <th scope="row" class="np-target">
                  <span class="np-host">{target().label}</span>
                  <span class="np-note">
                    {target().note === '' ? count(row) : `${target().note} · ${count(row)}`}
                  </span>
                </th>
                <Index each={props.clients}>
                  {(client, column) => {
                    const route = () => props.decisions[row]?.[column]?.route ?? 'error';
                    const chosen = () =>
                      props.selected?.row === row && props.selected.column === column;
                    return (
                      <td classList={{ 'np-start': startsGroup(column) }}>
                        <button
                          type="button"
                          class={`np-cell np-${route()}`}
                          data-cell={`${row}-${column}`}
                          data-client={client().name}
                          tabindex={stop().row === row && stop().column === column ? 0 : -1}
                          aria-pressed={chosen()}
                          aria-label={`${client().name}：${routeWords[route()]}`}
                          onClick={({ currentTarget }) => {
                            setFocus({ row, column });
                            props.onSelect({ row, column });
                            // The answer is now pinned to the foot of the window.
                            currentTarget.scrollIntoView({ block: 'nearest' });
                          }}
                          onFocus={() => setFocus({ row, column })}
                        >
                          {routeWords[route()]}
                        </button>
                      </td>
                    );
                  }}
                </Index>
              </tr>
            )}
          </Index>
        </tbody>
      </table>
    </section>
  );
}
