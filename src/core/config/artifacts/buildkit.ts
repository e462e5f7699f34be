import type { Artifact } from '../artifact.ts';
import { type Checked, type CheckedMirror, withoutIPv6 } from '../checked.ts';
import { shWord } from '../escape/sh.ts';
import { tomlString, tomlStrings } from '../escape/toml.ts';
import { hasIPv6Host } from '../fields/host.ts';
import { fileArtifact } from '../file-artifact.ts';
import { proxyFor, proxyVariables, variableWhy } from '../layer.ts';
import { LineWriter } from '../lines.ts';
import { caPath } from '../paths.ts';

const CONFIG = '~/.docker/buildx/buildkitd.default.toml';

/** BuildKit's own configuration, for a docker-container builder. */
export function buildkitdToml(checked: Checked): Artifact[] {
  const { target } = checked.settings;
  if (target !== 'buildx') return [];
  // Its TOML reader takes no `]` in a table's name, quoted or not (seen with buildx 0.29).
  const hub = withoutIPv6(checked.mirrors);
  const others = checked.registryMirrors
    .map(({ registry, mirrors }) => ({ registry, mirrors: withoutIPv6(mirrors) }))
    .filter(({ registry }) => registry.host.kind !== 'ipv6');
  const writer = new LineWriter();
  const tables = new Set<string>();
  const company = checked.ca.some(({ registry }) => registry === undefined);
  const separate = () => {
    if (!writer.empty) writer.add('');
  };
  const trust = (host: string) => {
    const ca = checked.ca.find(({ registry }) => registry?.name === host);
    const paths = [
      ...(ca ? [caPath(target, host)] : []),
      ...(company ? [caPath(target, 'company')] : []),
    ];
    if (paths.length > 0) {
      writer.add(
        `  ca = ${tomlStrings(paths)}`,
        ca?.field ?? 'ca',
        '创建构建器时从本机读这个文件，复制进去。',
      );
    }
    if (checked.insecure.includes(host)) {
      writer.add('  insecure = true', 'insecureRegistries', '不校验这个仓库的证书。');
      writer.add('  http = true', 'insecureRegistries', 'HTTPS 不通时改用明文 HTTP。');
    }
  };
  const registryTable = (name: string, mirrors: readonly CheckedMirror[], setting: string) => {
    separate();
    tables.add(name);
    writer.add(`[registry.${tomlString(name)}]`);
    if (mirrors.length > 0) {
      writer.add(
        `  mirrors = ${tomlStrings(mirrors.map(({ authority, path }) => authority + path))}`,
        setting,
        '按顺序先问这些镜像源；不带协议，http 与否写在它自己的那一节。',
      );
    }
    trust(name);
  };
  if (hub.length > 0 || company) registryTable('docker.io', hub, 'mirrors');
  for (const { registry, mirrors } of others) {
    registryTable(registry.name, mirrors, 'registryMirrors');
  }
  const all = [...hub, ...others.flatMap(({ mirrors }) => mirrors)];
  for (const mirror of all) {
    if (tables.has(mirror.authority)) continue;
    const needed =
      mirror.scheme === 'http' ||
      company ||
      checked.insecure.includes(mirror.authority) ||
      checked.ca.some(({ registry }) => registry?.name === mirror.authority);
    if (!needed) continue;
    separate();
    tables.add(mirror.authority);
    writer.add(`[registry.${tomlString(mirror.authority)}]`);
    if (mirror.scheme === 'http' && !checked.insecure.includes(mirror.authority)) {
      writer.add('  http = true', mirror.field, '这个镜像源是 http://。');
    }
    trust(mirror.authority);
  }
  const rest = [
    ...checked.ca.flatMap(({ registry }) => registry?.name ?? []),
    ...checked.insecure.filter((entry) => !entry.includes('/')),
  ].filter((name) => !hasIPv6Host(name));
  for (const name of new Set(rest)) {
    if (!tables.has(name)) registryTable(name, [], 'ca');
  }
  if (writer.empty) return [];
  return [
    fileArtifact(target, {
      id: 'buildkitd.toml',
      path: CONFIG,
      why: 'docker-container 构建器里的 BuildKit 读它，不看 daemon.json。buildx 新建构建器时默认用这个文件。',
      language: 'toml',
      content: writer.toString(),
      fileName: 'buildkitd.toml',
      kind: 'whole',
      needs: 'restart',
      lines: writer.lines,
    }),
  ];
}

/** The command that creates the builder, with its proxy. */
export function buildxCreate(checked: Checked): Artifact[] {
  if (checked.settings.target !== 'buildx') return [];
  const proxy = proxyFor(checked, 'daemon');
  const hasConfig = buildkitdToml(checked).length > 0;
  if (proxy === undefined && !hasConfig) return [];
  const parts: { text: string; setting?: string; why?: string }[] = [
    { text: 'docker buildx create --name mirror --driver docker-container --use --bootstrap' },
  ];
  if (proxy?.reach === 'host-network') {
    parts.push({
      text: '--driver-opt network=host',
      setting: 'proxy',
      why: '构建器是一个容器，与宿主机共用网络才够得到 127.0.0.1 上的代理。',
    });
  }
  for (const { name, value, setting } of proxy ? proxyVariables(proxy) : []) {
    const option = `env.${name.toLowerCase()}=${value}`;
    // The option's value is CSV: a comma needs double quotes around the whole field.
    const field = /[",]/.test(option) ? `"${option.replaceAll('"', '""')}"` : option;
    parts.push({
      text: `--driver-opt ${shWord(field)}`,
      setting,
      why: variableWhy(name, '构建器'),
    });
  }
  if (hasConfig) {
    parts.push({
      text: '--buildkitd-config "$HOME/.docker/buildx/buildkitd.default.toml"',
      setting: 'mirrors',
      why: '上面的 buildkitd.toml；旧版 buildx 的选项叫 --config。',
    });
  }
  const writer = new LineWriter();
  parts.forEach(({ text, setting, why }, index) => {
    const end = index === parts.length - 1 ? '' : ' \\';
    writer.add(`${index === 0 ? '' : '  '}${text}${end}`, setting, why);
  });
  return [
    {
      id: 'buildx-create',
      path: 'docker buildx create',
      why: '建一个名为 mirror 的构建器并设为默认。config.json 里的代理到不了构建器自己，要在这里给。',
      language: 'bash',
      content: writer.toString(),
      lines: writer.lines,
      apply: {
        command: 'docker buildx rm mirror',
        note: '已经建过的，先删除再创建；构建缓存会一起删除。',
      },
      fileName: 'buildx-create.sh',
    },
  ];
}

/** The company's CA as a file that buildkitd.toml names. */
export function buildkitCompanyCa(checked: Checked): Artifact[] {
  const { target } = checked.settings;
  const company = checked.ca.filter(({ registry }) => registry === undefined);
  if (target !== 'buildx' || company.length === 0) return [];
  return [
    {
      ...fileArtifact(target, {
        id: 'certs.d:company',
        path: caPath(target, 'company'),
        why: 'buildkitd.toml 里引用的公司根证书。构建器是容器，不看本机的信任库。',
        language: 'text',
        content: company.map(({ pem }) => pem).join(''),
        fileName: 'company-ca.crt',
        needs: 'restart',
      }),
      apply: { note: 'buildx create 时读取并复制进构建器；换证书要重建构建器。' },
    },
  ];
}
