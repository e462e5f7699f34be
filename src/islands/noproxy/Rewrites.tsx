import { createMemo, createSignal, For, Show } from 'solid-js';
import type { SetStoreFunction } from 'solid-js/store';
import { settingsHash } from '#core/config/state.ts';
import { fromDesktop, toDesktop } from '#core/noproxy/desktop.ts';
import { makePortable, toNonProxyHosts } from '#core/noproxy/portable.ts';
import { announce, CopyButton, Field, Tabs } from '../ui/index.ts';
import { Area } from './Area.tsx';
import { Rich } from './Rich.tsx';
import { type State, withoutLogin } from './state.ts';
import { sitePath } from './words.ts';

export interface RewritesProps {
  state: State;
  setState: SetStoreFunction<State>;
  /** The list to rewrite. */
  list: string;
}

/** So many remarks are listed. */
const SHOWN = 20;

const tabs = [
  { id: 'portable', label: '可移植写法' },
  { id: 'desktop', label: 'Docker Desktop' },
  { id: 'java', label: 'Java' },
];

/** The same list in other forms: for every client, for Docker Desktop, for Java. */
export function Rewrites(props: RewritesProps) {
  const [tab, setTab] = createSignal('portable');
  const portable = createMemo(() => makePortable(props.list));
  return (
    <section class="np-rewrites" aria-labelledby="np-rewrites-title">
      <h2 id="np-rewrites-title">换一种写法</h2>
      <Tabs label="写法" tabs={tabs} selected={tab()} onSelect={setTab}>
        <Show when={tab() === 'portable'}>
          <p class="np-lead">意思不变，在尽量多的客户端里都起作用：</p>
          <Value
            label="可移植的 NO_PROXY"
            text={portable().value}
            use={() => {
              props.setState('noProxy', portable().value);
              announce('已换成可移植写法');
            }}
          >
            <a
              class="ui-button"
              href={sitePath(
                `/tools/config/#${settingsHash({
                  proxy: {
                    http: withoutLogin(props.state.httpProxy),
                    https: withoutLogin(props.state.httpsProxy),
                    noProxy: [...portable().entries],
                  },
                })}`,
              )}
            >
              用它生成配置
            </a>
          </Value>
          <List title="改了什么" items={portable().changes} />
          <Show when={portable().limits.length > 0}>
            <h3>做不到的</h3>
            <ul class="np-list">
              <For each={portable().limits}>
                {(limit) => (
                  <li>
                    <Rich text={limit.message} />
                    <Show when={limit.entries.length > 0}>
                      {' '}
                      涉及：<code>{limit.entries.slice(0, 6).join('、')}</code>
                      {limit.entries.length > 6 ? ` 等 ${limit.entries.length} 项` : ''}
                    </Show>
                  </li>
                )}
              </For>
            </ul>
          </Show>
        </Show>
        <Show when={tab() === 'desktop'}>
          <Desktop {...props} />
        </Show>
        <Show when={tab() === 'java'}>
          <Java value={props.list} use={(text) => props.setState('java', text)} />
        </Show>
      </Tabs>
    </section>
  );
}

function Value(props: {
  label: string;
  text: string;
  use?: () => void;
  children?: import('solid-js').JSX.Element;
}) {
  return (
    <div class="np-value">
      <code class="np-code" data-name={props.label}>
        {props.text || '（空）'}
      </code>
      <div class="np-actions">
        <CopyButton text={() => props.text} title={`复制${props.label}`} />
        <Show when={props.use}>
          {(use) => (
            <button type="button" class="ui-button" onClick={() => use()()}>
              换成这个
            </button>
          )}
        </Show>
        {props.children}
      </div>
    </div>
  );
}

function List(props: { title: string; items: readonly string[] }) {
  return (
    <Show when={props.items.length > 0}>
      <h3>{props.title}</h3>
      <ul class="np-list">
        <For each={props.items.slice(0, SHOWN)}>
          {(item) => (
            <li>
              <Rich text={item} />
            </li>
          )}
        </For>
        <Show when={props.items.length > SHOWN}>
          <li>还有 {props.items.length - SHOWN} 条同类的。</li>
        </Show>
      </ul>
    </Show>
  );
}

function Desktop(props: RewritesProps) {
  const [desktop, setDesktop] = createSignal('');
  const forward = createMemo(() => toDesktop(props.list));
  const back = createMemo(() => fromDesktop(desktop()));
  return (
    <>
      <p class="np-lead">
        Desktop 的「Bypass proxy settings for these hosts & domains」有自己的语法：逗号或空白分隔，
        从右往左逐段比较，<code>*</code>{' '}
        代替一段，短的项也管更深的子域名，区分大小写；不写端口，没有 IPv6。
        现在的匹配代码不公开，这里依据最后公开的 vpnkit。
      </p>
      <Value label="Desktop 的绕过列表" text={forward().value} />
      <List title="换算说明" items={forward().notes} />
      <Field label="从 Desktop 的列表换回来" hint="粘贴设置里的那一行。">
        {(attributes) => (
          <Area
            id={attributes.id}
            describedBy={attributes['aria-describedby']}
            rows={2}
            placeholder="registry-1.docker.com,*.docker.com,10.0.0.0/8"
            value={desktop()}
            onInput={setDesktop}
          />
        )}
      </Field>
      <Show when={desktop().trim() !== ''}>
        <Value
          label="对应的 NO_PROXY"
          text={back().value}
          use={() => props.setState('noProxy', back().value)}
        />
        <List title="换算说明" items={back().notes} />
      </Show>
    </>
  );
}

function Java(props: { value: string; use: (text: string) => void }) {
  const java = createMemo(() => toNonProxyHosts(props.value));
  return (
    <>
      <p class="np-lead">
        Java 不读任何环境变量。把列表写进 <code>-Dhttp.nonProxyHosts</code>，用竖线分隔，
        <code>*</code> 只能在头尾；https 也看它。
      </p>
      <Value
        label="http.nonProxyHosts 的值"
        text={java().value}
        use={() => props.use(java().value)}
      />
      <Show when={java().portless.length > 0}>
        <p>
          Java 的列表不写端口，端口已去掉，所有端口都会直连：
          <code>{java().portless.slice(0, 20).join('、')}</code>
        </p>
      </Show>
      <Show when={java().lost.length > 0}>
        <p>
          没有对应写法：<code>{java().lost.slice(0, 20).join('、')}</code>
        </p>
      </Show>
    </>
  );
}
