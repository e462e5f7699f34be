import { lookup, type Mirror } from '../mirrors/index.ts';
import type { Checked, CheckedCa, CheckedMirror } from './checked.ts';
import { checkMirror, type MirrorRules, shown } from './fields/mirror.ts';
import { checkNoProxyEntry } from './fields/no-proxy.ts';
import { checkProxy, type ProxyUrl } from './fields/proxy-url.ts';
import { checkInsecure, checkRegistry } from './fields/registry.ts';
import { type Report, reportTo } from './fields/report.ts';
import { checkCount, checkDns, checkDuration, checkSize } from './fields/scalar.ts';
import type { PemFile } from './pem/index.ts';
import type { Problem } from './problem.ts';
import { hasDockerd, NEWEST_ENGINE, type Settings, withDefaults } from './settings.ts';
import { providedFileTools } from './tools.ts';
import { isVersion } from './version.ts';

/** What the checks may know besides the settings. */
export interface CheckOptions {
  /** Milliseconds since the epoch, to tell an expired certificate; left out: not judged. */
  now?: number;
}

/**
 * Checks every value of the form by itself. Values that the real programs would refuse are left out
 * and reported as errors.
 */
export function checkSettings(partial: Partial<Settings>, options: CheckOptions = {}): Checked {
  const problems: Problem[] = [];
  const settings = withDefaults(partial);
  if (!isVersion(settings.engine)) {
    reportTo(problems, 'engine')(
      'error',
      'engine',
      `认不出版本号「${shown(settings.engine)}」，按 ${NEWEST_ENGINE} 处理。运行 docker version --format '{{.Server.Version}}' 可以看到自己的版本。`,
    );
    settings.engine = NEWEST_ENGINE;
    settings.imageStore = partial.imageStore ?? 'containerd';
  }
  const engine = hasDockerd(settings.target) ? settings.engine : undefined;
  const { proxy } = settings;
  const gc = settings.builderGc;
  return {
    settings,
    given: (key) => partial[key] !== undefined,
    mirrors: checkMirrors(
      settings.mirrors,
      'mirrors',
      { engine, key: 'registry-mirrors' },
      problems,
    ),
    registryMirrors: checkRegistryMirrors(settings, problems),
    proxy: {
      http: checkProxyField(proxy.http, 'proxy.http', problems),
      https: checkProxyField(proxy.https, 'proxy.https', problems),
      all: checkProxyField(proxy.all, 'proxy.all', problems),
      noProxy: checkNoProxy(proxy.noProxy ?? [], problems),
    },
    ca: checkCas(settings, options, problems),
    insecure: each(settings.insecureRegistries, 'insecureRegistries', problems, checkInsecure),
    dns: each(settings.dns, 'dns', problems, checkDns),
    downloads: checkCountField(
      settings,
      'maxConcurrentDownloads',
      'max-concurrent-downloads',
      problems,
    ),
    uploads: checkCountField(settings, 'maxConcurrentUploads', 'max-concurrent-uploads', problems),
    attempts: checkCountField(settings, 'maxDownloadAttempts', 'max-download-attempts', problems),
    gc: gc && {
      enabled: gc.enabled !== false,
      keepStorage: checkSizeField(gc.keepStorage, 'builderGc.keepStorage', '保留空间', problems),
      maxUsedSpace: checkSizeField(gc.maxUsedSpace, 'builderGc.maxUsedSpace', '最多占用', problems),
      minFreeSpace: checkSizeField(gc.minFreeSpace, 'builderGc.minFreeSpace', '至少留空', problems),
    },
    dialTimeout:
      settings.dialTimeout === undefined
        ? undefined
        : checkDuration(settings.dialTimeout, reportTo(problems, 'dialTimeout')),
    problems,
  };
}

function checkMirrors(
  urls: readonly string[],
  field: string,
  rules: { engine: string | undefined; key: string },
  problems: Problem[],
  hub = true,
): CheckedMirror[] {
  const checked: CheckedMirror[] = [];
  const seen = new Set<string>();
  urls.forEach((url, index) => {
    if (url.trim() === '') return;
    const report = reportTo(problems, `${field}.${index}`);
    const mirror = checkMirror(url, mirrorRules(rules), report);
    if (mirror === undefined) return;
    if (seen.has(mirror.url)) {
      report('note', 'mirror-duplicate', `${mirror.url} 已经在前面，重复的不写。`);
      return;
    }
    if (!(hub ? checkCatalogue(mirror.url, report) : checkStopped(mirror.url, report))) return;
    seen.add(mirror.url);
    checked.push({ ...mirror, field: `${field}.${index}` });
  });
  return checked;
}

function mirrorRules(rules: { engine: string | undefined; key: string }): MirrorRules {
  return rules.engine === undefined ? { key: rules.key } : { key: rules.key, engine: rules.engine };
}

/** Says what the catalogue knows of a Docker Hub mirror; false when it isn't one. */
function checkCatalogue(url: string, report: Report): boolean {
  const entry = lookup(url);
  if (entry === undefined) return true;
  if (entry.kind === 'not-a-mirror') {
    report(
      'error',
      'not-a-mirror',
      `${url} 不是 Docker Hub 的镜像源：${entry.why}。没有写进文件。`,
    );
    return false;
  }
  if (entry.form !== 'docker.io-mirror') {
    report(
      'error',
      'mirror-form',
      entry.form === 'prefix'
        ? `${url} 只能作为镜像名的前缀使用（如 ${entry.match[0] ?? ''}/docker.io/library/nginx），写进 registry-mirrors 不起作用。没有写进文件。`
        : `${url} 是同步来的副本，只能按它自己的镜像名拉取，写进 registry-mirrors 不起作用。没有写进文件。`,
    );
    return false;
  }
  const dated = entry.lastEvidence ? `（最近证据 ${entry.lastEvidence}）` : '';
  switch (entry.status) {
    case 'stopped':
      refuseStopped(url, entry, report);
      return false;
    case 'cloud-only':
      report(
        'warning',
        'mirror-cloud-only',
        `${url} 只在指定的云内可用${dated}。${entry.scope ?? ''}`,
      );
      break;
    case 'account-only':
      report(
        'warning',
        'mirror-account-only',
        `${url} 要登录或付费才能用${dated}，dockerd 不会向镜像源登录。`,
      );
      break;
    case 'unknown':
      report('warning', 'mirror-unknown', `${url} 的证据不足或互相矛盾${dated}，不建议使用。`);
      break;
    case 'restricted':
      report(
        'note',
        'mirror-restricted',
        `${url} 有硬限制${dated}：${entry.scope ?? '白名单、地域或限次'}`,
      );
      break;
    case 'works':
      break;
  }
  return true;
}

/** A mirror of another registry: the catalogue only tells whether its service is gone. */
function checkStopped(url: string, report: Report): boolean {
  const entry = lookup(url);
  // A registry of its own may well hold copies of another's images.
  if (entry?.kind !== 'mirror' || entry.status !== 'stopped' || entry.alsoRegistry) return true;
  refuseStopped(url, entry, report);
  return false;
}

/** dockerd would take it, yet each pull would wait for it in vain, up to 30 s a request. */
function refuseStopped(url: string, { alsoRegistry, end }: Mirror, report: Report): void {
  const what = alsoRegistry ? '不能当镜像源' : '已停止服务';
  report(
    'error',
    'mirror-stopped',
    `${url} ${what}${end ? `（${end.date}）：${end.why}` : ''}。没有写进文件：失效的镜像源会拖慢每次拉取。`,
  );
}

function checkRegistryMirrors(settings: Settings, problems: Problem[]): Checked['registryMirrors'] {
  const checked: Checked['registryMirrors'] = [];
  settings.registryMirrors.forEach(({ registry, mirrors }, index) => {
    const field = `registryMirrors.${index}`;
    if (registry.trim() === '' && mirrors.every((url) => url.trim() === '')) return;
    const host = checkRegistry(registry, '仓库名', reportTo(problems, `${field}.registry`));
    const urls = checkMirrors(
      mirrors,
      `${field}.mirrors`,
      { engine: undefined, key: '镜像源' },
      problems,
      false,
    );
    if (host === undefined || urls.length === 0) return;
    if (host.name === 'docker.io' || host.name === 'registry-1.docker.io') {
      reportTo(problems, `${field}.registry`)(
        'error',
        'registry-is-hub',
        'Docker Hub 的镜像源请填在上面的「Docker Hub 镜像源」里。这一项没有写进文件。',
      );
      return;
    }
    const same = checked.find((entry) => entry.registry.name === host.name);
    if (same) same.mirrors.push(...urls);
    else checked.push({ registry: host, mirrors: urls });
  });
  return checked;
}

function checkProxyField(
  text: string | undefined,
  field: string,
  problems: Problem[],
): ProxyUrl | undefined {
  if (text === undefined || text.trim() === '') return undefined;
  return checkProxy(text, reportTo(problems, field));
}

function checkNoProxy(entries: readonly string[], problems: Problem[]): string[] {
  const kept = entries.flatMap((entry, index) =>
    checkNoProxyEntry(entry, reportTo(problems, `proxy.noProxy.${index}`)),
  );
  return [...new Set(kept)];
}

function each(
  values: readonly string[],
  field: string,
  problems: Problem[],
  check: (value: string, report: Report) => string | undefined,
): string[] {
  const kept = values.flatMap((value, index) => {
    if (value.trim() === '') return [];
    return check(value, reportTo(problems, `${field}.${index}`)) ?? [];
  });
  return [...new Set(kept)];
}

function checkCountField(
  settings: Settings,
  name: 'maxConcurrentDownloads' | 'maxConcurrentUploads' | 'maxDownloadAttempts',
  key: string,
  problems: Problem[],
): number | undefined {
  const value = settings[name];
  return value === undefined ? undefined : checkCount(value, key, reportTo(problems, name));
}

function checkSizeField(
  value: string | undefined,
  field: string,
  label: string,
  problems: Problem[],
): string | undefined {
  return value === undefined ? undefined : checkSize(value, label, reportTo(problems, field));
}

/** Parsing a certificate is the one slow check; an edit elsewhere in the form needn't repeat it. */
const parsed = new Map<string, PemFile>();

function readPem(pem: string, now: number | undefined): PemFile | undefined {
  // Validity changes with time, hardly within a day.
  const key = `${now === undefined ? '' : Math.floor(now / 86_400_000)} ${pem}`;
  let file = parsed.get(key);
  if (file === undefined) {
    file = providedFileTools()?.parsePem(pem, now === undefined ? {} : { now });
    if (file === undefined) return undefined;
    if (parsed.size > 32) parsed.clear();
    parsed.set(key, file);
  }
  return file;
}

function checkCas(settings: Settings, options: CheckOptions, problems: Problem[]): CheckedCa[] {
  const checked: CheckedCa[] = [];
  settings.ca.forEach(({ host, pem }, index) => {
    const field = `ca.${index}`;
    const registry =
      host.trim() === ''
        ? undefined
        : checkRegistry(host, '仓库名', reportTo(problems, `${field}.host`));
    if (pem.trim() === '') {
      if (host.trim() !== '') {
        reportTo(problems, `${field}.pem`)(
          'note',
          'ca-missing',
          '还没有粘贴证书，这一项没有写进文件。',
        );
      }
      return;
    }
    const file = readPem(pem, options.now);
    if (file === undefined) return;
    for (const problem of file.problems) {
      problems.push({
        field: `${field}.pem`,
        code: problem.code,
        severity: problem.severity === 'info' ? 'note' : problem.severity,
        message: problem.fix ? `${problem.message}${problem.fix.text}` : problem.message,
        ...(problem.line !== undefined && { line: problem.line }),
      });
    }
    if (file.clean === '') return;
    if (host.trim() !== '' && registry === undefined) return;
    checked.push({
      field,
      registry,
      pem: file.clean.endsWith('\n') ? file.clean : `${file.clean}\n`,
      certificates: file.certificates,
    });
  });
  return checked;
}
