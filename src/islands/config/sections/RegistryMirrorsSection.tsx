import { Index } from 'solid-js';
import type { Form } from '../form.ts';
import { guide } from '../labels.ts';
import { Problems } from '../Problems.tsx';
import { TextList } from '../TextList.tsx';

/** Mirrors of registries other than Docker Hub. */
export function RegistryMirrorsSection(props: { form: Form }) {
  const list = () => props.form.settings().registryMirrors ?? [];
  const set = (next: { registry: string; mirrors: string[] }[]) =>
    props.form.update({ registryMirrors: next.length > 0 ? next : undefined });
  const change = (index: number, patch: Partial<{ registry: string; mirrors: string[] }>) =>
    set(list().map((entry, at) => (at === index ? { ...entry, ...patch } : entry)));

  return (
    <>
      <p class="ui-hint">
        ghcr.io、quay.io、registry.k8s.io 等。
        <a href={guide('/mirror/other-registries/')}>怎样用</a>
      </p>
      <Problems form={props.form} problems={props.form.problems('registryMirrors')} />
      <Index each={list()}>
        {(entry, index) => (
          <fieldset class="cf-group">
            <legend>仓库 {index + 1}</legend>
            <div class="cf-inline">
              <input
                class="ui-input"
                list="cf-registries"
                value={entry().registry}
                placeholder="ghcr.io"
                aria-label={`仓库 ${index + 1} 的主机名`}
                autocapitalize="off"
                spellcheck={false}
                onInput={(event) => change(index, { registry: event.currentTarget.value })}
              />
              <button
                type="button"
                class="ui-button cf-icon"
                aria-label={`删除仓库 ${index + 1}`}
                onClick={() => set(list().filter((_, at) => at !== index))}
              >
                ✕
              </button>
            </div>
            <Problems
              form={props.form}
              problems={props.form.problems(`registryMirrors.${index}.registry`)}
            />
            <TextList
              form={props.form}
              field={`registryMirrors.${index}.mirrors`}
              values={entry().mirrors}
              item={`仓库 ${index + 1} 的镜像源`}
              placeholder="https://ghcr.m.daocloud.io"
              onChange={(mirrors) => change(index, { mirrors })}
            />
          </fieldset>
        )}
      </Index>
      <datalist id="cf-registries">
        <option value="ghcr.io" />
        <option value="quay.io" />
        <option value="registry.k8s.io" />
        <option value="gcr.io" />
        <option value="mcr.microsoft.com" />
        <option value="nvcr.io" />
      </datalist>
      <button
        type="button"
        class="ui-button"
        onClick={() => set([...list(), { registry: '', mirrors: [] }])}
      >
        添加一个仓库
      </button>
    </>
  );
}
