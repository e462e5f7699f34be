import { createMemo, createSignal, createUniqueId, For, Show } from 'solid-js';
import { announce } from '../../ui/index.ts';
import type { Form } from '../form.ts';
import { bypassSuggestions, guide } from '../labels.ts';
import { Problems } from '../Problems.tsx';
import { routes } from '../routes.ts';
import { createStableList } from '../stable-list.ts';

/** NO_PROXY as a list, with suggestions and a look at where the form's own hosts go. */
export function BypassList(props: { form: Form }) {
  const id = createUniqueId();
  const [text, setText] = createSignal('');
  const list = () => props.form.settings().proxy?.noProxy ?? [];
  const set = (noProxy: string[]) => {
    const { noProxy: _, ...rest } = props.form.settings().proxy ?? {};
    props.form.update({ proxy: noProxy.length > 0 ? { ...rest, noProxy } : rest });
  };
  const add = (entries: readonly string[]) => {
    const fresh = entries.filter((entry) => entry !== '' && !list().includes(entry));
    if (fresh.length === 0) return;
    set([...list(), ...new Set(fresh)]);
    announce(`已加入 ${fresh.join('、')}`);
  };
  const typed = () => {
    add(text().split(/[\s,，;；、|]+/));
    setText('');
  };
  /** Registries and private mirrors of the form, which people want to reach directly. */
  const own = createMemo(() => {
    const { ca = [], insecureRegistries = [], mirrors = [] } = props.form.settings();
    const hosts = [
      ...ca.map(({ host }) => host),
      ...insecureRegistries,
      ...mirrors.filter((url) => url.startsWith('http://')).map((url) => url.slice(7)),
    ].map((host) => host.trim().replace(/:\d+$/, '').replace(/\/.*$/, ''));
    return [...new Set(hosts)].filter((host) => host !== '' && !list().includes(host));
  });
  const table = createStableList(() => routes(props.form.settings()));

  return (
    <fieldset class="cf-plain">
      <legend class="ui-label">这些地址直连（NO_PROXY）</legend>
      <Show when={list().length > 0}>
        <ul class="cf-chips" aria-label="绕过列表">
          <For each={list()}>
            {(entry, index) => {
              const problems = () => props.form.problems(`proxy.noProxy.${index()}`);
              return (
                <li>
                  <span
                    class="cf-chip cf-entry"
                    classList={{
                      'cf-bad': problems().some(({ severity }) => severity === 'error'),
                    }}
                  >
                    {entry}
                    <button
                      type="button"
                      aria-label={`删除 ${entry}`}
                      onClick={() => set(list().filter((one) => one !== entry))}
                    >
                      ✕
                    </button>
                  </span>
                  <Problems form={props.form} problems={problems()} />
                </li>
              );
            }}
          </For>
        </ul>
      </Show>
      <Problems form={props.form} problems={props.form.problems('proxy.noProxy')} />
      <div class="cf-inline">
        <input
          class="ui-input"
          id={id}
          value={text()}
          placeholder="registry.corp.example，可一次粘贴多项"
          aria-label="添加直连的地址"
          autocomplete="off"
          autocapitalize="off"
          spellcheck={false}
          onInput={(event) => setText(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter') return;
            event.preventDefault();
            typed();
          }}
        />
        <button type="button" class="ui-button" onClick={typed}>
          添加
        </button>
      </div>
      <div class="cf-chips cf-suggestions">
        <span class="cf-quiet">建议：</span>
        <For each={bypassSuggestions}>
          {(suggestion) => (
            <Show when={suggestion.entries.some((entry) => !list().includes(entry))}>
              <button
                type="button"
                class="cf-chip"
                title={suggestion.entries.join('，')}
                onClick={() => add(suggestion.entries)}
              >
                + {suggestion.name}
              </button>
            </Show>
          )}
        </For>
        <For each={own()}>
          {(host) => (
            <button type="button" class="cf-chip" onClick={() => add([host])}>
              + {host}
            </button>
          )}
        </For>
      </div>
      <Show when={table().length > 0}>
        <table class="cf-routes">
          <caption>按 dockerd（Go）的规则，表单里的地址会这样走</caption>
          <tbody>
            <For each={table()}>
              {(route) => (
                <tr>
                  <th scope="row">
                    <code>{route.host}</code>
                  </th>
                  <td>
                    {route.direct ? '直连' : '走代理'}
                    <Show when={route.entry}>
                      <span class="cf-quiet">因为 {route.entry}</span>
                    </Show>
                  </td>
                </tr>
              )}
            </For>
          </tbody>
        </table>
      </Show>
      <p class="ui-hint">
        别的程序读法不同，<a href={guide('/tools/noproxy/')}>用测试器逐个看</a>
      </p>
    </fieldset>
  );
}
