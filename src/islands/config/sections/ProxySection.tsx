import { createSignal, createUniqueId, For, Show } from 'solid-js';
import { splitProxy } from '#core/config/fields/proxy-url.ts';
import type { ProxyScope } from '#core/config/index.ts';
import { hasDockerd, isDesktop } from '#core/config/settings.ts';
import { Field } from '../../ui/index.ts';
import type { Form, ProxyName } from '../form.ts';
import { guide, proxyPresets, scopeLabels } from '../labels.ts';
import { Problems } from '../Problems.tsx';
import { toParts } from '../proxy-parts.ts';
import { BypassList } from './BypassList.tsx';

const SCOPES: readonly ProxyScope[] = ['daemon', 'cli', 'build', 'run'];

/** The proxy: address, login, what goes through it and what doesn't. */
export function ProxySection(props: { form: Form }) {
  const { form } = props;
  const target = () => form.settings().target ?? 'linux';
  const scopes = () => form.settings().proxyScope ?? ['daemon'];
  const toggle = (scope: ProxyScope, on: boolean) => {
    const next = SCOPES.filter((one) => (one === scope ? on : scopes().includes(one)));
    form.update({ proxyScope: next.join() === 'daemon' ? undefined : next });
  };
  const usable = (scope: ProxyScope) =>
    scope === 'daemon' || !['containerd', 'k3s', 'rke2'].includes(target());
  const allSet = () => form.proxies().all.address !== '';

  return (
    <>
      <fieldset class="cf-plain">
        <legend class="ui-label">常用地址</legend>
        <div class="cf-chips">
          <For each={proxyPresets}>
            {(preset) => (
              <button
                type="button"
                class="cf-chip"
                onClick={() => {
                  form.setSame(true);
                  form.setProxy('http', toParts(preset.url));
                }}
              >
                {preset.name}
              </button>
            )}
          </For>
        </div>
      </fieldset>
      <ProxyInput
        form={form}
        name="http"
        label={form.proxies().same ? '代理地址' : 'HTTP 代理'}
        hint="代理软件或公司代理的地址，带端口"
      />
      <label class="cf-check">
        <input
          type="checkbox"
          checked={form.proxies().same}
          onChange={(event) => form.setSame(event.currentTarget.checked)}
        />
        HTTPS 也用这个地址
      </label>
      <Show when={!form.proxies().same}>
        <ProxyInput
          form={form}
          name="https"
          label="HTTPS 代理"
          hint="访问 https 网站时用；地址本身通常仍是 http:// 开头"
        />
      </Show>
      <fieldset class="cf-plain">
        <legend class="ui-label">谁要走代理</legend>
        <For each={SCOPES.filter(usable)}>
          {(scope) => (
            <label class="cf-check">
              <input
                type="checkbox"
                checked={scopes().includes(scope)}
                onChange={(event) => toggle(scope, event.currentTarget.checked)}
              />
              {scopeLabels[scope].name}
              <span class="cf-quiet">{scopeLabels[scope].hint}</span>
            </label>
          )}
        </For>
        <p class="ui-hint">
          三层互不相干，<a href={guide('/start/layers/')}>看看哪一层读什么</a>
        </p>
      </fieldset>
      <BypassList form={form} />
      <Show when={hasDockerd(target()) && !isDesktop(target()) && scopes().includes('daemon')}>
        <fieldset class="cf-plain">
          <legend class="ui-label">dockerd 的代理写在</legend>
          <For
            each={
              [
                ['drop-in', 'systemd drop-in', '任何版本都行'],
                ['daemon.json', 'daemon.json 的 proxies', '23.0 起'],
              ] as const
            }
          >
            {([value, name, hint]) => (
              <label class="cf-check">
                <input
                  type="radio"
                  name="cf-proxy-file"
                  checked={
                    (form.settings().proxyFile ??
                      (target() === 'snap' ? 'daemon.json' : 'drop-in')) === value
                  }
                  onChange={() => form.update({ proxyFile: value })}
                />
                {name}
                <span class="cf-quiet">{hint}</span>
              </label>
            )}
          </For>
          <Problems form={form} problems={form.problems('proxyFile')} />
        </fieldset>
      </Show>
      <details class="cf-fold" open={allSet()}>
        <summary>ALL_PROXY</summary>
        <ProxyInput
          form={form}
          name="all"
          label="ALL_PROXY"
          hint="curl、git、pip 会看；dockerd 不看，只写给容器和构建"
        />
      </details>
    </>
  );
}

function ProxyInput(props: { form: Form; name: ProxyName; label: string; hint: string }) {
  const login = createUniqueId();
  const [reveal, setReveal] = createSignal(false);
  const parts = () => props.form.proxies()[props.name];
  const problems = () => {
    const own = props.form.problems(`proxy.${props.name}`);
    // With one address for both, each problem would be said twice.
    if (props.name !== 'http' || !props.form.proxies().same) return own;
    const codes = new Set(own.map(({ code }) => code));
    const more = props.form.problems('proxy.https').filter(({ code }) => !codes.has(code));
    return [...own, ...more];
  };
  /** A login pasted within the address moves to its own inputs, where the password is hidden. */
  const settle = (address: string) => {
    if (splitProxy(address).user !== '') props.form.setProxy(props.name, toParts(address));
  };
  return (
    <div class="cf-proxy">
      <Field label={props.label} hint={props.hint}>
        {(attributes) => (
          <input
            {...attributes}
            class="ui-input"
            value={parts().address}
            placeholder="http://127.0.0.1:10808"
            inputmode="url"
            autocomplete="off"
            autocapitalize="off"
            spellcheck={false}
            aria-invalid={problems().some(({ severity }) => severity === 'error') || undefined}
            onInput={(event) =>
              props.form.setProxy(props.name, { address: event.currentTarget.value })
            }
            onChange={(event) => settle(event.currentTarget.value)}
          />
        )}
      </Field>
      <Problems form={props.form} problems={problems()} />
      <details class="cf-fold" open={parts().user !== '' || parts().password !== ''}>
        <summary>要登录的代理：用户名和密码</summary>
        <div class="cf-inline cf-login">
          <input
            class="ui-input"
            value={parts().user}
            placeholder="用户名"
            aria-label={`${props.label}的用户名`}
            autocomplete="off"
            autocapitalize="off"
            spellcheck={false}
            onInput={(event) =>
              props.form.setProxy(props.name, { user: event.currentTarget.value })
            }
          />
          <input
            class="ui-input"
            id={login}
            type={reveal() ? 'text' : 'password'}
            value={parts().password}
            placeholder="密码"
            aria-label={`${props.label}的密码`}
            autocomplete="off"
            autocapitalize="off"
            spellcheck={false}
            onInput={(event) =>
              props.form.setProxy(props.name, { password: event.currentTarget.value })
            }
          />
          <button
            type="button"
            class="ui-button"
            aria-pressed={reveal()}
            aria-controls={login}
            onClick={() => setReveal(!reveal())}
          >
            {reveal() ? '隐藏' : '显示'}
          </button>
        </div>
        <p class="ui-hint">
          原样填写，特殊字符会按 URL 规则编码。密码不进链接，刷新后要重填。
          <a href={guide('/proxy/passwords/')}>密码里的特殊字符</a>
        </p>
      </details>
    </div>
  );
}
