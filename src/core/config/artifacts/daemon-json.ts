import { lookup } from '../../mirrors/index.ts';
import type { Artifact, FileRules, LineReason } from '../artifact.ts';
import type { Checked } from '../checked.ts';
import type { CheckResult } from '../daemon-json/check.ts';
import type { MergeResult } from '../daemon-json/merge.ts';
import type { Problem as FileProblem } from '../daemon-json/problem.ts';
import { type Json, jsonFile, jsonLines } from '../escape/json.ts';
import { reportTo } from '../fields/report.ts';
import { fileArtifact } from '../file-artifact.ts';
import type { FileTools } from '../file-tools.ts';
import { proxyFor } from '../layer.ts';
import { daemonJsonPath } from '../paths.ts';
import { hasDockerd, isDesktop, type Settings, type Target } from '../settings.ts';
import { providedFileTools } from '../tools.ts';
import { atLeast } from '../version.ts';

/** Where a key of daemon.json comes from. */
interface Reason {
  setting: string;
  why: string;
}

/** Keys that dockerd takes over on SIGHUP. Source: moby `daemon/reload.go`. */
const RELOADABLE = new Set([
  'debug',
  'insecure-registries',
  'live-restore',
  'max-concurrent-downloads',
  'max-concurrent-uploads',
  'max-download-attempts',
  'registry-mirrors',
]);

/** The flags of the packaged unit, which daemon.json must not set again. */
const UNIT_FLAGS = ['-H', 'fd://', '--containerd=/run/containerd/containerd.sock'];

/** Whether dockerd's proxy goes into daemon.json: only since 23.0, never on Desktop. */
export function proxyInDaemonJson(settings: Settings): boolean {
  return (
    settings.proxyFile === 'daemon.json' &&
    !isDesktop(settings.target) &&
    atLeast(settings.engine, '23.0')
  );
}

/** The keys that the settings ask for, in alphabetical order, and the reasons by path. */
export function daemonJsonKeys(checked: Checked): {
  keys: { [key: string]: Json };
  reasons: Map<string, Reason>;
} {
  const keys: { [key: string]: Json } = {};
  const reasons = new Map<string, Reason>();
  const { settings, gc, dns, insecure, mirrors } = checked;
  const set = (key: string, value: Json, setting: string, why: string) => {
    keys[key] = value;
    reasons.set(key, { setting, why });
  };

  if (gc) {
    const values: { [key: string]: Json } = {};
    const put = (key: string, value: string | undefined, setting: string, why: string) => {
      if (value === undefined) return;
      values[key] = value;
      reasons.set(`builder.gc.${key}`, { setting: `builderGc.${setting}`, why });
    };
    // The old name works everywhere; beside the keys of 28.0 the new one belongs.
    const modern =
      atLeast(settings.engine, '28.0') &&
      (gc.maxUsedSpace !== undefined || gc.minFreeSpace !== undefined);
    const keep = '清理构建缓存时至少留下这么多。';
    if (!modern) put('defaultKeepStorage', gc.keepStorage, 'keepStorage', keep);
    if (modern) {
      put('defaultMaxUsedSpace', gc.maxUsedSpace, 'maxUsedSpace', '构建缓存最多占这么多。');
      put('defaultMinFreeSpace', gc.minFreeSpace, 'minFreeSpace', '磁盘至少空出这么多。');
      put('defaultReservedSpace', gc.keepStorage, 'keepStorage', keep);
    }
    values.enabled = gc.enabled;
    reasons.set('builder.gc.enabled', {
      setting: 'builderGc',
      why: gc.enabled ? '自动清理构建缓存。' : '不自动清理构建缓存。',
    });
    set('builder', { gc: values }, 'builderGc', '构建缓存的清理规则（BuildKit）。');
  }
  if (settings.debug !== undefined) {
    set('debug', settings.debug, 'debug', '在日志里写出每次请求了哪个镜像源。');
  }
  if (dns.length > 0) {
    set('dns', dns, 'dns', '容器里的 DNS 服务器；dockerd 自己拉取时仍用系统的。');
  }
  if (settings.experimental !== undefined) {
    set('experimental', settings.experimental, 'experimental', '是否打开 dockerd 的实验功能。');
  }
  if (insecure.length > 0) {
    set(
      'insecure-registries',
      insecure,
      'insecureRegistries',
      '这些仓库不校验证书，也允许明文 HTTP。',
    );
  }
  if (settings.liveRestore !== undefined) {
    set('live-restore', settings.liveRestore, 'liveRestore', 'dockerd 重启时容器继续运行。');
  }
  if (checked.downloads !== undefined) {
    set(
      'max-concurrent-downloads',
      checked.downloads,
      'maxConcurrentDownloads',
      '同时下载几层，默认 3；网络不稳时调小。',
    );
  }
  if (checked.uploads !== undefined) {
    set(
      'max-concurrent-uploads',
      checked.uploads,
      'maxConcurrentUploads',
      '同时上传几层，默认 5。',
    );
  }
  if (checked.attempts !== undefined) {
    set(
      'max-download-attempts',
      checked.attempts,
      'maxDownloadAttempts',
      '每一层失败后最多试几次，默认 5。',
    );
  }
  const proxy = proxyInDaemonJson(settings) ? proxyFor(checked, 'daemon') : undefined;
  if (proxy) {
    const values: { [key: string]: Json } = {};
    const put = (key: string, value: string | undefined, setting: string, why: string) => {
      if (!value) return;
      values[key] = value;
      reasons.set(`proxies.${key}`, { setting, why });
    };
    put('http-proxy', proxy.http, 'proxy.http', 'dockerd 访问 http:// 地址时用的代理。');
    put('https-proxy', proxy.https, 'proxy.https', 'dockerd 访问 https:// 地址时用的代理。');
    put('no-proxy', proxy.noProxy, 'proxy.noProxy', 'dockerd 访问这些地址时直连。');
    set('proxies', values, 'proxy', 'dockerd 自己的代理（23.0 起）。');
  }
  if (mirrors.length > 0) {
    set(
      'registry-mirrors',
      mirrors.map(({ url }) => url),
      'mirrors',
      '拉取 docker.io 的镜像时按顺序先问它们，都不行再问 Docker Hub。',
    );
    mirrors.forEach(({ field }, index) => {
      reasons.set(`registry-mirrors.${index}`, { setting: field, why: `第 ${index + 1} 个询问。` });
    });
  }
  return { keys, reasons };
}

/** daemon.json, dockerd's own file: new, or merged into the one that was pasted. */
export function daemonJson(checked: Checked): Artifact[] {
  const { settings } = checked;
  if (!hasDockerd(settings.target)) return [];
  const { keys, reasons } = daemonJsonKeys(checked);
  const existing = settings.existing.daemonJson ?? '';
  const pasted = existing.trim() !== '';
  if (!pasted && Object.keys(keys).length === 0) return [];
  const tools = providedFileTools();
  if (pasted && tools === undefined) return [];
  const content = pasted && tools ? mergeExisting(checked, tools, existing, keys) : jsonFile(keys);
  const restart = Object.keys(keys).some((key) => !RELOADABLE.has(key)) || pasted;
  const needs: FileRules['needs'] = restart ? 'restart' : 'reload';
  return [
    fileArtifact(settings.target, {
      id: 'daemon.json',
      path: daemonJsonPath(settings.target),
      why: isDesktop(settings.target)
        ? 'Docker Desktop 里 dockerd 的设置：粘贴到 Settings → Docker Engine 的编辑框。'
        : 'dockerd 自己的设置文件。',
      language: 'json',
      content,
      fileName: 'daemon.json',
      kind: 'json',
      merged: pasted,
      needs,
      lines: lineReasons(content, reasons),
    }),
  ];
}

function lineReasons(content: string, reasons: ReadonlyMap<string, Reason>): LineReason[] {
  const places = jsonLines(content);
  return [...reasons]
    .flatMap(([path, reason]) => {
      const line = places.get(path);
      return line === undefined ? [] : [{ line, ...reason }];
    })
    .sort((a, b) => a.line - b.line);
}

function mergeExisting(
  checked: Checked,
  tools: FileTools,
  existing: string,
  keys: { [key: string]: Json },
): string {
  const { settings, problems } = checked;
  const report = reportTo(problems, 'existing.daemonJson');
  const patch = { ...keys };
  const { value } = tools.parseTolerant(existing);
  const old = value !== null && typeof value === 'object' && !Array.isArray(value) ? value : {};

  const oldMirrors = strings(old['registry-mirrors']);
  if (keys['registry-mirrors']) {
    const kept = new Set(checked.mirrors.map(({ url }) => url));
    const dropped = oldMirrors.filter((url) => !kept.has(url.replace(/\/$/, '')));
    if (dropped.length > 0) {
      const gone = dropped.every((url) => {
        const entry = lookup(url);
        return entry?.kind === 'not-a-mirror' || entry?.status === 'stopped';
      });
      report(
        gone ? 'note' : 'warning',
        'mirrors-replaced',
        `原来的 registry-mirrors 换成了表单里的列表，去掉了 ${dropped.join('、')}。${gone ? '' : '还要用的话，加进表单的镜像源列表。'}`,
      );
    }
  } else if (checked.given('mirrors') && settings.mirrors.length === 0 && oldMirrors.length > 0) {
    // Without the key a reload would keep the old mirrors.
    patch['registry-mirrors'] = [];
    report(
      'note',
      'mirrors-emptied',
      '镜像源全部去掉时写成空列表，而不是删掉这个键：删掉再重新加载，dockerd 会继续用旧的。',
    );
  }
  const insecure = strings(old['insecure-registries']);
  if (keys['insecure-registries']) {
    patch['insecure-registries'] = [...new Set([...insecure, ...checked.insecure])];
  }
  if (
    !keys.proxies &&
    old.proxies !== undefined &&
    (checked.proxy.http || checked.proxy.https) &&
    settings.proxyScope.includes('daemon')
  ) {
    report(
      'warning',
      'proxies-override',
      '你的 daemon.json 里有 proxies，它会盖过 systemd drop-in 里的代理。请在表单里改为「写进 daemon.json」，或删掉文件里的 proxies。',
    );
  }

  const merged = tools.mergeDaemonJson(existing, patch);
  for (const note of merged.notes) {
    problems.push({
      field: 'existing.daemonJson',
      code: note.code,
      severity: merged.ok ? 'note' : 'error',
      message: note.message,
      ...(note.line !== undefined && { line: note.line }),
      ...(note.column !== undefined && { column: note.column }),
    });
  }
  reportFile(checked, tools, existing, merged);
  return merged.text;
}

/** What dockerd says to the pasted file, and whether the merged one cures it. */
function reportFile(
  checked: Checked,
  tools: FileTools,
  existing: string,
  merged: MergeResult,
): void {
  const { settings, problems } = checked;
  const before = cachedCheck(tools, existing, settings).problems;
  const after = cachedCheck(tools, merged.text, settings).problems;
  const left = new Set(after.map(identity));
  for (const problem of before) {
    const cured = !left.has(identity(problem));
    problems.push({
      field: 'existing.daemonJson',
      code: problem.code,
      severity: severityOf(problem, cured),
      message:
        (problem.refused && !cured ? `不会被接受：${problem.message}` : problem.message) +
        (cured && merged.ok ? '（结果里已经改好。）' : (problem.fix?.text ?? '')),
      ...(problem.line !== undefined && { line: problem.line }),
      ...(problem.column !== undefined && { column: problem.column }),
    });
  }
}

function severityOf(problem: FileProblem, cured: boolean): 'error' | 'warning' | 'note' {
  if (cured) return 'note';
  if (problem.refused) return 'error';
  return problem.severity === 'info' ? 'note' : problem.severity;
}

function identity(problem: FileProblem): string {
  return `${problem.code} ${problem.path ?? problem.key ?? ''}`;
}

/** A pasted file doesn't change while the rest of the form does. */
const checks = new Map<string, CheckResult>();

function cachedCheck(tools: FileTools, text: string, settings: Settings): CheckResult {
  const flags = unitFlags(settings.target);
  const key = `${settings.engine} ${flags.length} ${text}`;
  let result = checks.get(key);
  if (result === undefined) {
    result = tools.checkDaemonJson(text, { engine: settings.engine, flags });
    if (checks.size > 8) checks.clear();
    checks.set(key, result);
  }
  return result;
}

function unitFlags(target: Target): readonly string[] {
  return target === 'linux' || target === 'wsl2' ? UNIT_FLAGS : [];
}

/** A list's strings; also those of a text that should have been a list. */
function strings(value: unknown): string[] {
  if (typeof value === 'string') return value.split(/[\s,，、]+/).filter((item) => item !== '');
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}
