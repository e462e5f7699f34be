import type { Artifact } from '../artifact.ts';
import { type Checked, type CheckedMirror, withoutIPv6 } from '../checked.ts';
import { tomlString, tomlStrings } from '../escape/toml.ts';
import { hasIPv6Host } from '../fields/host.ts';
import { fileArtifact } from '../file-artifact.ts';
import { proxyFor, proxyVariables, variableWhy } from '../layer.ts';
import { LineWriter } from '../lines.ts';

/** registries.conf of Podman, Buildah and Skopeo, as a drop-in of its own. */
export function registriesConf(checked: Checked): Artifact[] {
  const { target } = checked.settings;
  if (target !== 'podman') return [];
  // An IPv6 literal makes every pull fail: image references can't hold one (seen with skopeo 1.22).
  const insecure = checked.insecure.filter((entry) => !entry.includes('/') && !hasIPv6Host(entry));
  const hub = withoutIPv6(checked.mirrors);
  const others = checked.registryMirrors
    .map(({ registry, mirrors }) => ({ registry, mirrors: withoutIPv6(mirrors) }))
    .filter(({ mirrors }) => mirrors.length > 0);
  if (hub.length + others.length + insecure.length === 0) return [];
  const writer = new LineWriter();
  const written = new Set<string>();
  const registry = (name: string, mirrors: readonly CheckedMirror[]) => {
    if (!writer.empty) writer.add('');
    written.add(name);
    writer
      .add('[[registry]]')
      .add(`prefix = ${tomlString(name)}`)
      .add(`location = ${tomlString(name)}`);
    if (insecure.includes(name)) {
      writer.add('insecure = true', 'insecureRegistries', '不校验证书，也允许明文 HTTP。');
    }
    for (const mirror of mirrors) {
      writer
        .add('')
        .add('[[registry.mirror]]')
        .add(
          `location = ${tomlString(mirror.authority + mirror.path)}`,
          mirror.field,
          '你选的镜像源，按顺序询问，都不行再问原仓库；这里不写协议。',
        );
      if (mirror.scheme === 'http' || insecure.includes(mirror.authority)) {
        writer.add(
          'insecure = true',
          mirror.scheme === 'http' ? mirror.field : 'insecureRegistries',
          mirror.scheme === 'http' ? '这个镜像源是 http://。' : '你把它列为不安全仓库。',
        );
      }
    }
  };
  if (hub.length > 0) {
    writer.add(
      `unqualified-search-registries = ${tomlStrings(['docker.io'])}`,
      'mirrors',
      '不带仓库名的镜像（如 alpine）当作 docker.io 的。',
    );
    registry('docker.io', hub);
  }
  for (const entry of others) registry(entry.registry.name, entry.mirrors);
  for (const name of insecure) if (!written.has(name)) registry(name, []);
  return [
    fileArtifact(target, {
      id: 'registries.conf',
      path: '/etc/containers/registries.conf.d/50-mirrors.conf',
      why: 'Podman、Buildah、Skopeo 的镜像源；只给自己用的话放到 ~/.config/containers/registries.conf。',
      language: 'toml',
      content: writer.toString(),
      fileName: '50-mirrors.conf',
      needs: 'nothing',
      lines: writer.lines,
    }),
  ];
}

/** containers.conf: the proxy variables of Podman itself. */
export function containersConf(checked: Checked): Artifact[] {
  const { target } = checked.settings;
  if (target !== 'podman') return [];
  const proxy = proxyFor(checked, 'daemon');
  if (proxy === undefined) return [];
  const writer = new LineWriter().add('[engine]').add('env = [');
  const variables = proxyVariables(proxy);
  variables.forEach(({ name, value, setting }, index) => {
    const comma = index === variables.length - 1 ? '' : ',';
    writer.add(
      `  ${tomlString(`${name}=${value}`)}${comma}`,
      setting,
      variableWhy(name, 'Podman '),
    );
  });
  writer.add(']');
  return [
    fileArtifact(target, {
      id: 'containers.conf',
      path: '/etc/containers/containers.conf.d/50-proxy.conf',
      why: 'Podman 拉取时用的代理。默认（http_proxy = true）也会传进容器。',
      language: 'toml',
      content: writer.toString(),
      fileName: '50-proxy.conf',
      needs: 'nothing',
      lines: writer.lines,
    }),
  ];
}
