import type { Artifact } from '../artifact.ts';
import type { Checked, CheckedMirror } from '../checked.ts';
import { tomlString, tomlStrings } from '../escape/toml.ts';
import { fileArtifact } from '../file-artifact.ts';
import { LineWriter } from '../lines.ts';
import { caPath, certsFolder, isHomePath } from '../paths.ts';
import type { Target } from '../settings.ts';
import { atLeast } from '../version.ts';

/** Whether a target reads hosts.toml: containerd itself, and dockerd since 28.0. */
export function readsHostsToml(checked: Checked): boolean {
  const { target, engine } = checked.settings;
  if (target === 'containerd') return true;
  return DOCKERD.includes(target) && atLeast(engine, '28.0');
}

// Docker Desktop copies CAs from ~/.docker/certs.d into its VM; for hosts.toml nothing says so.
const DOCKERD: readonly Target[] = ['linux', 'rootless', 'snap', 'wsl2'];

/** Whether Docker Hub gets a hosts.toml: always with containerd, with dockerd for a time limit. */
export function writesHubHosts(checked: Checked): boolean {
  if (!readsHostsToml(checked) || checked.mirrors.length === 0) return false;
  return checked.settings.target === 'containerd' || checked.dialTimeout !== undefined;
}

/** Whether `dial_timeout` can be written: containerd reads it since 2.1. */
export function writesDialTimeout(checked: Checked): boolean {
  const { target, containerdVersion } = checked.settings;
  return (
    checked.dialTimeout !== undefined && (target !== 'containerd' || containerdVersion === '2')
  );
}

/** The hosts.toml of every registry that has mirrors. */
export function hostsToml(checked: Checked): Artifact[] {
  if (!readsHostsToml(checked)) return [];
  const hub = writesHubHosts(checked)
    ? [hostsFile(checked, 'docker.io', 'https://registry-1.docker.io', checked.mirrors)]
    : [];
  const others = checked.registryMirrors.map(({ registry, mirrors }) =>
    hostsFile(checked, registry.name, `https://${registry.name}`, mirrors),
  );
  // containerd has no insecure-registries: each such registry needs a file of its own.
  const named = new Set([
    'docker.io',
    ...checked.registryMirrors.map(({ registry }) => registry.name),
    ...checked.mirrors.map(({ authority }) => authority),
    ...checked.registryMirrors.flatMap(({ mirrors }) => mirrors.map(({ authority }) => authority)),
  ]);
  const insecure =
    checked.settings.target === 'containerd'
      ? checked.insecure
          .filter((entry) => !entry.includes('/') && !named.has(entry))
          .map((entry) => hostsFile(checked, entry, `https://${entry}`, []))
      : [];
  return [...hub, ...others, ...insecure];
}

function hostsFile(
  checked: Checked,
  registry: string,
  server: string,
  mirrors: readonly CheckedMirror[],
): Artifact {
  const { target } = checked.settings;
  const trust = (host: string) => {
    const ca = checked.ca.find((entry) => entry.registry?.name === host);
    return {
      ca: ca && { path: hostsCaPath(target, host), field: ca.field },
      insecure: checked.insecure.includes(host),
    };
  };
  const writer = new LineWriter().add(`server = ${tomlString(server)}`);
  const own = trust(registry);
  if (own.ca) writer.add(`ca = ${tomlString(own.ca.path)}`, own.ca.field, '信任这个 CA。');
  if (own.insecure) {
    writer.add('skip_verify = true', 'insecureRegistries', '你把它列为不安全仓库。');
  }
  for (const mirror of mirrors) {
    writer
      .add('')
      .add(`[host.${tomlString(mirror.url)}]`, mirror.field, '你选的镜像源，按文件里的顺序询问。')
      .add(`  capabilities = ${tomlStrings(['pull', 'resolve'])}`);
    const its = trust(mirror.authority);
    if (its.ca && mirror.scheme === 'https') {
      writer.add(`  ca = ${tomlString(its.ca.path)}`, its.ca.field, '信任签发镜像源证书的 CA。');
    }
    // With http:// it would make containerd try HTTPS first.
    if (its.insecure && mirror.scheme === 'https') {
      writer.add('  skip_verify = true', 'insecureRegistries', '你把它列为不安全仓库。');
    }
    if (writesDialTimeout(checked)) {
      writer.add(
        `  dial_timeout = ${tomlString(checked.dialTimeout ?? '')}`,
        'dialTimeout',
        '连不上时最多等这么久，不写是 30 秒，而且每个请求都等一次。',
      );
    }
  }
  return fileArtifact(target, {
    id: `hosts.toml:${registry}`,
    path: `${certsFolder(target)}/${registry}/hosts.toml`,
    why:
      mirrors.length === 0
        ? `不校验 ${registry} 的证书。它若只有明文 HTTP，把 server 改成 http:// 开头。`
        : target === 'containerd'
          ? `containerd 拉取 ${registry} 的镜像时先问这些镜像源。`
          : `${registry} 的镜像源：containerd 镜像存储和构建会读（28.0 起），经典存储的拉取不读。`,
    language: 'toml',
    content: writer.toString(),
    fileName: `${registry.replace(/[[\]:]/g, '_')}-hosts.toml`,
    needs: 'nothing',
    lines: writer.lines,
  });
}

/** Relative to hosts.toml's folder where that lies in the home directory: `~` means nothing there. */
function hostsCaPath(target: Target, host: string): string {
  const path = caPath(target, host);
  return isHomePath(path) ? `../${host}/ca.crt` : path;
}

/** containerd's own setting that makes it look for hosts.toml at all. */
export function containerdConfig(checked: Checked): Artifact[] {
  const { target, containerdVersion } = checked.settings;
  if (target !== 'containerd') return [];
  const wanted =
    checked.mirrors.length > 0 ||
    checked.registryMirrors.length > 0 ||
    checked.insecure.length > 0 ||
    checked.ca.some(({ registry }) => registry !== undefined);
  if (!wanted) return [];
  const plugin =
    containerdVersion === '1' ? 'io.containerd.grpc.v1.cri' : 'io.containerd.cri.v1.images';
  const writer = new LineWriter()
    .add(
      `version = ${containerdVersion === '1' ? 2 : 3}`,
      'containerdVersion',
      containerdVersion === '1' ? 'containerd 1.x 的配置格式。' : 'containerd 2.x 的配置格式。',
    )
    .add('')
    .add(
      `[plugins.${tomlString(plugin)}.registry]`,
      'containerdVersion',
      '插件名在 1.x 和 2.x 不同，写错会被悄悄忽略。',
    )
    .add(`  config_path = ${tomlString('/etc/containerd/certs.d')}`);
  return [
    fileArtifact(target, {
      id: 'containerd-config',
      path: '/etc/containerd/config.toml',
      why: '让 containerd（CRI）去这个目录找 hosts.toml。已有 config.toml 的，只把 config_path 合并进去，并删掉旧的 registry.mirrors。',
      language: 'toml',
      content: writer.toString(),
      fileName: 'config.toml',
      kind: 'shared',
      needs: 'restart',
      lines: writer.lines,
    }),
  ];
}
