import { createEffect, createMemo, createSignal, For, on, Show } from 'solid-js';
import {
  buildReport,
  type Diagnosis,
  type Finding,
  linkCodec,
  maskNames,
  nextCommands,
  ruleById,
} from '#core/diagnose/index.ts';
import type { PlatformId } from '#core/diagnose/platforms.ts';
import { announce, CodeView, CopyButton, createHashState } from '../ui/index.ts';
import { FindingCard } from './FindingCard.tsx';
import { LogView } from './LogView.tsx';
import type { FileResult } from './read-source.ts';
import { Steps } from './Steps.tsx';

export { createRunner } from './runner.ts';

export interface ResultsProps {
  result: FileResult | undefined;
  platform: PlatformId;
  onPlatform: (platform: PlatformId) => void;
  onProblem: (text: string) => void;
}

/** What was found, what to do, and what to send to others. Loaded when there is something to read. */
export function Results(props: ResultsProps) {
  const [linked, setLinked] = createSignal<readonly string[]>([]);
  const [masks, setMasks] = createSignal(false);

  const hash = createHashState(linkCodec, (decoded) => {
    if (decoded.state.platform) props.onPlatform(decoded.state.platform);
    if (decoded.state.rules) setLinked(decoded.state.rules);
    if (decoded.problems.length > 0) props.onProblem(decoded.problems.join(' '));
  });

  createEffect(
    on(
      [() => props.result, () => props.platform],
      ([result, platform], before) => {
        if (result !== before?.[0]) {
          setLinked([]);
          const found = result?.diagnosis;
          const first = found?.findings[0];
          if (found && found.length > 0) {
            announce(
              first
                ? `找到 ${found.findings.length} 个原因，首先是：${first.name}`
                : '没有认出原因',
            );
          }
        }
        const rules = result?.diagnosis.findings.map(({ rule }) => rule) ?? [...linked()];
        hash.save({ rules: [...new Set(rules)], platform });
      },
      { defer: true },
    ),
  );

  const diagnosis = (): Diagnosis | undefined => props.result?.diagnosis;
  const platform = (): PlatformId => props.platform;
  const fromLink = (): readonly Finding[] =>
    linked().flatMap((ruleId) => {
      const rule = ruleById(ruleId);
      if (!rule) return [];
      return [
        {
          category: rule.category,
          layer: rule.layer ?? 'unknown',
          rule: rule.id,
          role: rule.role ?? 'cause',
          name: rule.name,
          why: rule.why.replace(/ ?\{(?:host|image)\} ?/g, '对方').replace(/ ?\{\w+\} ?/g, ''),
          evidence: [],
          count: 1,
          facts: {},
          certainty: 'likely',
          guide: rule.guide ?? `/errors/${rule.category}/`,
        } satisfies Finding,
      ];
    });
  const findings = (): readonly Finding[] => diagnosis()?.findings ?? fromLink();
  const shown = createMemo(() => props.result?.text);
  // The evidence of a log of one line stands by the cause already.
  const inLog = () => shown()?.trim().includes('\n') ?? false;
  // Masking reads the whole log again: not at every key.
  const makeReport = (found: Diagnosis) => buildReport(found, platform(), shown());
  const report = createMemo(() => {
    const found = masks() ? diagnosis() : undefined;
    return found && makeReport(found);
  });

  return (
    <section class="dg-result" aria-label="结论">
      <Show when={linked().length > 0}>
        <p class="dg-note">
          下面是链接里带的结论；链接不含日志。把你自己的报错贴在上面，可以得到更具体的结果。
        </p>
      </Show>
      <For each={diagnosis()?.notes.filter((note) => note.id !== 'empty') ?? []}>
        {(note) => <p class="dg-note">{note.text}</p>}
      </For>

      <Show when={findings().length > 0}>
        <h2 class="dg-verdict">
          {findings()[0]?.category === 'none' ? '不是网络问题' : '最可能的原因'}
        </h2>
        <For each={findings().slice(0, 1)}>
          {(finding) => (
            <FindingCard
              finding={finding}
              index={0}
              platform={platform()}
              inLog={inLog()}
              fromLink={linked().length > 0}
            />
          )}
        </For>
        <Show when={findings().length > 1}>
          <details class="dg-more" open={findings().length < 4}>
            <summary>
              <h2>还发现了 {findings().length - 1} 处</h2>
              <span class="dg-small">
                ：
                {[
                  ...new Set(
                    findings()
                      .slice(1)
                      .map(({ name }) => name),
                  ),
                ]
                  .slice(0, 5)
                  .join('、')}
              </span>
            </summary>
            <For each={findings().slice(1)}>
              {(finding, index) => (
                <FindingCard
                  finding={finding}
                  index={index() + 1}
                  platform={platform()}
                  inLog={inLog()}
                  fromLink={linked().length > 0}
                />
              )}
            </For>
          </details>
        </Show>
      </Show>

      <Show when={diagnosis() && diagnosis()?.length !== 0 && findings().length === 0}>
        <h2>没有认出原因</h2>
        <p class="dg-unknown">
          这段内容里没有本站认得的网络、代理、证书或镜像源报错
          <Show when={(diagnosis()?.recognised.length ?? 0) > 0}>
            （看得出来自 {diagnosis()?.recognised.join('、')}）
          </Show>
          。它可能是别的问题，也可能缺了关键的那一句。
        </p>
        <Steps steps={nextCommands(platform())} what="命令" />
      </Show>

      <Show when={inLog() && (diagnosis()?.findings.length ?? 0) > 0}>
        <h2>日志里的证据</h2>
        <LogView text={shown() ?? ''} findings={findings()} />
      </Show>

      <Show when={diagnosis()}>
        {(found) => (
          <div class="dg-report">
            <h2>发给别人</h2>
            <p class="dg-small">
              报告里的密码、令牌、用户名、内网主机和地址都换成了占位符；链接里只有规则编号和平台，没有日志。
            </p>
            <div class="dg-row">
              <CopyButton
                class="ui-primary"
                label="复制脱敏报告"
                text={() => makeReport(found()).markdown}
              />
              <CopyButton
                label="复制链接"
                text={() =>
                  hash.link({
                    rules: [...new Set(findings().map(({ rule }) => rule))],
                    platform: platform(),
                  })
                }
              />
              <button
                type="button"
                class="ui-button"
                aria-expanded={masks()}
                onClick={() => setMasks(!masks())}
              >
                {masks() ? '收起' : '看看遮住了什么'}
              </button>
            </div>
            <Show when={report()}>
              {(made) => (
                <>
                  <Show
                    when={made().masked.length > 0}
                    fallback={
                      <p class="dg-small">没有发现需要遮住的内容。发出去之前仍请自己看一遍。</p>
                    }
                  >
                    <table class="dg-masks">
                      <thead>
                        <tr>
                          <th scope="col">占位符</th>
                          <th scope="col">类别</th>
                          <th scope="col">原来</th>
                          <th scope="col">次数</th>
                        </tr>
                      </thead>
                      <tbody>
                        <For each={made().masked}>
                          {(one) => (
                            <tr>
                              <td>
                                <code>{one.placeholder}</code>
                              </td>
                              <td>{maskNames[one.kind]}</td>
                              <td>{one.hint}</td>
                              <td>{one.count}</td>
                            </tr>
                          )}
                        </For>
                      </tbody>
                    </table>
                  </Show>
                  <CodeView
                    code={made().markdown.slice(0, 8000)}
                    language="text"
                    label="脱敏报告"
                  />
                </>
              )}
            </Show>
          </div>
        )}
      </Show>
    </section>
  );
}
