import { createMemo, For, Show } from 'solid-js';
import type { Settings } from '#core/config/index.ts';
import { NEWEST_ENGINE, withDefaults } from '#core/config/settings.ts';
import { CopyButton, Field } from '../../ui/index.ts';
import type { Form } from '../form.ts';
import { guide } from '../labels.ts';
import { Problems } from '../Problems.tsx';
import { TextList } from '../TextList.tsx';

/** Registries without valid TLS. */
export function InsecureSection(props: { form: Form }) {
  return (
    <>
      <p class="ui-hint">
        写 host[:port] 或网段，不带 https://。
        <a href={guide('/certs/insecure-registries/')}>风险</a>
      </p>
      <Problems form={props.form} problems={props.form.problems('insecureRegistries')} />
      <TextList
        form={props.form}
        field="insecureRegistries"
        values={props.form.settings().insecureRegistries ?? []}
        item="不安全仓库"
        placeholder="registry.example.com:5000"
        onChange={(values) =>
          props.form.update({ insecureRegistries: values.length > 0 ? values : undefined })
        }
      />
    </>
  );
}

/** How much is downloaded at once, and how often it is tried. */
export function DownloadsSection(props: { form: Form }) {
  const fields = [
    ['maxConcurrentDownloads', '同时下载几层', '默认 3；大镜像下到一半不动时填 1'],
    ['maxDownloadAttempts', '每层最多试几次', '默认 5'],
    ['maxConcurrentUploads', '同时上传几层', '默认 5'],
  ] as const;
  return (
    <For each={fields}>
      {([name, label, hint]) => (
        <>
          <Field label={label} hint={hint}>
            {(attributes) => (
              <input
                {...attributes}
                class="ui-input cf-short"
                type="number"
                min="1"
                step="1"
                value={props.form.settings()[name] ?? ''}
                onInput={(event) => {
                  const { value } = event.currentTarget;
                  props.form.update({ [name]: value === '' ? undefined : Number(value) });
                }}
              />
            )}
          </Field>
          <Problems form={props.form} problems={props.form.problems(name)} />
        </>
      )}
    </For>
  );
}

/** Containers' DNS servers. */
export function DnsSection(props: { form: Form }) {
  return (
    <>
      <p class="ui-hint">只管容器里的解析。dockerd 自己拉取时用宿主机的 DNS。</p>
      <TextList
        form={props.form}
        field="dns"
        values={props.form.settings().dns ?? []}
        item="DNS 服务器"
        placeholder="223.5.5.5"
        onChange={(values) => props.form.update({ dns: values.length > 0 ? values : undefined })}
      />
    </>
  );
}

/** The build cache's limits and dockerd's switches. */
export function DaemonSection(props: { form: Form }) {
  const gc = () => props.form.settings().builderGc;
  const sizes = [
    ['keepStorage', '清理时至少留下', '20GB', '构建缓存'],
    ['maxUsedSpace', '缓存最多占', '50GB', '28.0 起'],
    ['minFreeSpace', '磁盘至少空出', '20GB', '28.0 起'],
  ] as const;
  const switches = [
    ['liveRestore', 'live-restore', 'dockerd 重启时容器不停'],
    ['debug', 'debug', '日志里写出请求了哪个镜像源'],
    ['experimental', 'experimental', '实验功能'],
  ] as const;
  return (
    <>
      <Problems form={props.form} problems={props.form.problems('builderGc')} />
      <label class="cf-check">
        <input
          type="checkbox"
          checked={gc()?.enabled ?? false}
          onChange={(event) =>
            props.form.update({
              builderGc: event.currentTarget.checked
                ? { ...gc(), enabled: true, keepStorage: gc()?.keepStorage ?? '20GB' }
                : undefined,
            })
          }
        />
        自动清理构建缓存
      </label>
      <Show when={gc()}>
        <For each={sizes}>
          {([name, label, placeholder, hint]) => (
            <>
              <Field label={label} hint={hint}>
                {(attributes) => (
                  <input
                    {...attributes}
                    class="ui-input cf-short"
                    value={gc()?.[name] ?? ''}
                    placeholder={placeholder}
                    autocomplete="off"
                    onInput={(event) => {
                      const { [name]: _, ...rest } = gc() ?? { enabled: true };
                      const { value } = event.currentTarget;
                      props.form.update({
                        builderGc: value === '' ? rest : { ...rest, [name]: value },
                      });
                    }}
                  />
                )}
              </Field>
              <Problems form={props.form} problems={props.form.problems(`builderGc.${name}`)} />
            </>
          )}
        </For>
      </Show>
      <For each={switches}>
        {([name, label, hint]) => (
          <>
            <Field label={label} hint={hint} class="cf-row">
              {(attributes) => (
                <select
                  {...attributes}
                  class="ui-input cf-short"
                  onChange={(event) => {
                    const { value } = event.currentTarget;
                    props.form.update({ [name]: value === '' ? undefined : value === 'true' });
                  }}
                >
                  <For
                    each={
                      [
                        ['', '不写'],
                        ['true', 'true'],
                        ['false', 'false'],
                      ] as const
                    }
                  >
                    {([value, text]) => (
                      <option
                        value={value}
                        selected={String(props.form.settings()[name] ?? '') === value}
                      >
                        {text}
                      </option>
                    )}
                  </For>
                </select>
              )}
            </Field>
            <Problems form={props.form} problems={props.form.problems(name)} />
          </>
        )}
      </For>
    </>
  );
}

/** Engine version and image store, with the commands that tell one's own. */
export function VersionSection(props: { form: Form }) {
  const settings = createMemo(() => withDefaults(props.form.settings()));
  const containerd = () => settings().target === 'containerd';
  return (
    <>
      <Show
        when={!containerd()}
        fallback={
          <Choice
            label="containerd 版本"
            command="containerd --version"
            options={[
              ['2', '2.x'],
              ['1', '1.x'],
            ]}
            value={settings().containerdVersion}
            onChoose={(value) =>
              props.form.update({
                containerdVersion: value === '2' ? undefined : (value as '1'),
              })
            }
          />
        }
      >
        <Field label="Docker Engine 版本" hint={`不填按 ${NEWEST_ENGINE} 处理`}>
          {(attributes) => (
            <input
              {...attributes}
              class="ui-input cf-short"
              value={props.form.settings().engine ?? ''}
              placeholder={NEWEST_ENGINE}
              autocomplete="off"
              onInput={(event) =>
                props.form.update({ engine: event.currentTarget.value || undefined })
              }
            />
          )}
        </Field>
        <Command text="docker version --format '{{.Server.Version}}'" />
        <Problems form={props.form} problems={props.form.problems('engine')} />
        <Choice
          label="镜像存储"
          command="docker info -f '{{.DriverStatus}}'"
          note="输出里有 io.containerd.snapshotter 就是 containerd 镜像存储。29.0 起新装的默认是它。"
          options={[
            ['containerd', 'containerd 镜像存储'],
            ['overlay2', '经典存储（overlay2 等）'],
          ]}
          value={settings().imageStore}
          onChoose={(value) => props.form.update({ imageStore: value as Settings['imageStore'] })}
        />
        <Problems form={props.form} problems={props.form.problems('imageStore')} />
      </Show>
      <Field label="连接镜像源的超时" hint="写进 hosts.toml；镜像源连不上时不用等 30 秒。如 3s">
        {(attributes) => (
          <input
            {...attributes}
            class="ui-input cf-short"
            value={props.form.settings().dialTimeout ?? ''}
            placeholder="3s"
            autocomplete="off"
            onInput={(event) =>
              props.form.update({ dialTimeout: event.currentTarget.value || undefined })
            }
          />
        )}
      </Field>
      <Problems form={props.form} problems={props.form.problems('dialTimeout')} />
    </>
  );
}

function Choice(props: {
  label: string;
  command: string;
  note?: string;
  options: readonly (readonly [string, string])[];
  value: string;
  onChoose: (value: string) => void;
}) {
  return (
    <fieldset class="cf-plain">
      <legend class="ui-label">{props.label}</legend>
      <For each={props.options}>
        {([value, text]) => (
          <label class="cf-check">
            <input
              type="radio"
              name={`cf-${props.label}`}
              checked={props.value === value}
              onChange={() => props.onChoose(value)}
            />
            {text}
          </label>
        )}
      </For>
      <Show when={props.note}>
        <p class="ui-hint">{props.note}</p>
      </Show>
      <Command text={props.command} />
    </fieldset>
  );
}

/** A command to look something up, with its copy button. */
function Command(props: { text: string }) {
  return (
    <p class="cf-command">
      <code>{props.text}</code>
      <CopyButton text={() => props.text} title={`复制命令：${props.text}`} />
    </p>
  );
}

/** .wslconfig. */
export function WslSection(props: { form: Form }) {
  const wsl = () => props.form.settings().wsl ?? {};
  const set = (patch: Settings['wsl']) => {
    const next = Object.fromEntries(
      Object.entries({ ...wsl(), ...patch }).filter(([, value]) => value !== undefined),
    ) as Settings['wsl'];
    props.form.update({ wsl: Object.keys(next).length > 0 ? next : undefined });
  };
  const flags = [
    ['dnsTunneling', 'DNS 交给 Windows（dnsTunneling）'],
    ['autoProxy', '跟随 Windows 的代理（autoProxy）'],
    ['firewall', 'Windows 防火墙也管 WSL（firewall）'],
  ] as const;
  return (
    <>
      <p class="ui-hint">
        写进 Windows 一侧的 .wslconfig。<a href={guide('/desktop/wsl2-network/')}>WSL2 的网络</a>
      </p>
      <Field
        label="网络模式"
        hint="mirrored：WSL 里的 127.0.0.1 能连到 Windows 上的代理，要 Windows 11 22H2"
      >
        {(attributes) => (
          <select
            {...attributes}
            class="ui-input cf-short"
            onChange={(event) => {
              const { value } = event.currentTarget;
              set({ networkingMode: value === '' ? undefined : (value as 'nat' | 'mirrored') });
            }}
          >
            <For each={['', 'mirrored', 'nat'] as const}>
              {(value) => (
                <option value={value} selected={(wsl().networkingMode ?? '') === value}>
                  {value === '' ? '不写' : value}
                </option>
              )}
            </For>
          </select>
        )}
      </Field>
      <For each={flags}>
        {([name, label]) => (
          <label class="cf-check">
            <input
              type="checkbox"
              checked={wsl()[name] === true}
              onChange={(event) => set({ [name]: event.currentTarget.checked ? true : undefined })}
            />
            {label}
          </label>
        )}
      </For>
      <Problems form={props.form} problems={props.form.problems('target')} />
    </>
  );
}
