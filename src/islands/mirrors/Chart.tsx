import { createMemo, For, Show } from 'solid-js';
import { type Summary, summarize } from '#core/mirrors/statistics.ts';
import { hostOf } from './Choose.tsx';
import type { Row } from './run.ts';
import { ms, verdictText } from './words.ts';

/** Live bars on one common scale: each sample a tick, the middle half a band, the median a bar. */
export function Chart(props: { rows: readonly Row[]; active: boolean }) {
  const scale = createMemo(() => {
    const times = props.rows.flatMap((row) => row.samples.filter((s) => s.ok).map((s) => s.ms));
    return roundUp(Math.max(200, ...times));
  });
  const at = (value: number) => `${(Math.min(value, scale()) / scale()) * 100}%`;

  return (
    <div class="mc-chart">
      <div class="mc-axis" aria-hidden="true">
        <span>0</span>
        <span>{ms(scale() / 2)}</span>
        <span>{ms(scale())}</span>
      </div>
      <ul>
        <For each={props.rows}>
          {(row) => {
            const summary = () => summarize(row.samples);
            return (
              <li>
                <div class="mc-bar-head">
                  <span class="mc-host">{hostOf(row.target.url)}</span>
                  <span class={`mc-verdict mc-${row.verdict ?? 'waiting'}`}>
                    {verdictText(row, props.active)}
                  </span>
                </div>
                <svg class="mc-bar" role="img" aria-label={samplesText(row, summary())}>
                  <Show when={summary().median !== undefined}>
                    <rect
                      class="mc-median"
                      y="30%"
                      height="40%"
                      width={at(summary().median ?? 0)}
                    />
                  </Show>
                  <Show when={summary().quartiles}>
                    {(quartiles) => (
                      <rect
                        class="mc-quartiles"
                        y="15%"
                        height="70%"
                        x={at(quartiles()[0])}
                        width={at(quartiles()[1] - quartiles()[0])}
                      />
                    )}
                  </Show>
                  <For each={row.samples}>
                    {(sample) => (
                      <Show when={sample.ok}>
                        <rect
                          class={sample.first ? 'mc-first' : 'mc-sample'}
                          x={at(sample.ms)}
                          width="2"
                          y="5%"
                          height="90%"
                        />
                      </Show>
                    )}
                  </For>
                </svg>
              </li>
            );
          }}
        </For>
      </ul>
      <p class="mc-key" aria-hidden="true">
        <span class="mc-key-median" /> 中位数 <span class="mc-key-quartiles" /> 中间一半{' '}
        <span class="mc-key-sample" /> 每次采样 <span class="mc-key-first" /> 首次连接
      </p>
    </div>
  );
}

/** To a scale's end that reads well: 200, 400, 600, 1000, 2000 … */
function roundUp(value: number): number {
  return [200, 400, 600, 1000, 1500, 2000, 3000].find((end) => end >= value) ?? 5000;
}

function samplesText(row: Row, summary: Summary): string {
  if (row.samples.length === 0) return '还没有采样';
  const each = row.samples.map((sample) => (sample.ok ? ms(sample.ms) : '无响应')).join('，');
  const median = summary.median === undefined ? '' : `；中位数 ${ms(summary.median)}`;
  return `采样：${each}${median}`;
}
