import './diagnose.css';
import { createMemo, createSignal, createUniqueId, For, onCleanup, onMount, Show } from 'solid-js';
import {
  buildReport,
  type Diagnosis,
  type Finding,
  linkCodec,
  maskNames,
  nextCommands,
  type PlatformId,
  platformIds,
  platformNames,
  ruleById,
} from '#core/diagnose/index.ts';
import { announce, CodeView, CopyButton, createHashState } from '../ui/index.ts';
import { FindingCard } from './FindingCard.tsx';
import { LogView } from './LogView.tsx';
import { HANDOVER_KEY, sitePath } from './paths.ts';
import type { FileResult } from './read-source.ts';
import { createRunner } from './runner.ts';

/** Longer pastes are kept beside the text box: a box with megabytes makes typing slow. */
const BOX_LIMIT = 1 << 20;
/** How long typing rests before a look. */
const REST_MS = 150;

const EXAMPLES: readonly (readonly [string, string])[] = [
  [
    '连接超时',
    'Error response from daemon: Get "https://registry-1.docker.io/v2/": net/http: request canceled while waiting for connection (Client.Timeout exceeded while awaiting headers)',
  ],
  [
    '代理连不上',
    'Error response from daemon: Get "https://registry-1.docker.io/v2/": proxyconnect tcp: dial tcp 127.0.0.1:10808: connectex: No connection could be made because the target machine actively refused it.',
  ],
  [
    '证书',
    '#3 ERROR: failed to do request: Head "https://registry-1.docker.io/v2/library/alpine/manifests/latest": tls: failed to verify certificate: x509: certificate signed by unknown authority',
  ],
];

/** A text that is read but not in the box. */
interface Held {
  readonly name: string;
  readonly size: number;
  readonly source: File | string;
}

/** The error classifier: paste or open a log, see the cause and the way out. */
export default function DiagnoseTool() {
  const id = createUniqueId();
  const [text, setText] = createSignal('');
  const [held, setHeld] = createSignal<Held>();
  const [result, setResult] = createSignal<FileResult>();
  const [problem, setProblem] = createSignal('');
  const [platform, setPlatform] = createSignal<PlatformId>('linux');
  const [linked, setLinked] = createSignal<readonly string[]>([]);
  const [over, setOver] = createSignal(false);
  const [masks, setMasks] = createSignal(false);
  let area: HTMLTextAreaElement | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  onCleanup(() => clearTimeout(timer));

  const runner = createRunner(
    (found) => {
      setResult(found);
      const { findings } = found.diagnosis;
      const [first] = findings;
      if (found.diagnosis.length > 0) {
        announce(first ? `找到 ${findings.length} 个原因，首先是：${first.name}` : '没有认出原因');
      }
      save();
    },
    (message) => {
      setProblem(message);
      setResult(undefined);
    },
  );

  const hash = createHashState(linkCodec, (decoded) => {
    if (decoded.state.platform) setPlatform(decoded.state.platform);
    if (decoded.state.rules) setLinked(decoded.state.rules);
    setProblem(decoded.problems.join(' '));
  });

  const save = () => {
    const rules = result()?.diagnosis.findings.map(({ rule }) => rule) ?? [...linked()];
    hash.save({ rules: [...new Set(rules)], platform: platform() });
  };

  const look = (value: string, rest = 0) => {
    clearTimeout(timer);
    setText(value);
    setProblem('');
    setLinked([]);
    if (value === '') {
      runner.drop();
      setResult(undefined);
      hash.save({ rules: [], platform: platform() });
      return;
    }
    timer = setTimeout(() => runner.text(value), rest);
  };

  const clear = () => {
    setHeld(undefined);
    if (area) area.value = '';
    look('');
    area?.focus();
  };

  const hold = (next: Held) => {
    clearTimeout(timer);
    setHeld(next);
    setText('');
    setProblem('');
    setLinked([]);
    setResult(undefined);
    if (area) area.value = '';
    if (typeof next.source === 'string') runner.text(next.source);
    else runner.file(next.source);
  };

  const take = (value: string, name: string) => {
    if (value.length > BOX_LIMIT) hold({ name, size: value.length, source: value });
    else {
      setHeld(undefined);
      if (area) area.value = value;
      look(value);
    }
  };

  const open = (file: File | undefined) => {
    if (!file) return;
    if (file.size === 0) {
      setProblem(`「${file.name}」是空文件。`);
      return;
    }
    hold({ name: file.name, size: file.size, source: file });
  };

  onMount(() => {
    if (/Windows/.test(navigator.userAgent)) setPlatform('desktop-windows');
    else if (/Macintosh/.test(navigator.userAgent)) setPlatform('desktop-mac');
    const fromLink = linkCodec.decode(location.hash).state.platform;
    if (fromLink) setPlatform(fromLink);
    let handed: string | null = null;
    try {
      handed = sessionStorage.getItem(HANDOVER_KEY);
      sessionStorage.removeItem(HANDOVER_KEY);
    } catch {
      // Storage is off: there is nothing to take over.
    }
    // What the reader typed before the script arrived counts, too.
    if (handed) take(handed, '首页粘贴的内容');
    else if (area?.value) look(area.value);
  });

  const diagnosis = (): Diagnosis | undefined => result()?.diagnosis;
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
  const shown = createMemo(() => result()?.text);
  const report = createMemo(() => {
    const found = diagnosis();
    return found ? buildReport(found, platform(), shown()) : undefined;
  });
  const percent = () => {
    const run = runner.run();
    return run && run.total > 0 ? Math.min(100, Math.round((run.done / run.total) * 100)) : 0;
  };

  return (
    <div class="dg not-content">
      {/* biome-ignore lint/a11y/noStaticElementInteractions: dropping has a keyboard way, the file input */}
      <div
        class="dg-input"
        classList={{ 'dg-over': over() }}
        onDragOver={(event) => {
          if (!event.dataTransfer?.types.includes('Files')) return;
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => {
          setOver(false);
          const file = event.dataTransfer?.files[0];
          if (!file) return;
          event.preventDefault();
          open(file);
        }}
      >
        <label class="ui-label" for={`${id}-log`}>
          粘贴报错或日志
        </label>
        <p class="ui-hint" id={`${id}-hint`}>
          一行也行，整份日志也行；也可以把文件（含 .gz）拖进来。内容只在这个页面里处理，不会上传。
        </p>
        <textarea
          ref={area}
          id={`${id}-log`}
          class="ui-input dg-text"
          rows="8"
          spellcheck={false}
          autocomplete="off"
          autocapitalize="off"
          aria-describedby={`${id}-hint`}
          placeholder='例如：Error response from daemon: Get "https://registry-1.docker.io/v2/": …'
          onInput={(event) => {
            setHeld(undefined);
            look(event.currentTarget.value, REST_MS);
          }}
          onPaste={(event) => {
            const pasted = event.clipboardData?.getData('text/plain') ?? '';
            if (pasted.length <= BOX_LIMIT) return;
            event.preventDefault();
            hold({ name: '粘贴的内容', size: pasted.length, source: pasted });
          }}
        />
        <div class="dg-row">
          <label class="ui-button dg-file" for={`${id}-file`}>
            打开文件
          </label>
          <input
            type="file"
            id={`${id}-file`}
            class="sr-only dg-file-input"
            aria-label="打开日志文件"
            onChange={(event) => {
              open(event.currentTarget.files?.[0]);
              event.currentTarget.value = '';
            }}
          />
          <button
            type="button"
            class="ui-button"
            disabled={text() === '' && !held()}
            onClick={clear}
          >
            清空
          </button>
          <Show when={text() === '' && !held()}>
            <span class="dg-examples">
              试试：
              <For each={EXAMPLES}>
                {([name, example]) => (
                  <button type="button" class="dg-link" onClick={() => take(example, name)}>
                    {name}
                  </button>
                )}
              </For>
            </span>
          </Show>
        </div>
        <Show when={held()}>
          {(one) => (
            <p class="dg-held">
              <b>{one().name}</b>（{sizeText(one().size)}）太大的内容不放进输入框。
            </p>
          )}
        </Show>
        <Show when={runner.run()}>
          <div class="dg-progress">
            <progress max="100" value={percent()} aria-label="读取进度">
              {percent()}%
            </progress>
            <span>{percent()}%</span>
            <button type="button" class="ui-button" onClick={() => runner.cancel()}>
              取消
            </button>
          </div>
        </Show>
        <Show when={problem()}>
          <p class="ui-problem ui-error" role="alert">
            {problem()}
          </p>
        </Show>
      </div>

      <div class="dg-platform">
        <label class="ui-label" for={`${id}-platform`}>
          Docker 跑在哪里（决定下面的步骤）
        </label>
        <select
          id={`${id}-platform`}
          class="ui-input"
          value={platform()}
          onChange={(event) => {
            const chosen = platformIds.find((one) => one === event.currentTarget.value);
            if (!chosen) return;
            setPlatform(chosen);
            save();
          }}
        >
          <For each={platformIds}>{(one) => <option value={one}>{platformNames[one]}</option>}</For>
        </select>
      </div>

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
          <h2>{findings()[0]?.category === 'none' ? '不是网络问题' : '最可能的原因'}</h2>
          <For each={findings().slice(0, 1)}>
            {(finding) => (
              <FindingCard
                finding={finding}
                index={0}
                platform={platform()}
                inLog={shown() !== undefined}
                fromLink={linked().length > 0}
              />
            )}
          </For>
          <Show when={findings().length > 1}>
            <details class="dg-more" open={findings().length < 4}>
              <summary>
                <h2>还发现了 {findings().length - 1} 处</h2>
              </summary>
              <For each={findings().slice(1)}>
                {(finding, index) => (
                  <FindingCard
                    finding={finding}
                    index={index() + 1}
                    platform={platform()}
                    inLog={shown() !== undefined}
                    fromLink={linked().length > 0}
                  />
                )}
              </For>
            </details>
          </Show>
        </Show>

        <Show when={diagnosis() && diagnosis()?.length !== 0 && findings().length === 0}>
          <h2>没有认出原因</h2>
          <p>
            这段内容里没有本站认得的网络、代理、证书或镜像源报错
            <Show when={(diagnosis()?.recognised.length ?? 0) > 0}>
              （看得出来自 {diagnosis()?.recognised.join('、')}）
            </Show>
            。它可能是别的问题，也可能缺了关键的那一句。
          </p>
          <ol class="dg-steps">
            <For each={nextCommands(platform())}>
              {(step) => (
                <li>
                  <p>
                    {step.text}
                    <Show when={step.link}>
                      {(link) => (
                        <>
                          {' '}
                          <a href={sitePath(link().href)}>{link().text}</a>
                        </>
                      )}
                    </Show>
                  </p>
                  <Show when={step.code}>
                    {(code) => (
                      <div class="dg-code">
                        <CodeView code={code()} language={step.language ?? 'text'} label="命令" />
                        <CopyButton text={code} title="复制这段命令" />
                      </div>
                    )}
                  </Show>
                </li>
              )}
            </For>
          </ol>
        </Show>

        <Show when={report()}>
          {(made) => (
            <div class="dg-report">
              <h2>发给别人</h2>
              <p class="dg-small">
                报告里的密码、令牌、用户名、内网主机和地址都换成了占位符；链接里只有规则编号和平台，没有日志。
              </p>
              <div class="dg-row">
                <CopyButton class="ui-primary" label="复制脱敏报告" text={() => made().markdown} />
                <CopyButton
                  label="复制链接"
                  title="复制这个结论的链接"
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
                  {masks() ? '收起' : `看看遮住了什么（${made().masked.length}）`}
                </button>
              </div>
              <Show when={masks()}>
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
                <CodeView code={made().markdown.slice(0, 8000)} language="text" label="脱敏报告" />
              </Show>
            </div>
          )}
        </Show>

        <Show when={shown() !== undefined && (diagnosis()?.findings.length ?? 0) > 0}>
          <h2>日志里的证据</h2>
          <LogView text={shown() ?? ''} findings={findings()} />
        </Show>
      </section>
    </div>
  );
}

function sizeText(size: number): string {
  return size < 1 << 20
    ? `${Math.max(1, Math.round(size / 1024))} KB`
    : `${(size / (1 << 20)).toFixed(1)} MB`;
}
