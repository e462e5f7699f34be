import { createCodec, type Field, listField, textField } from '../share/index.ts';
import { checkProxy, formatProxy } from './fields/proxy-url.ts';
import { tidy } from './fields/tidy.ts';
import { GOALS, type Goal } from './goals.ts';
import { mayHoldLogin, withoutLogin } from './secrets.ts';
import { NEWEST_ENGINE, type ProxyScope, type Settings, TARGETS, type Target } from './settings.ts';

/**
 * What a link carries: the settings, flat, without passwords, certificates and pasted files. Of a
 * CA only the registry's name stays, so that the form can ask for the certificate again.
 */
interface LinkState {
  goal: Goal;
  target: Target;
  engine: string;
  imageStore: Settings['imageStore'];
  containerdVersion: Settings['containerdVersion'];
  mirrors: string[];
  registryMirrors: Settings['registryMirrors'];
  http: string;
  https: string;
  all: string;
  noProxy: string[];
  proxyScope: ProxyScope[];
  proxyFile: Settings['proxyFile'];
  caHosts: string[];
  insecureRegistries: string[];
  downloads: number;
  uploads: number;
  attempts: number;
  dns: string[];
  gc: boolean;
  keepStorage: string;
  maxUsedSpace: string;
  minFreeSpace: string;
  experimental: boolean;
  liveRestore: boolean;
  debug: boolean;
  dialTimeout: string;
  networkingMode: 'nat' | 'mirrored';
  autoProxy: boolean;
  dnsTunneling: boolean;
  firewall: boolean;
}

const SCOPES: readonly ProxyScope[] = ['daemon', 'cli', 'build', 'run'];

const codec = createCodec<LinkState>({
  version: 1,
  fields: {
    goal: word('for', GOALS),
    target: word('where', TARGETS, 'linux'),
    engine: textField('engine', NEWEST_ENGINE),
    imageStore: word('store', ['containerd', 'overlay2']),
    containerdVersion: word('containerd', ['1', '2'], '2'),
    mirrors: listField('mirror'),
    registryMirrors: {
      key: 'registry',
      encode: (entries) =>
        entries.length === 0
          ? undefined
          : entries.map(({ registry, mirrors }) => [registry, ...mirrors].join(' ')).join('\n'),
      decode: (text) =>
        text.split('\n').map((line) => {
          const [registry = '', ...mirrors] = line.split(' ');
          return { registry, mirrors };
        }),
    },
    http: textField('http'),
    https: textField('https'),
    all: textField('all'),
    noProxy: listField('no'),
    proxyScope: {
      key: 'scope',
      encode: (scopes) => {
        const text = SCOPES.filter((scope) => scopes.includes(scope)).join();
        return text === 'daemon' ? undefined : text;
      },
      decode: (text) => SCOPES.filter((scope) => text.split(',').includes(scope)),
    },
    proxyFile: word('proxyfile', ['drop-in', 'daemon.json']),
    caHosts: {
      key: 'ca',
      // A company-wide CA has no host: `*` stands for it.
      encode: (hosts) =>
        hosts.length === 0 ? undefined : hosts.map((host) => host || '*').join('\n'),
      decode: (text) => text.split('\n').map((host) => (host === '*' ? '' : host)),
    },
    insecureRegistries: listField('insecure'),
    downloads: count('downloads'),
    uploads: count('uploads'),
    attempts: count('attempts'),
    dns: listField('dns'),
    gc: flag('gc'),
    keepStorage: textField('keep'),
    maxUsedSpace: textField('maxused'),
    minFreeSpace: textField('minfree'),
    experimental: flag('experimental'),
    liveRestore: flag('liverestore'),
    debug: flag('debug'),
    dialTimeout: textField('dial'),
    networkingMode: word('wslnet', ['nat', 'mirrored']),
    autoProxy: flag('wslproxy'),
    dnsTunneling: flag('wsldns'),
    firewall: flag('wslfirewall'),
  },
});

/** What a link or a reload brings back. */
export interface Restored {
  settings: Partial<Settings>;
  goal: Goal | undefined;
  /** Parameters that this version doesn't know. */
  unknown: readonly string[];
  /** What could not be read, Chinese sentences. */
  problems: readonly string[];
}

/**
 * The hash (without `#`) that opens the generator with these settings; empty for the defaults.
 * Logins of proxies, certificates and pasted files never get in.
 */
export function settingsHash(settings: Partial<Settings>, goal?: Goal): string {
  const { proxy, builderGc: gc, wsl } = settings;
  const state: { [Key in keyof LinkState]: LinkState[Key] | undefined } = {
    goal,
    target: settings.target,
    engine: publicText(settings.engine),
    imageStore: settings.imageStore,
    containerdVersion: settings.containerdVersion,
    mirrors: publicList(settings.mirrors),
    registryMirrors: settings.registryMirrors?.map(({ registry, mirrors }) => ({
      registry: publicText(registry) ?? '',
      mirrors: publicList(mirrors) ?? [],
    })),
    http: publicProxy(proxy?.http),
    https: publicProxy(proxy?.https),
    all: publicProxy(proxy?.all),
    noProxy: publicList(proxy?.noProxy),
    proxyScope: settings.proxyScope,
    proxyFile: settings.proxyFile,
    caHosts: publicList(settings.ca?.map(({ host }) => host)),
    insecureRegistries: publicList(settings.insecureRegistries),
    downloads: settings.maxConcurrentDownloads,
    uploads: settings.maxConcurrentUploads,
    attempts: settings.maxDownloadAttempts,
    dns: publicList(settings.dns),
    gc: gc?.enabled,
    keepStorage: publicText(gc?.keepStorage),
    maxUsedSpace: publicText(gc?.maxUsedSpace),
    minFreeSpace: publicText(gc?.minFreeSpace),
    experimental: settings.experimental,
    liveRestore: settings.liveRestore,
    debug: settings.debug,
    dialTimeout: publicText(settings.dialTimeout),
    networkingMode: wsl?.networkingMode,
    autoProxy: wsl?.autoProxy,
    dnsTunneling: wsl?.dnsTunneling,
    firewall: wsl?.firewall,
  };
  return codec.encode(defined(state));
}

/** Reads such a hash, with or without `#`. Never throws. */
export function readSettingsHash(hash: string): Restored {
  const { state, unknown, problems } = codec.decode(hash);
  const settings: Partial<Settings> = defined({
    target: state.target,
    engine: state.engine,
    imageStore: state.imageStore,
    containerdVersion: state.containerdVersion,
    mirrors: state.mirrors,
    registryMirrors: state.registryMirrors,
    proxyScope: state.proxyScope,
    proxyFile: state.proxyFile,
    ca: state.caHosts?.map((host) => ({ host, pem: '' })),
    insecureRegistries: state.insecureRegistries,
    maxConcurrentDownloads: state.downloads,
    maxConcurrentUploads: state.uploads,
    maxDownloadAttempts: state.attempts,
    dns: state.dns,
    experimental: state.experimental,
    liveRestore: state.liveRestore,
    debug: state.debug,
    dialTimeout: state.dialTimeout,
  });
  const { http, https, all, noProxy } = state;
  const proxy = defined({ http, https, all, noProxy });
  if (Object.keys(proxy).length > 0) settings.proxy = proxy;
  const { keepStorage, maxUsedSpace, minFreeSpace } = state;
  if (state.gc !== undefined || keepStorage || maxUsedSpace || minFreeSpace) {
    settings.builderGc = {
      enabled: state.gc ?? true,
      ...defined({ keepStorage, maxUsedSpace, minFreeSpace }),
    };
  }
  const { networkingMode, autoProxy, dnsTunneling, firewall } = state;
  const wsl = defined({ networkingMode, autoProxy, dnsTunneling, firewall });
  if (Object.keys(wsl).length > 0) settings.wsl = wsl;
  return { settings, goal: state.goal, unknown, problems };
}

/** A text for a link: not at all when a login may be in it, and without a query, which may be a token. */
function publicText(text: string | undefined): string | undefined {
  return text === undefined || mayHoldLogin(text) ? undefined : text.replace(/\?.*$/s, '');
}

function publicList(texts: readonly string[] | undefined): string[] | undefined {
  return texts?.flatMap((text) => publicText(text) ?? []);
}

/** A proxy for a link: without its login, and not at all while it can't be read (`http://user:pass`). */
function publicProxy(text: string | undefined): string | undefined {
  if (text === undefined || text.trim() === '') return undefined;
  const proxy = checkProxy(text, () => {});
  if (proxy === undefined) return undefined;
  return proxy.user === undefined
    ? publicText(withoutLogin(tidy(text, { keepWidth: true }).text))
    : formatProxy({ ...proxy, user: undefined, password: undefined });
}

function word<Word extends string>(
  key: string,
  words: readonly Word[],
  fallback?: Word,
): Field<Word> {
  return {
    key,
    encode: (value) => (value === fallback ? undefined : value),
    decode: (text) => words.find((known) => known === text),
  };
}

function flag(key: string): Field<boolean> {
  return {
    key,
    encode: (value) => (value ? '1' : '0'),
    decode: (text) => (text === '1' ? true : text === '0' ? false : undefined),
  };
}

function count(key: string): Field<number> {
  return {
    key,
    encode: (value) => (Number.isFinite(value) ? String(value) : undefined),
    decode: (text) => (/^\d{1,7}$/.test(text) ? Number(text) : undefined),
  };
}

/** The object without its undefined properties. */
function defined<T extends object>(object: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  const entries = Object.entries(object).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as { [K in keyof T]?: Exclude<T[K], undefined> };
}
