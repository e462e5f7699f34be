import { createMemo, createSignal, For, Show } from 'solid-js';
import { type DiffLine, diffLines } from '#core/config/daemon-json/diff.ts';
import type { Artifact } from '#core/config/index.ts';
import { findPasswords, maskPasswords } from '#core/config/secrets.ts';
import type { Coloured } from '../ui/highlight.ts';
import { CodeView, CopyButton, DownloadButton, Tabs } from '../ui/index.ts';

export interface ArtifactCardProps {
  artifact: Artifact;
  open: boolean;
  onToggle: (open: boolean) => void;
  /** The last edit changed it. */
  touched: boolean;
  changed: ReadonlySet<number>;
  /** The pasted file that it was merged into. */
  before: string | undefined;
  /** Its text at first, coloured already. */
  coloured: Coloured | undefined;
  /** Brings the reader to the field that a line comes from. */
  onJump: (setting: string) => void;
}

/** More than this slows the page down; copying and downloading give all of it. */
const SHOWN_CHARACTERS = 100_000;

function shorten(text: string): string {
  if (text.length <= SHOWN_CHARACTERS) return text;
  const cut = text.lastIndexOf('\n', SHOWN_CHARACTERS);
  return `${text.slice(0, cut < 0 ? SHOWN_CHARACTERS : cut)}\n……`;
}

const NO_LINES: ReadonlySet<number> = new Set();

type View = 'content' | 'command' | 'diff' | 'values';

/** One artifact: what it is, its text, the command that writes it, and why each line is there. */
export function ArtifactCard(props: ArtifactCardProps) {
  const [chosen, setChosen] = createSignal<View>();
  const [revealed, setRevealed] = createSignal(false);
  const artifact = () => props.artifact;
  const views = createMemo(() => {
    const { values, command } = artifact();
    return [
      ...(values ? [{ id: 'values', label: '逐项填写' }] : []),
      { id: 'content', label: artifact().file ? '文件内容' : '内容' },
      ...(command === undefined ? [] : [{ id: 'command', label: '一键命令' }]),
      ...(props.before === undefined ? [] : [{ id: 'diff', label: '与原文件的差别' }]),
    ];
  });
  const body = () => (
    <Show
      when={view() === 'values'}
      fallback={
        <Show
          when={view() === 'diff'}
          fallback={
            <>
              <Show when={text().length > SHOWN_CHARACTERS}>
                <p class="cf-quiet">
                  太长，只显示开头；复制和下载的是全部 {text().length.toLocaleString()} 个字符。
                </p>
              </Show>
              <CodeView
                code={shown(shorten(text()))}
                language={
                  view() === 'command'
                    ? (artifact().commandLanguage ?? 'bash')
                    : artifact().language
                }
                label={`${artifact().path}${view() === 'command' ? ' 的一键命令' : ''}`}
                changed={view() === 'content' ? props.changed : NO_LINES}
                coloured={props.coloured}
              />
            </>
          }
        >
          <Diff before={shown(props.before ?? '')} after={shown(artifact().content)} />
        </Show>
      }
    >
      <Values artifact={artifact()} />
    </Show>
  );
  const view = () => views().find(({ id }) => id === chosen())?.id ?? views()[0]?.id ?? 'content';
  const text = () => (view() === 'command' ? (artifact().command ?? '') : artifact().content);
  const secret = createMemo(() => findPasswords(artifact().content).length > 0);
  const shown = (value: string) => (revealed() ? value : maskPasswords(value)).replace(/\n$/, '');

  return (
    <details
      class="cf-artifact"
      data-artifact={artifact().id}
      open={props.open}
      onToggle={(event) => {
        if (event.currentTarget.open !== props.open) props.onToggle(event.currentTarget.open);
      }}
    >
      <summary>
        <code class="cf-path">{artifact().path}</code>
        <Show when={props.touched}>
          <span class="cf-badge ui-ok">有变化</span>
        </Show>
        <span class="cf-why">{artifact().why}</span>
      </summary>
      <Show when={props.open}>
        <div class="cf-artifact-body">
          <Show when={views().length > 1} fallback={body()}>
            <Tabs
              label={`${artifact().path} 的显示方式`}
              tabs={views()}
              selected={view()}
              onSelect={(id) => setChosen(id as View)}
            >
              {body()}
            </Tabs>
          </Show>
          <div class="cf-actions">
            <CopyButton
              text={text}
              label={view() === 'values' ? '全部复制' : '复制'}
              title={`${view() === 'values' ? '全部复制' : '复制'} ${artifact().path}${view() === 'command' ? ' 的一键命令' : ''}`}
            />
            <Show when={!artifact().values}>
              <DownloadButton
                name={artifact().fileName}
                content={() => (artifact().bom ? '\ufeff' : '') + artifact().content}
                title={`下载 ${artifact().fileName}`}
              />
            </Show>
            <Show when={secret()}>
              <button
                type="button"
                class="ui-button"
                aria-pressed={revealed()}
                onClick={() => setRevealed(!revealed())}
              >
                {revealed() ? '隐藏密码' : '显示密码'}
              </button>
            </Show>
          </div>
          <Show when={artifact().apply}>
            {(apply) => (
              <div class="cf-apply">
                <Show when={apply().command}>
                  {(command) => (
                    <p class="cf-command">
                      <code>{command()}</code>
                      <CopyButton text={command} title={`复制命令：${command()}`} />
                    </p>
                  )}
                </Show>
                <p>{apply().note}</p>
              </div>
            )}
          </Show>
          <Why artifact={artifact()} onJump={props.onJump} mask={shown} />
        </div>
      </Show>
    </details>
  );
}

/** Values to type into a settings window, each with its own copy button. */
function Values(props: { artifact: Artifact }) {
  return (
    <table class="cf-values">
      <thead>
        <tr>
          <th scope="col">字段</th>
          <th scope="col">填写</th>
        </tr>
      </thead>
      <tbody>
        <For each={props.artifact.values ?? []}>
          {(field) => (
            <tr>
              <th scope="row">
                {field.label}
                <Show when={field.note}>
                  <span class="cf-quiet">{field.note}</span>
                </Show>
              </th>
              <td>
                <div class="cf-value">
                  <code>{field.value}</code>
                  <CopyButton text={() => field.value} title={`复制 ${field.label} 的值`} />
                </div>
              </td>
            </tr>
          )}
        </For>
      </tbody>
    </table>
  );
}

/** How many unchanged lines are shown around a change. */
const CONTEXT = 3;

type Hunk = { kind: 'line'; line: DiffLine } | { kind: 'gap'; count: number };

/** The changed lines with a few around them; the rest as counts. */
function hunks(lines: readonly DiffLine[]): Hunk[] {
  const near = new Set<number>();
  lines.forEach(({ kind }, index) => {
    if (kind === 'same') return;
    for (let at = index - CONTEXT; at <= index + CONTEXT; at++) near.add(at);
  });
  const out: Hunk[] = [];
  lines.forEach((line, index) => {
    const last = out.at(-1);
    if (near.has(index)) out.push({ kind: 'line', line });
    else if (last?.kind === 'gap') last.count++;
    else out.push({ kind: 'gap', count: 1 });
  });
  return out;
}

/** What merging changed in the pasted file. */
function Diff(props: { before: string; after: string }) {
  const lines = createMemo(() => diffLines(props.before, props.after));
  const changed = () => lines().filter(({ kind }) => kind !== 'same').length;
  const sign = { added: '+', removed: '-', same: ' ' } as const;
  return (
    <>
      <p class="cf-quiet">
        {changed() === 0 ? '与你贴进来的完全一样。' : `改动了 ${changed()} 行，其余原样保留。`}
      </p>
      {/* biome-ignore lint/a11y/useSemanticElements: a scrolling region must be reachable by keyboard */}
      <pre class="ui-code cf-diff" tabindex="0" role="region" aria-label="与原文件的差别">
        <For each={hunks(lines()).slice(0, 2000)}>
          {(hunk) =>
            hunk.kind === 'gap' ? (
              <span class="ui-line cf-gap">{`… ${hunk.count} 行未变\n`}</span>
            ) : (
              <span class={`ui-line cf-${hunk.line.kind}`}>
                <span class="cf-sign">{sign[hunk.line.kind]}</span>
                {`${hunk.line.text}\n`}
              </span>
            )
          }
        </For>
      </pre>
    </>
  );
}

/** Each line that came from a choice, with its reason. */
function Why(props: {
  artifact: Artifact;
  onJump: (setting: string) => void;
  mask: (text: string) => string;
}) {
  const [open, setOpen] = createSignal(false);
  const lines = () => props.artifact.content.split('\n');
  return (
    <Show when={(props.artifact.lines ?? []).length > 0}>
      <details
        class="cf-fold"
        open={open()}
        onToggle={(event) => setOpen(event.currentTarget.open)}
      >
        <summary>每一行为什么在这里</summary>
        <Show when={open()}>
          <ul class="cf-reasons">
            <For each={props.artifact.lines ?? []}>
              {(reason) => (
                <li>
                  <code>{props.mask(lines()[reason.line - 1]?.trim() ?? '')}</code>
                  <span>{reason.why}</span>
                  <button
                    type="button"
                    class="cf-fix"
                    aria-label={`去改第 ${reason.line} 行的设置`}
                    onClick={() => props.onJump(reason.setting)}
                  >
                    去改
                  </button>
                </li>
              )}
            </For>
          </ul>
        </Show>
      </details>
    </Show>
  );
}
