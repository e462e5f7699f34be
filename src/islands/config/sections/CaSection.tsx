import { For, Index, Show } from 'solid-js';
import { decodeFile } from '#core/config/daemon-json/encoding.ts';
import { announce } from '../../ui/index.ts';
import { FileDrop } from '../FileDrop.tsx';
import type { Form } from '../form.ts';
import { guide } from '../labels.ts';
import { Problems } from '../Problems.tsx';

/** CA certificates, each for one registry or for the whole company. */
export function CaSection(props: { form: Form; now: number | undefined }) {
  const list = () => props.form.settings().ca ?? [];
  const set = (next: { host: string; pem: string }[]) =>
    props.form.update({ ca: next.length > 0 ? next : undefined });
  const change = (index: number, patch: Partial<{ host: string; pem: string }>) =>
    set(list().map((entry, at) => (at === index ? { ...entry, ...patch } : entry)));
  const read = async (index: number, bytes: Uint8Array<ArrayBuffer>) => {
    const { fileTools } = await import('#core/config/file-tools.ts');
    const file = fileTools.parsePem(bytes);
    const pem = file.clean === '' ? decodeFile(bytes).text.slice(0, 1_000_000) : file.clean;
    change(index, { pem });
    announce(
      file.certificates.length > 0 ? `读到 ${file.certificates.length} 个证书` : '没有读到证书',
    );
  };

  return (
    <>
      <p class="ui-hint">
        粘贴签发证书的 CA（根证书），不是网站自己的证书。只在浏览器里读，不上传，不进链接。
        <a href={guide('/certs/x509/')}>为什么会报 x509</a>
      </p>
      <Problems form={props.form} problems={props.form.problems('ca')} />
      <Index each={list()}>
        {(entry, index) => (
          <fieldset class="cf-group">
            <legend>证书 {index + 1}</legend>
            <div class="cf-inline">
              <input
                class="ui-input"
                value={entry().host}
                placeholder="registry.example.com:5000；公司统一的证书留空"
                aria-label={`证书 ${index + 1} 的仓库，留空表示全公司`}
                autocapitalize="off"
                spellcheck={false}
                onInput={(event) => change(index, { host: event.currentTarget.value })}
              />
              <button
                type="button"
                class="ui-button cf-icon"
                aria-label={`删除证书 ${index + 1}`}
                onClick={() => set(list().filter((_, at) => at !== index))}
              >
                ✕
              </button>
            </div>
            <Problems form={props.form} problems={props.form.problems(`ca.${index}.host`)} />
            <FileDrop
              label={`证书 ${index + 1} 的文件`}
              onFile={(bytes) => void read(index, bytes)}
            >
              <textarea
                class="ui-input"
                rows={5}
                value={entry().pem}
                placeholder={'-----BEGIN CERTIFICATE-----\n…\n-----END CERTIFICATE-----'}
                aria-label={`证书 ${index + 1} 的内容（PEM）`}
                autocapitalize="off"
                autocomplete="off"
                spellcheck={false}
                onInput={(event) => change(index, { pem: event.currentTarget.value })}
              />
            </FileDrop>
            <Problems form={props.form} problems={props.form.problems(`ca.${index}.pem`)} />
            <Show when={entry().pem.includes('CERTIFICATE')}>
              <For
                each={
                  props.form.tools()?.parsePem(entry().pem, props.now ? { now: props.now } : {})
                    .certificates ?? []
                }
              >
                {(certificate) => (
                  <dl class="cf-certificate">
                    <dt>颁发给</dt>
                    <dd>{certificate.subject}</dd>
                    <dt>颁发者</dt>
                    <dd>{certificate.selfSigned ? '它自己（自签名）' : certificate.issuer}</dd>
                    <dt>有效期</dt>
                    <dd>
                      {certificate.notBefore.slice(0, 10)} 至 {certificate.notAfter.slice(0, 10)}
                    </dd>
                    <dt>是 CA 吗</dt>
                    <dd>{certificate.isCA ? '是' : '不是'}</dd>
                  </dl>
                )}
              </For>
            </Show>
          </fieldset>
        )}
      </Index>
      <button
        type="button"
        class="ui-button"
        onClick={() => set([...list(), { host: '', pem: '' }])}
      >
        添加证书
      </button>
    </>
  );
}
