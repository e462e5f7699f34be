import { createSignal, For, Show } from 'solid-js';
import type { SetStoreFunction } from 'solid-js/store';
import type { Extracted } from '#core/noproxy/extract.ts';
import type { TargetProblem } from '#core/noproxy/targets.ts';
import { announce, Field } from '../ui/index.ts';
import { Area } from './Area.tsx';
import { Rich } from './Rich.tsx';
import type { State } from './state.ts';

interface InputsProps {
  state: State;
  setState: SetStoreFunction<State>;
  problems: readonly TargetProblem[];
}

type TextKey = {
  [Key in keyof State]: State[Key] extends string ? Key : never;
}[keyof State];

const proxies = [
  ['httpProxy', 'upperHttpProxy', 'http_proxy'],
  ['httpsProxy', 'upperHttpsProxy', 'https_proxy'],
  ['allProxy', 'upperAllProxy', 'all_proxy'],
] as const;

/** The list, the proxies, the targets, and a box to paste any of them from. */
export function Inputs(props: InputsProps) {
  const text = (key: TextKey) => (event: { currentTarget: { value: string } }) =>
    props.setState(key, event.currentTarget.value);

  const Line = (line: { name: TextKey; label: string; placeholder?: string }) => (
    <Field label={<code>{line.label}</code>}>
      {(attributes) => (
        <input
          {...attributes}
          class="ui-input np-mono"
          type="text"
          spellcheck={false}
          autocapitalize="off"
          autocomplete="off"
          placeholder={line.placeholder ?? '没有设置'}
          value={props.state[line.name]}
          onInput={text(line.name)}
        />
      )}
    </Field>
  );

  return (
    <section class="np-inputs" aria-label="变量与目标">
      <Paste setState={props.setState} />
      <div class="np-columns">
        <div>
          <Field
            label={<code>{props.state.split ? 'no_proxy' : 'NO_PROXY'}</code>}
            hint="绕过列表：写在这里的主机直连，用半角逗号分隔。"
          >
            {(attributes) => (
              <Area
                id={attributes.id}
                describedBy={attributes['aria-describedby']}
                rows={4}
                value={props.state.noProxy}
                onInput={(value) => props.setState('noProxy', value)}
              />
            )}
          </Field>
          <Show when={props.state.split}>
            <Line name="upperNoProxy" label="NO_PROXY" />
          </Show>
          <div class="np-proxies">
            <For each={proxies}>
              {([lower, upper, name]) => (
                <>
                  <Line name={lower} label={props.state.split ? name : name.toUpperCase()} />
                  <Show when={props.state.split}>
                    <Line name={upper} label={name.toUpperCase()} />
                  </Show>
                </>
              )}
            </For>
          </div>
          <label class="np-check">
            <input
              type="checkbox"
              checked={props.state.split}
              onChange={(event) => {
                const split = event.currentTarget.checked;
                if (split) {
                  props.setState({
                    upperNoProxy: props.state.noProxy,
                    upperHttpProxy: props.state.httpProxy,
                    upperHttpsProxy: props.state.httpsProxy,
                    upperAllProxy: props.state.allProxy,
                  });
                }
                props.setState('split', split);
              }}
            />
            大写和小写的变量值不同（不勾选时两种都设成同一个值，Docker 就是这样设的）
          </label>
        </div>
        <div>
          <Field
            label="目标"
            hint="一行一个：URL、主机名、主机:端口、IP，或镜像名。镜像名会展开成拉取时真正连接的主机；单个词当成镜像名。"
            severity="warning"
            problem={
              props.problems.length > 0 ? (
                <For each={props.problems}>
                  {(problem) => (
                    <div>
                      第 {problem.line + 1} 行「{problem.text}」：{problem.message}
                    </div>
                  )}
                </For>
              ) : undefined
            }
          >
            {(attributes) => (
              <Area
                id={attributes.id}
                describedBy={attributes['aria-describedby']}
                rows={6}
                value={props.state.targets}
                onInput={(value) => props.setState('targets', value)}
              />
            )}
          </Field>
          <details class="np-more">
            <summary>镜像源、Java</summary>
            <Field
              label="镜像源"
              hint="daemon.json 的 registry-mirrors，一行一个；拉 Docker Hub 的镜像时先连它们。"
            >
              {(attributes) => (
                <Area
                  id={attributes.id}
                  describedBy={attributes['aria-describedby']}
                  rows={2}
                  placeholder="https://docker.m.daocloud.io"
                  value={props.state.mirrors}
                  onInput={(value) => props.setState('mirrors', value)}
                />
              )}
            </Field>
            <Line
              name="java"
              label="-Dhttp.nonProxyHosts"
              placeholder="没有设置（用 Java 的默认值）"
            />
          </details>
        </div>
      </div>
    </section>
  );
}

/** Picks variables out of whatever was printed. */
function Paste(props: { setState: SetStoreFunction<State> }) {
  const [pasted, setPasted] = createSignal('');
  const [read, setRead] = createSignal<{ text: string; extracted: Extracted | undefined }>();
  const known = () => (read()?.text === pasted() ? read() : undefined);
  const found = () => known()?.extracted;
  const take = async (text: string) => {
    setPasted(text);
    // The readers of all those formats come with the first paste.
    const { extractVariables } = await import('#core/noproxy/extract.ts');
    if (text !== pasted()) return;
    const extracted = extractVariables(text);
    setRead({ text, extracted });
    if (!extracted) return;
    const { variables } = extracted;
    const lower = (name: string) => variables[name] ?? '';
    const upper = (name: string) => variables[name.toUpperCase()] ?? '';
    const names = ['no_proxy', 'http_proxy', 'https_proxy', 'all_proxy'];
    const split = names.some((name) => lower(name) !== upper(name));
    props.setState({
      split,
      noProxy: lower('no_proxy'),
      httpProxy: lower('http_proxy'),
      httpsProxy: lower('https_proxy'),
      allProxy: lower('all_proxy'),
      upperNoProxy: split ? upper('no_proxy') : '',
      upperHttpProxy: split ? upper('http_proxy') : '',
      upperHttpsProxy: split ? upper('https_proxy') : '',
      upperAllProxy: split ? upper('all_proxy') : '',
    });
    announce(`已从「${extracted.label}」取出 ${Object.keys(variables).length} 个变量`);
  };
  return (
    <details class="np-paste">
      <summary>粘贴一段输出，自动取出变量</summary>
      <Field
        label="粘贴的内容"
        hint={
          <>
            <code>env</code>、<code>docker info</code>、
            <code>systemctl show --property=Environment docker</code>、drop-in、daemon.json、
            config.json 都认。内容只在这个页面里处理，不进链接。
          </>
        }
      >
        {(attributes) => (
          <Area
            id={attributes.id}
            describedBy={attributes['aria-describedby']}
            rows={5}
            value={pasted()}
            onInput={take}
          />
        )}
      </Field>
      <Show when={known() && pasted().trim() !== ''}>
        <Show
          when={found()}
          fallback={
            <p class="ui-problem ui-warning">
              这段文字里没有找到代理变量。要有 HTTP_PROXY=… 这样的行，或 daemon.json、config.json 的
              proxies。
            </p>
          }
        >
          {(extracted) => (
            <div class="ui-problem ui-ok">
              从「{extracted().label}」里取出：
              <For each={Object.keys(extracted().variables)}>
                {(name, index) => (
                  <>
                    {index() > 0 ? '、' : ''}
                    <code>{name}</code>
                  </>
                )}
              </For>
              。
              <For each={extracted().notes}>
                {(note) => (
                  <div>
                    <Rich text={note} />
                  </div>
                )}
              </For>
            </div>
          )}
        </Show>
      </Show>
    </details>
  );
}
