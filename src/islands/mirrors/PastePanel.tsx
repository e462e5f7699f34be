import { createMemo, createSignal, For, Show } from 'solid-js';
import { settingsHash } from '#core/config/state.ts';
import { type ExportTable, toCsv, toJson, toMarkdown } from '#core/mirrors/export.ts';
import { parseScriptOutput, type ScriptResult } from '#core/mirrors/script/output.ts';
import { pickBest, type RankedResult, rankResults } from '#core/mirrors/script/ranking.ts';
import { curlText, stageText } from '#core/mirrors/script/words.ts';
import { rankText } from '#core/mirrors/statistics.ts';
import { CopyButton, DownloadButton, Field } from '../ui/index.ts';
import { hostOf } from './Choose.tsx';
import { sitePath } from './effects.ts';
import { msOrDash } from './words.ts';

/** Reads the script's output, ranks it and hands the best over to the generator. */
export function PastePanel() {
  const [text, setText] = createSignal('');
  const [count, setCount] = createSignal(3);
  const output = createMemo(() => parseScriptOutput(text()));
  const ranked = createMemo(() => rankResults(output()));
  const best = () => pickBest(ranked(), count());
  const most = () => pickBest(ranked(), 100).length;
  const empty = () => text().trim() === '';

  return (
    <section class="mc-paste" aria-labelledby="mc-paste-title">
      <h2 id="mc-paste-title">第三步：粘贴脚本的输出</h2>
      <Field
        label="脚本的全部输出"
        hint="只在本页读取，不上传。"
        severity="warning"
        problem={
          !empty() && output().problems.length > 0 ? (
            <For each={output().problems}>{(problem) => <p>{problem}</p>}</For>
          ) : undefined
        }
      >
        {(attributes) => (
          <textarea
            {...attributes}
            class="ui-input"
            rows="5"
            spellcheck={false}
            value={text()}
            onInput={(event) => setText(event.currentTarget.value)}
          />
        )}
      </Field>
      <Show when={ranked().length > 0}>
        <Show when={output().daemonProxy}>
          <p class="ui-note-box ui-warning">
            dockerd 配了代理，而脚本是直连测的，两者走的路不同。设好 PROXY 再测一次更准。
          </p>
        </Show>
        <p>
          镜像 <code>{output().image}</code>，{output().route === 'proxy' ? '经代理' : '直连'}，
          {ranked().length} 个里通过 {ranked().filter((item) => item.result.passed).length} 个
          {output().trustedDigest
            ? '，digest 与你信任的比对过。'
            : '；没有给信任的 digest，只看彼此是否一致。'}
        </p>
        <section class="mc-table" tabindex="0" aria-label="脚本结果表">
          <table>
            <caption class="sr-only">脚本结果：每个镜像源是否通过、快慢与 digest</caption>
            <thead>
              <tr>
                <th scope="col">名次</th>
                <th scope="col">镜像源</th>
                <th scope="col">结果</th>
                <th scope="col">首字节</th>
                <th scope="col">下载</th>
                <th scope="col">digest</th>
              </tr>
            </thead>
            <tbody>
              <For each={ranked()}>
                {(item) => (
                  <tr data-url={item.result.url}>
                    <td>{rankText(item.rank)}</td>
                    <th scope="row">
                      <code>{hostOf(item.result.url)}</code>
                    </th>
                    <td>
                      {resultText(item.result)}
                      <Show when={item.result.says}>
                        {(says) => <span class="mc-fact">对方说：{says()}</span>}
                      </Show>
                    </td>
                    <td class="mc-number">{msOrDash(item.ttfb)}</td>
                    <td class="mc-number">
                      {item.speed === undefined ? '—' : speedText(item.speed)}
                    </td>
                    <td>{digestText(item, ranked())}</td>
                  </tr>
                )}
              </For>
            </tbody>
          </table>
        </section>
        <p class="mc-fact">
          按第一层的下载速度排名（含等待），相差不到 20 % 算并列。首字节是 3 次请求{' '}
          <code>/v2/</code> 的中位数。一次结果只代表此刻这条线路。
        </p>
        <Show
          when={most() > 0}
          fallback={<p class="ui-note-box ui-warning">没有一个能放心写进配置。</p>}
        >
          <div class="mc-buttons">
            <label class="mc-count">
              用前
              <select
                class="ui-input"
                aria-label="用前几个"
                onChange={(event) => setCount(Number(event.currentTarget.value))}
              >
                <For each={Array.from({ length: Math.min(most(), 6) }, (_, index) => index + 1)}>
                  {(number) => (
                    <option value={number} selected={number === Math.min(count(), most())}>
                      {number}
                    </option>
                  )}
                </For>
              </select>
              个
            </label>
            <a
              class="ui-button ui-primary"
              href={sitePath(`/tools/config/#${settingsHash({ mirrors: best() })}`)}
            >
              用前 {best().length} 个生成配置
            </a>
            <DownloadButton
              name="mirror-script.csv"
              type="text/csv;charset=utf-8"
              content={() => toCsv(tableOf(ranked()))}
              label="下载 CSV"
            />
            <DownloadButton
              name="mirror-script.json"
              type="application/json"
              content={() =>
                toJson(tableOf(ranked()), {
                  tool: '镜像源真实测试脚本',
                  image: output().image,
                  route: output().route,
                })
              }
              label="下载 JSON"
            />
            <CopyButton
              text={() =>
                toMarkdown(tableOf(ranked()), `镜像源真实测试，镜像 ${output().image ?? ''}。`)
              }
              label="复制 Markdown"
            />
          </div>
        </Show>
      </Show>
    </section>
  );
}

function resultText(result: ScriptResult): string {
  if (result.passed) return '通过';
  if (result.unfinished || result.failure === undefined) return '没有测完';
  const { stage, curl, http } = result.failure;
  const cause = curl !== undefined ? curlText(curl) : http !== undefined ? `HTTP ${http}` : '';
  return [`没通过：${stageText[stage]}`, cause].filter(Boolean).join('，');
}

function digestText({ result, oddDigest }: RankedResult, all: readonly RankedResult[]): string {
  if (result.trusted === 'match') return '与信任的一致';
  if (result.trusted === 'differ') return '与信任的不一致';
  if (result.digest === undefined) return '—';
  if (oddDigest) return '与多数不一致';
  const short = `${result.digest.slice(7, 19)}…`;
  const alone = all.filter((other) => other.result.digest !== undefined).length === 1;
  return alone ? `${short}（没有可比的）` : `彼此一致（${short}）`;
}

function speedText(bytesPerSecond: number): string {
  const kib = bytesPerSecond / 1024;
  return kib >= 1024 ? `${(kib / 1024).toFixed(1)} MiB/s` : `${Math.round(kib)} KiB/s`;
}

function tableOf(ranked: readonly RankedResult[]): ExportTable {
  return {
    columns: [
      '名次',
      '镜像源',
      '结果',
      '首字节（毫秒）',
      '下载（KiB/s）',
      'digest',
      '与他人比较',
      '对方说',
    ],
    rows: ranked.map((item) => [
      rankText(item.rank),
      item.result.url,
      resultText(item.result),
      item.ttfb === undefined ? undefined : Math.round(item.ttfb),
      item.speed === undefined ? undefined : Math.round(item.speed / 1024),
      item.result.digest,
      digestText(item, ranked),
      item.result.says,
    ]),
  };
}
