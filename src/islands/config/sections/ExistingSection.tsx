import { createSignal, For, Show } from 'solid-js';
import { type DecodedFile, decodeFile } from '#core/config/daemon-json/encoding.ts';
import type { Settings } from '#core/config/index.ts';
import { hasDockerd } from '#core/config/settings.ts';
import { announce } from '../../ui/index.ts';
import { FileDrop } from '../FileDrop.tsx';
import type { Form } from '../form.ts';
import { Problems } from '../Problems.tsx';

type Name = keyof Settings['existing'];

/** A text input slows down with more than this. */
const TOO_LONG_TO_SHOW = 200_000;

/** What a file's encoding does to its readers; nothing to say of UTF-8. */
const ENCODINGS: { [Encoding in DecodedFile['encoding']]?: string } = {
  'utf-8-bom':
    '原文件开头有 BOM：docker 命令会忽略整个文件，23.0 之前的 dockerd 会拒绝启动。结果里已经去掉。',
  'utf-16le':
    '原文件是 UTF-16 编码：docker 命令、systemd 和 23.0 之前的 dockerd 都不认。结果是 UTF-8。',
  'utf-16be':
    '原文件是 UTF-16 编码：docker 命令、systemd 和 23.0 之前的 dockerd 都不认。结果是 UTF-8。',
  gb18030:
    '原文件是 GBK 编码：23.0 起的 dockerd 会拒绝启动，更早的会把中文读成乱码。结果已转成 UTF-8。',
  binary: '这不像文本文件，看看是不是选错了。',
};

/** Files that are there already, to merge into. */
export function ExistingSection(props: { form: Form }) {
  const target = () => props.form.settings().target ?? 'linux';
  const files = (): readonly (readonly [Name, string, string])[] => [
    ...(hasDockerd(target())
      ? [['daemonJson', 'daemon.json', '{ "registry-mirrors": [ … ] }'] as const]
      : []),
    ...(['linux', 'rootless', 'wsl2', 'containerd'].includes(target())
      ? [['dropIn', 'systemd 附加配置（http-proxy.conf）', '[Service]\nEnvironment=…'] as const]
      : []),
    ['configJson', '~/.docker/config.json', '{ "auths": { … } }'],
  ];
  const [encodings, setEncodings] = createSignal<{ [File in Name]?: DecodedFile['encoding'] }>({});
  const note = (name: Name) => ENCODINGS[encodings()[name] ?? 'utf-8'];
  const value = (name: Name) => props.form.settings().existing?.[name] ?? '';
  const set = (name: Name, text: string, encoding?: DecodedFile['encoding']) => {
    setEncodings({ ...encodings(), [name]: encoding });
    const { [name]: _, ...rest } = props.form.settings().existing ?? {};
    const existing = text === '' ? rest : { ...rest, [name]: text };
    props.form.update({
      existing: Object.keys(existing).length > 0 ? existing : undefined,
    });
  };
  return (
    <>
      <p class="ui-hint">
        粘贴或拖进来，结果就是合并后的文件：别的键、顺序、缩进都留着。只在浏览器里读，不上传，不保存，不进链接。
      </p>
      <For each={files()}>
        {([name, label, placeholder]) => (
          <div class="ui-field">
            <FileDrop
              label={`${label} 的文件`}
              onFile={(bytes) => {
                const { text, encoding } = decodeFile(bytes);
                set(name, text, encoding);
                announce(`已读入 ${label}，${text.length} 个字符，编码 ${encoding}`);
              }}
            >
              <span class="ui-label" id={`cf-existing-${name}`}>
                {label}
              </span>
              <Show
                when={value(name).length <= TOO_LONG_TO_SHOW}
                fallback={
                  <p class="cf-empty">
                    已读入 {value(name).length.toLocaleString()} 个字符，太长，不在这里显示。
                  </p>
                }
              >
                <textarea
                  class="ui-input"
                  rows={value(name) === '' ? 3 : 8}
                  value={value(name)}
                  placeholder={placeholder}
                  aria-labelledby={`cf-existing-${name}`}
                  autocapitalize="off"
                  autocomplete="off"
                  spellcheck={false}
                  onInput={(event) => set(name, event.currentTarget.value)}
                />
              </Show>
            </FileDrop>
            <Show when={value(name) !== ''}>
              <button type="button" class="ui-button" onClick={() => set(name, '')}>
                清空 {label}
              </button>
            </Show>
            <Show when={note(name)}>
              {(words) => <p class="ui-problem ui-warning">{words()}</p>}
            </Show>
            <Problems form={props.form} problems={props.form.problems(`existing.${name}`)} />
          </div>
        )}
      </For>
    </>
  );
}
