import { createSignal, For, Show } from 'solid-js';
import type { createScript } from '#core/mirrors/script/create.ts';
import { planScript, type ScriptLanguage } from '#core/mirrors/script/plan.ts';
import { CodeView, CopyButton, DownloadButton, Field, Tabs } from '../ui/index.ts';
import { sitePath } from './effects.ts';

export interface ScriptPanelProps {
  mirrors: readonly string[];
  image: string;
  onImage: (image: string) => void;
  digest: string;
  onDigest: (digest: string) => void;
  /** Writes the text; it comes when it is wanted, for it holds both scripts. */
  write: typeof createScript | undefined;
}

const LANGUAGES: readonly { id: ScriptLanguage; label: string }[] = [
  { id: 'bash', label: 'bash（Linux、macOS、WSL 用）' },
  { id: 'powershell', label: 'PowerShell（Windows 用）' },
];

/** The script that measures where dockerd runs. */
export function ScriptPanel(props: ScriptPanelProps) {
  const [language, setLanguage] = createSignal<ScriptLanguage>('bash');
  const [limit, setLimit] = createSignal(8);
  // Some four hundred lines: written out only for whoever wants to read them.
  const [open, setOpen] = createSignal(false);
  const options = () => ({
    mirrors: props.mirrors,
    image: props.image,
    digest: props.digest,
    blobLimit: limit() * 1024 * 1024,
  });
  const script = () => planScript(language(), options());
  const text = () => props.write?.(language(), options()).text ?? '';
  // Windows PowerShell 5.1 reads a file without a byte-order mark in the system's old code page.
  const file = () => (language() === 'powershell' ? '\uFEFF' : '') + text();

  return (
    <section class="mc-script" aria-labelledby="mc-script-title">
      <h2 id="mc-script-title">第二步：真实测试脚本</h2>
      <p>
        在运行 Docker 的机器上执行，走 dockerd 那边的网络：测 DNS、连接、TLS、首字节；看{' '}
        <code>/v2/</code> 状态、令牌、镜像清单与
        digest；按字节上限下载第一层。只发请求，不改配置，不重启 Docker。
      </p>
      <div class="mc-fields">
        <Field label="用哪个镜像来测" hint="Docker Hub 的镜像，可以带 tag。">
          {(attributes) => (
            <input
              {...attributes}
              class="ui-input"
              spellcheck={false}
              autocapitalize="off"
              value={props.image}
              onInput={(event) => props.onImage(event.currentTarget.value)}
            />
          )}
        </Field>
        <Field
          label="你信任的 digest（可不填）"
          hint={
            <>
              sha256: 开头；从镜像源以外的地方取得，方法见
              <a href={sitePath('/mirror/trust/')}>信任与 digest</a>。
            </>
          }
        >
          {(attributes) => (
            <input
              {...attributes}
              class="ui-input"
              spellcheck={false}
              autocapitalize="off"
              placeholder="sha256:…"
              value={props.digest}
              onInput={(event) => props.onDigest(event.currentTarget.value)}
            />
          )}
        </Field>
        <Field label="每个镜像源最多下载">
          {(attributes) => (
            <select
              {...attributes}
              class="ui-input"
              onChange={(event) => setLimit(Number(event.currentTarget.value))}
            >
              <For each={[1, 8, 32, 128]}>
                {(size) => (
                  <option value={size} selected={size === limit()}>
                    {size} MiB
                  </option>
                )}
              </For>
            </select>
          )}
        </Field>
      </div>
      <Show when={script().problems.length > 0}>
        <ul class="ui-note-box ui-warning mc-problems">
          <For each={script().problems}>{(text) => <li>{text}</li>}</For>
        </ul>
      </Show>
      <Show
        when={script().settings}
        fallback={<p class="ui-note-box ui-note">先在上面选好镜像源，这里就有脚本。</p>}
      >
        <Tabs
          label="脚本语言"
          tabs={LANGUAGES}
          selected={language()}
          onSelect={(id) => setLanguage(id === 'powershell' ? 'powershell' : 'bash')}
        >
          <div class="mc-buttons">
            <DownloadButton
              name={script().fileName}
              content={file}
              label={`下载 ${script().fileName}`}
              disabled={props.write === undefined}
            />
            <CopyButton text={text} label="复制脚本" disabled={props.write === undefined} />
            <CopyButton text={() => script().command} label="复制运行命令" />
          </div>
          <p class="mc-fact">
            运行：<code>{script().command}</code>
            。默认直连；dockerd 配了代理时，先设 <code>PROXY</code>{' '}
            再运行（脚本开头有写法）。退出码：0 至少一个通过，1 全部没通过，2 没法测，3 有镜像源的
            digest 与你信任的不一致。
          </p>
          <Show when={language() === 'powershell'}>
            <p class="mc-fact">
              请用「下载」：Windows PowerShell 5.1 按系统编码读没有 BOM
              的文件，复制后另存成这样的文件，中文会乱码，脚本可能报语法错误。
            </p>
          </Show>
          <details
            class="mc-more"
            open={open()}
            onToggle={(event) => setOpen(event.currentTarget.open)}
          >
            <summary>查看脚本全文</summary>
            <Show when={open() && props.write}>
              <CodeView
                class="mc-code"
                code={text()}
                language={language()}
                label={`测试脚本 ${script().fileName}`}
              />
            </Show>
          </details>
        </Tabs>
      </Show>
    </section>
  );
}
