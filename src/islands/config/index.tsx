import { createEffect, createMemo, createSignal, on, onCleanup, onMount, Show } from 'solid-js';
import {
  hasDockerd,
  presets,
  readSettingsHash,
  type Settings,
  settingsHash,
} from '#core/config/index.ts';
import { createForm } from './form.ts';
import { Questions } from './Questions.tsx';
import { Result } from './Result.tsx';
import { Section } from './Section.tsx';
import { CaSection } from './sections/CaSection.tsx';
import { ExistingSection } from './sections/ExistingSection.tsx';
import { MirrorsSection } from './sections/MirrorsSection.tsx';
import {
  DaemonSection,
  DnsSection,
  DownloadsSection,
  InsecureSection,
  VersionSection,
  WslSection,
} from './sections/MoreSections.tsx';
import { ProxySection } from './sections/ProxySection.tsx';
import { RegistryMirrorsSection } from './sections/RegistryMirrorsSection.tsx';
import './config.css';

/** The section that a field of `Settings` lies in. */
const sectionOf: readonly (readonly [RegExp, string])[] = [
  [/^mirrors/, 'mirrors'],
  [/^registryMirrors/, 'registries'],
  [/^(proxy|proxyFile|proxyScope)/, 'proxy'],
  [/^ca/, 'ca'],
  [/^insecure/, 'insecure'],
  [/^max/, 'downloads'],
  [/^dns/, 'dns'],
  [/^(builderGc|liveRestore|debug|experimental)/, 'daemon'],
  [/^(engine|imageStore|containerdVersion|dialTimeout)/, 'version'],
  [/^(wsl|target)/, 'wsl'],
  [/^existing/, 'existing'],
];

/** Long enough that typing a word writes the address once. */
const SAVE_MS = 300;

/** The config generator: one form, every file. */
export default function ConfigTool() {
  const form = createForm();
  // Dates in the catalogue are as of the build until the browser says what day it is.
  const [now, setNow] = createSignal(0);
  const [notices, setNotices] = createSignal<readonly string[]>([]);
  let own = '';
  let timer: ReturnType<typeof setTimeout> | undefined;

  const restore = () => {
    const hash = location.hash.replace(/^#/, '');
    if (hash === own) return;
    own = hash;
    if (hash === '') return;
    const { settings, goal, unknown, problems } = readSettingsHash(hash);
    form.load(settings, goal);
    setNotices([
      ...problems,
      ...(unknown.length > 0 ? [`链接里有不认识的参数：${unknown.join('、')}，已忽略。`] : []),
    ]);
  };

  const save = () => {
    clearTimeout(timer);
    own = settingsHash(form.settings(), form.goal());
    history.replaceState(history.state, '', own ? `#${own}` : location.pathname + location.search);
  };

  onMount(() => {
    setNow(Date.now());
    form.setNow(Date.now());
    restore();
    window.addEventListener('hashchange', restore);
    // The last edit must survive a reload that comes before the timer.
    const flush = () => {
      if (timer !== undefined) save();
    };
    window.addEventListener('pagehide', flush);
    createEffect(
      on(
        [form.settings, form.goal],
        () => {
          clearTimeout(timer);
          timer = setTimeout(save, SAVE_MS);
        },
        { defer: true },
      ),
    );
    onCleanup(() => {
      clearTimeout(timer);
      window.removeEventListener('hashchange', restore);
      window.removeEventListener('pagehide', flush);
    });
  });

  const settings = form.settings;
  const target = () => settings().target ?? 'linux';
  const dockerd = createMemo(() => hasDockerd(target()));
  const wants = (...goals: string[]) => goals.includes(form.goal());
  const count = (values: readonly unknown[] | undefined, unit: string) =>
    values && values.length > 0 ? `${values.length} ${unit}` : undefined;

  const jump = (setting: string) => {
    const id = sectionOf.find(([pattern]) => pattern.test(setting))?.[1];
    const section = id === undefined ? null : document.getElementById(`cf-${id}`);
    if (!(section instanceof HTMLDetailsElement)) return;
    section.open = true;
    section.scrollIntoView({ block: 'start', behavior: 'auto' });
    // Its contents appear once the toggle event has run.
    setTimeout(() => {
      const bad = section.querySelector<HTMLElement>('[aria-invalid="true"]');
      (bad ?? section.querySelector<HTMLElement>('input, select, textarea'))?.focus();
    }, 50);
  };

  const applyPreset = (id: keyof typeof presets) => {
    const { settings: values, goal } = presets[id];
    const { target: where } = settings();
    form.load(
      { ...(structuredClone(values) as Partial<Settings>), ...(where && { target: where }) },
      goal,
    );
  };

  return (
    <div class="cf-tool not-content">
      <Questions form={form} />
      <p class="cf-presets">
        <span class="cf-quiet">常见情况：</span>
        {(Object.keys(presets) as (keyof typeof presets)[]).map((id) => (
          <button type="button" class="cf-chip" onClick={() => applyPreset(id)}>
            {presets[id].name}
          </button>
        ))}
      </p>
      <Show when={notices().length > 0}>
        <div class="ui-problem ui-warning" role="status">
          {notices().join(' ')}
        </div>
      </Show>
      <div class="cf-columns">
        <section class="cf-form" aria-label="设置">
          <h2 class="sr-only">设置</h2>
          <Section
            id="mirrors"
            title="Docker Hub 镜像源"
            hint="拉取慢、超时"
            wanted={wants('slow', 'custom')}
            summary={count(settings().mirrors, '个')}
            problems={form.problems('mirrors', true)}
          >
            <MirrorsSection form={form} now={now()} />
          </Section>
          <Section
            id="proxy"
            title="代理"
            hint="公司代理、本机代理软件"
            wanted={wants('proxy')}
            summary={settings().proxy?.http || settings().proxy?.https ? '已填' : undefined}
            problems={[...form.problems('proxy', true), ...form.problems('proxyFile')]}
          >
            <ProxySection form={form} />
          </Section>
          <Section
            id="ca"
            title="CA 证书"
            hint="x509、私有仓库、公司证书"
            wanted={wants('ca')}
            summary={count(
              settings().ca?.filter(({ pem }) => pem !== ''),
              '个',
            )}
            problems={form.problems('ca', true)}
          >
            <CaSection form={form} now={now() || undefined} />
          </Section>
          <Show when={dockerd()}>
            <Section
              id="downloads"
              title="下载并发与重试"
              hint="下到一半不动、EOF"
              wanted={wants('stuck')}
              summary={
                settings().maxConcurrentDownloads === undefined
                  ? undefined
                  : `同时 ${settings().maxConcurrentDownloads} 层`
              }
              problems={[
                ...form.problems('maxConcurrentDownloads'),
                ...form.problems('maxConcurrentUploads'),
                ...form.problems('maxDownloadAttempts'),
              ]}
            >
              <DownloadsSection form={form} />
            </Section>
          </Show>
          <Section
            id="existing"
            title="已有的配置文件"
            hint="粘贴进来合并，不会丢掉别的设置"
            wanted={false}
            summary={count(Object.keys(settings().existing ?? {}), '个文件')}
            problems={form.problems('existing', true)}
          >
            <ExistingSection form={form} />
          </Section>
          <Show when={target() !== 'podman' && target() !== 'k3s' && target() !== 'rke2'}>
            <Section
              id="version"
              title="版本与镜像存储"
              hint="不同版本认的键不一样"
              wanted={false}
              summary={settings().engine ?? settings().imageStore}
              problems={[
                ...form.problems('engine'),
                ...form.problems('imageStore'),
                ...form.problems('dialTimeout'),
              ]}
            >
              <VersionSection form={form} />
            </Section>
          </Show>
          <Section
            id="registries"
            title="其他仓库的镜像源"
            hint="ghcr.io、quay.io、registry.k8s.io"
            wanted={false}
            summary={count(settings().registryMirrors, '个')}
            problems={form.problems('registryMirrors', true)}
          >
            <RegistryMirrorsSection form={form} />
          </Section>
          <Section
            id="insecure"
            title="不安全仓库"
            hint="只有 HTTP，或证书装不上"
            wanted={false}
            summary={count(settings().insecureRegistries, '个')}
            problems={form.problems('insecureRegistries', true)}
          >
            <InsecureSection form={form} />
          </Section>
          <Show when={target() === 'wsl2' || target() === 'desktop-windows'}>
            <Section
              id="wsl"
              title="WSL2 网络"
              hint=".wslconfig"
              wanted={false}
              summary={settings().wsl?.networkingMode}
              problems={form.problems('target')}
            >
              <WslSection form={form} />
            </Section>
          </Show>
          <Show when={dockerd()}>
            <Section
              id="dns"
              title="容器 DNS"
              hint="容器里解析不了域名"
              wanted={false}
              summary={count(settings().dns, '个')}
              problems={form.problems('dns', true)}
            >
              <DnsSection form={form} />
            </Section>
            <Section
              id="daemon"
              title="构建缓存与其他开关"
              hint="builder.gc、live-restore、debug"
              wanted={false}
              summary={settings().builderGc ? '清理构建缓存' : undefined}
              problems={form.problems('builderGc', true)}
            >
              <DaemonSection form={form} />
            </Section>
          </Show>
        </section>
        <Result form={form} onJump={jump} />
      </div>
    </div>
  );
}
