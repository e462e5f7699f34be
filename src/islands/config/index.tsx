import {
  createEffect,
  createMemo,
  createSignal,
  For,
  lazy,
  on,
  onCleanup,
  onMount,
  Show,
  untrack,
} from 'solid-js';
import type { Generated, Settings } from '#core/config/index.ts';
import { presets } from '#core/config/presets.ts';
import { hasDockerd } from '#core/config/settings.ts';
import { readSettingsHash, settingsHash } from '#core/config/state.ts';
import type { Coloured } from '../ui/highlight.ts';
import { apart, createAwakening, stateInAddress, whenWanted } from '../ui/index.ts';
import { createForm } from './form.ts';
import { Questions as QuestionsPart } from './Questions.tsx';
import { Result as ResultPart } from './Result.tsx';
import { Section } from './Section.tsx';
import { MirrorsSection as MirrorsPart } from './sections/MirrorsSection.tsx';
import './config.css';

const Result = apart(ResultPart, 1);
const MirrorsSection = apart(MirrorsPart, 2);
const Questions = apart(QuestionsPart, 3);

// Folded at first: their code comes when they are opened.
const CaSection = lazy(async () => ({
  default: (await import('./sections/CaSection.tsx')).CaSection,
}));
const ExistingSection = lazy(async () => ({
  default: (await import('./sections/ExistingSection.tsx')).ExistingSection,
}));
const ProxySection = lazy(async () => ({
  default: (await import('./sections/ProxySection.tsx')).ProxySection,
}));
const RegistryMirrorsSection = lazy(async () => ({
  default: (await import('./sections/RegistryMirrorsSection.tsx')).RegistryMirrorsSection,
}));
const DaemonSection = lazy(async () => ({
  default: (await import('./sections/MoreSections.tsx')).DaemonSection,
}));
const DnsSection = lazy(async () => ({
  default: (await import('./sections/MoreSections.tsx')).DnsSection,
}));
const DownloadsSection = lazy(async () => ({
  default: (await import('./sections/MoreSections.tsx')).DownloadsSection,
}));
const InsecureSection = lazy(async () => ({
  default: (await import('./sections/MoreSections.tsx')).InsecureSection,
}));
const VersionSection = lazy(async () => ({
  default: (await import('./sections/MoreSections.tsx')).VersionSection,
}));
const WslSection = lazy(async () => ({
  default: (await import('./sections/MoreSections.tsx')).WslSection,
}));

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

/** What each goal is about. */
const mainSection = {
  slow: 'mirrors',
  proxy: 'proxy',
  ca: 'ca',
  stuck: 'downloads',
  custom: undefined,
} as const;

/** Long enough that typing a word writes the address once. */
const SAVE_MS = 300;

/** Focuses what is wrong in a section, else its first control; waits while its code is loading. */
function focusWithin(section: HTMLElement, tries: number): void {
  const control =
    section.querySelector<HTMLElement>('[aria-invalid="true"]') ??
    section.querySelector<HTMLElement>('input, select, textarea');
  if (control) control.focus();
  else if (tries > 0) setTimeout(() => focusWithin(section, tries - 1), 50);
}

/** The config generator: one form, every file. */
function ConfigTool(props: {
  initial: Generated;
  /** From `colourFirst`. */
  colours: string;
}) {
  // The page's own first result doesn't change.
  const form = createForm(untrack(() => props.initial));
  const colours: Record<string, Coloured> = untrack(() => JSON.parse(props.colours));
  // Dates in the catalogue are as of the build until the browser says what day it is.
  const [now, setNow] = createSignal(0);
  const [notices, setNotices] = createSignal<readonly string[]>([]);
  // The first result stands already.
  const asleep = createAwakening('.cf-tool', () => whenWanted(form.start));
  let own = '';
  let timer: ReturnType<typeof setTimeout> | undefined;

  const restore = () => {
    const hash = stateInAddress(own);
    if (hash === undefined || hash === own) return;
    own = hash;
    if (hash === '') return;
    const { settings, goal, unknown, problems } = readSettingsHash(hash);
    form.open(settings, goal);
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
  const count = (values: readonly unknown[] | undefined, unit: string) =>
    values && values.length > 0 ? `${values.length} ${unit}` : undefined;

  type SectionId = keyof typeof sections;
  const sections = {
    mirrors: (wanted: boolean) => (
      <Section
        id="mirrors"
        title="Docker Hub 镜像源"
        hint="拉取慢、超时"
        wanted={wanted}
        summary={count(settings().mirrors, '个')}
        problems={form.problems('mirrors', true)}
      >
        <MirrorsSection form={form} now={now()} />
      </Section>
    ),
    proxy: (wanted: boolean) => (
      <Section
        id="proxy"
        title="代理"
        hint="公司代理、本机代理软件"
        wanted={wanted}
        summary={settings().proxy?.http || settings().proxy?.https ? '已填' : undefined}
        problems={[...form.problems('proxy', true), ...form.problems('proxyFile')]}
      >
        <ProxySection form={form} />
      </Section>
    ),
    ca: (wanted: boolean) => (
      <Section
        id="ca"
        title="CA 证书"
        hint="x509、私有仓库、公司证书"
        wanted={wanted}
        summary={count(
          settings().ca?.filter(({ pem }) => pem !== ''),
          '个',
        )}
        problems={form.problems('ca', true)}
      >
        <CaSection form={form} now={now() || undefined} />
      </Section>
    ),
    downloads: (wanted: boolean) => (
      <Section
        id="downloads"
        title="下载并发与重试"
        hint="下到一半不动、EOF"
        wanted={wanted}
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
    ),
    existing: (wanted: boolean) => (
      <Section
        id="existing"
        title="已有的配置文件"
        hint="粘贴进来合并，不会丢掉别的设置"
        wanted={wanted}
        summary={count(Object.keys(settings().existing ?? {}), '个文件')}
        problems={form.problems('existing', true)}
      >
        <ExistingSection form={form} />
      </Section>
    ),
    version: (wanted: boolean) => (
      <Section
        id="version"
        title="版本、镜像存储、超时"
        hint="不同版本认的键不一样"
        wanted={wanted}
        summary={settings().engine ?? settings().imageStore ?? settings().dialTimeout}
        problems={[
          ...form.problems('engine'),
          ...form.problems('imageStore'),
          ...form.problems('dialTimeout'),
        ]}
      >
        <VersionSection form={form} />
      </Section>
    ),
    registries: (wanted: boolean) => (
      <Section
        id="registries"
        title="其他仓库的镜像源"
        hint="ghcr.io、quay.io、registry.k8s.io"
        wanted={wanted}
        summary={count(settings().registryMirrors, '个')}
        problems={form.problems('registryMirrors', true)}
      >
        <RegistryMirrorsSection form={form} />
      </Section>
    ),
    insecure: (wanted: boolean) => (
      <Section
        id="insecure"
        title="不安全仓库"
        hint="只有 HTTP，或证书装不上"
        wanted={wanted}
        summary={count(settings().insecureRegistries, '个')}
        problems={form.problems('insecureRegistries', true)}
      >
        <InsecureSection form={form} />
      </Section>
    ),
    wsl: (wanted: boolean) => (
      <Section
        id="wsl"
        title="WSL2 网络"
        hint=".wslconfig"
        wanted={wanted}
        summary={settings().wsl?.networkingMode}
        problems={form.problems('target')}
      >
        <WslSection form={form} />
      </Section>
    ),
    dns: (wanted: boolean) => (
      <Section
        id="dns"
        title="容器 DNS"
        hint="容器里解析不了域名"
        wanted={wanted}
        summary={count(settings().dns, '个')}
        problems={form.problems('dns', true)}
      >
        <DnsSection form={form} />
      </Section>
    ),
    daemon: (wanted: boolean) => (
      <Section
        id="daemon"
        title="构建缓存与其他开关"
        hint="builder.gc、live-restore、debug"
        wanted={wanted}
        summary={settings().builderGc ? '清理构建缓存' : undefined}
        problems={form.problems('builderGc', true)}
      >
        <DaemonSection form={form} />
      </Section>
    ),
  };
  const order = Object.keys(sections) as SectionId[];
  const usable = (id: SectionId) => {
    if (id === 'downloads' || id === 'dns' || id === 'daemon') return dockerd();
    if (id === 'wsl') return target() === 'wsl2' || target() === 'desktop-windows';
    if (id === 'version') return !['podman', 'k3s', 'rke2'].includes(target());
    return true;
  };
  const main = createMemo<SectionId[]>(() => {
    const id = mainSection[form.goal()];
    return id !== undefined && usable(id) ? [id] : [];
  });
  const rest = createMemo(() => order.filter((id) => usable(id) && !main().includes(id)));
  /** How many settings lie in the folded part. */
  const hidden = () => {
    const shown: readonly string[] = main();
    return Object.keys(settings()).filter((key) => {
      const id = sectionOf.find(([pattern]) => pattern.test(key))?.[1];
      return id !== undefined && key !== 'target' && !shown.includes(id);
    }).length;
  };
  const [more, setMore] = createSignal<boolean>();
  const moreOpen = () => more() ?? main().length === 0;

  const jump = (setting: string) => {
    const id = sectionOf.find(([pattern]) => pattern.test(setting))?.[1];
    if (id === undefined) return;
    if (!main().some((shown) => shown === id)) setMore(true);
    const section = document.getElementById(`cf-${id}`);
    if (!(section instanceof HTMLDetailsElement)) return;
    section.open = true;
    section.scrollIntoView({ block: 'start' });
    focusWithin(section, 20);
  };

  const toResult = () => {
    const heading = document.getElementById('cf-result-title');
    heading?.focus({ preventScroll: true });
    heading?.scrollIntoView({ block: 'start' });
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
    <div class="cf-tool not-content" data-asleep={asleep() || undefined}>
      <div class="cf-columns">
        <section class="cf-form" aria-label="设置">
          <h2 class="sr-only">设置</h2>
          <Questions form={form} />
          <p class="cf-presets">
            <span class="cf-quiet">常见情况：</span>
            <For each={Object.keys(presets) as (keyof typeof presets)[]}>
              {(id) => (
                <button type="button" class="cf-chip" onClick={() => applyPreset(id)}>
                  {presets[id].name}
                </button>
              )}
            </For>
          </p>
          <Show when={notices().length > 0}>
            <div class="ui-problem ui-warning" role="status">
              {notices().join(' ')}
            </div>
          </Show>
          <Show when={form.failed()}>
            <p class="ui-problem ui-error" role="alert">
              生成器的代码没有下载下来，结果还是旧的。请检查网络；再改一处设置就会重试。
            </p>
          </Show>
          <For each={main()}>{(id) => sections[id](true)}</For>
          <details
            class="cf-others"
            open={moreOpen()}
            onToggle={(event) => {
              if (event.currentTarget.open !== moreOpen()) setMore(event.currentTarget.open);
            }}
          >
            <summary>
              {main().length === 0 ? '所有设置' : '更多设置'}
              <Show when={hidden() > 0}>
                <span class="cf-section-set">已设 {hidden()} 项</span>
              </Show>
              <span class="cf-section-hint">
                {main().length === 0 ? '' : '已有的文件、版本、其他仓库、DNS、构建缓存……'}
              </span>
            </summary>
            <div class="cf-others-body">
              <For each={rest()}>{(id) => sections[id](false)}</For>
            </div>
          </details>
          <button type="button" class="ui-button ui-primary cf-to-result" onClick={toResult}>
            看结果
            <Show when={form.generated().artifacts.length > 0}>
              （{form.generated().artifacts.length} 项）
            </Show>
          </button>
        </section>
        <Result form={form} colours={colours} onJump={jump} />
      </div>
    </div>
  );
}

export default apart(ConfigTool);
