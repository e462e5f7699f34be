import { createMemo, For, Show } from 'solid-js';
import { type ExportTable, toCsv, toJson, toMarkdown } from '#core/mirrors/export.ts';
import { freshness, lookup, statusLabels } from '#core/mirrors/index.ts';
import { type Rank, rank, rankText, type Summary, summarize } from '#core/mirrors/statistics.ts';
import { CopyButton, DownloadButton } from '../ui/index.ts';
import { Chart } from './Chart.tsx';
import { hostOf } from './Choose.tsx';
import { sitePath } from './effects.ts';
import type { Row, Run } from './run.ts';
import { failureText, msOrDash, outcomeText, verdictText } from './words.ts';

interface Line {
  row: Row;
  summary: Summary;
  place: Rank | undefined;
}

/** The run so far: bars, the same as a table, and files to keep. */
export function Results(props: { run: Run; now: Date }) {
  const places = createMemo(() => {
    const ranks = rank(props.run.rows.map((row) => summarize(row.samples)));
    return new Map(props.run.rows.map((row, index) => [row, ranks[index]]));
  });
  const lines = (): Line[] =>
    props.run.rows.map((row) => ({
      row,
      summary: summarize(row.samples),
      place: places().get(row),
    }));
  const sorted = () => lines().sort(byPlace);
  // Rows don't jump about while samples arrive.
  const ordered = createMemo((): readonly Row[] =>
    props.run.isActive() ? props.run.rows : sorted().map((line) => line.row),
  );

  return (
    <Show when={props.run.rows.length > 0}>
      <section class="mc-results" aria-labelledby="mc-results-title">
        <h2 id="mc-results-title">浏览器的结果</h2>
        <Show when={props.run.outcome()}>
          {(outcome) => (
            <p
              class={`ui-note-box ${outcome() === 'answered' ? 'ui-note' : 'ui-warning'}`}
              data-outcome={outcome()}
            >
              {outcomeText[outcome()]}
            </p>
          )}
        </Show>
        <Show when={props.run.control() === false && props.run.outcome() !== 'offline'}>
          <p class="ui-note-box ui-warning">
            对照请求（本站自己）没有响应，网络可能不稳，结果要打折扣。
          </p>
        </Show>
        <Chart rows={ordered()} active={props.run.isActive()} />
        <section class="mc-table" tabindex="0" aria-label="检测结果表">
          <table>
            <caption class="sr-only">检测结果：每个镜像源的响应情况与耗时</caption>
            <thead>
              <tr>
                <th scope="col">名次</th>
                <th scope="col">镜像源</th>
                <th scope="col">浏览器看到的</th>
                <th scope="col">首次连接</th>
                <th scope="col">中位数</th>
                <th scope="col">IQR</th>
                <th scope="col">次数</th>
                <th scope="col">目录里的状态</th>
              </tr>
            </thead>
            <tbody>
              <For each={ordered()}>
                {(row) => {
                  const summary = createMemo(() => summarize(row.samples));
                  return (
                    <tr data-host={row.target.host} data-verdict={row.verdict}>
                      <td>{props.run.isActive() ? '—' : rankText(places().get(row))}</td>
                      <th scope="row">
                        <code>{hostOf(row.target.url)}</code>
                      </th>
                      <td>
                        {verdictText(row, props.run.isActive())}
                        <Show when={failureText(row)}>
                          {(text) => <span class="mc-fact">{text()}</span>}
                        </Show>
                      </td>
                      <td class="mc-number">{msOrDash(summary().first)}</td>
                      <td class="mc-number">{msOrDash(summary().median)}</td>
                      <td class="mc-number">{msOrDash(summary().iqr)}</td>
                      <td>
                        {summary().answered}/{summary().total}
                      </td>
                      <td>{knownText(row.target.url, props.now)}</td>
                    </tr>
                  );
                }}
              </For>
            </tbody>
          </table>
        </section>
        <p class="mc-fact">
          名次只在差距大于 30 ms 和 20 % 时才分先后，否则并列；答满 4 次才参加排名。首次连接包含
          DNS、TCP、TLS，不计入中位数。IQR 是中间一半采样的跨度，越小越稳。
        </p>
        <Show when={!props.run.isActive()}>
          <div class="mc-buttons">
            <DownloadButton
              name="mirror-check.csv"
              type="text/csv;charset=utf-8"
              content={() => toCsv(tableOf(sorted(), props.now))}
              label="下载 CSV"
            />
            <DownloadButton
              name="mirror-check.json"
              type="application/json"
              content={() => toJson(tableOf(sorted(), props.now), about(props.run))}
              label="下载 JSON"
            />
            <DownloadButton
              name="mirror-check.md"
              type="text/markdown;charset=utf-8"
              content={() => markdown(sorted(), props.run, props.now)}
              label="下载 Markdown"
            />
            <CopyButton
              text={() => markdown(sorted(), props.run, props.now)}
              label="复制 Markdown"
            />
          </div>
        </Show>
        <p class="mc-fact">
          结果只在这个页面里，关掉就没了；要留着请导出。状态的依据见
          <a href={sitePath('/mirror/sources/')}>国内镜像源现状</a>。
        </p>
      </section>
    </Show>
  );
}

const VERDICT_ORDER = ['answers', 'silent', 'cut', undefined, 'unmeasurable'] as const;

function byPlace(a: Line, b: Line): number {
  const place = (line: Line) => (line.place?.from ?? 1000) * 1000 + (line.place?.to ?? 0);
  return (
    place(a) - place(b) ||
    VERDICT_ORDER.indexOf(a.row.verdict) - VERDICT_ORDER.indexOf(b.row.verdict) ||
    (a.summary.median ?? 0) - (b.summary.median ?? 0)
  );
}

function knownText(url: string, now: Date): string {
  const entry = lookup(url);
  if (entry === undefined) return '不在目录里';
  if (entry.kind === 'not-a-mirror') return '不是 Docker Hub 镜像源';
  const state = freshness(entry, now);
  return state.state === 'stopped' ? state.text : `${statusLabels[entry.status]}，${state.text}`;
}

function tableOf(lines: readonly Line[], now: Date): ExportTable {
  const whole = (value: number | undefined) =>
    value === undefined ? undefined : Math.round(value);
  return {
    columns: [
      '名次',
      '镜像源',
      '浏览器看到的',
      '首次连接（毫秒）',
      '中位数（毫秒）',
      'IQR（毫秒）',
      '有响应',
      '采样',
      '目录里的状态',
      '说明',
    ],
    rows: lines.map(({ row, summary, place }) => [
      rankText(place),
      row.target.url,
      verdictText(row, false),
      whole(summary.first),
      whole(summary.median),
      whole(summary.iqr),
      summary.answered,
      summary.total,
      knownText(row.target.url, now),
      failureText(row),
    ]),
  };
}

const CAVEAT = '从浏览器测得，只说明有没有响应，不代表 docker pull 能成，也不是下载速度。';

function about(run: Run): Record<string, unknown> {
  return {
    tool: '镜像源检测（浏览器）',
    finishedAt: run.finishedAt()?.toISOString(),
    control: run.control() ?? null,
    outcome: run.outcome(),
    caveat: CAVEAT,
  };
}

function markdown(lines: readonly Line[], run: Run, now: Date): string {
  const when = run.finishedAt()?.toISOString() ?? '';
  return toMarkdown(tableOf(lines, now), `镜像源检测（浏览器），${when}。${CAVEAT}`);
}
