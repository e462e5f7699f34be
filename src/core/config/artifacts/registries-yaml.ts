import type { Artifact } from '../artifact.ts';
import type { Checked, CheckedMirror } from '../checked.ts';
import { yamlString } from '../escape/yaml.ts';
import { fileArtifact } from '../file-artifact.ts';
import { LineWriter } from '../lines.ts';
import { caPath } from '../paths.ts';

/** registries.yaml of k3s and RKE2. */
export function registriesYaml(checked: Checked): Artifact[] {
  const { target } = checked.settings;
  if (target !== 'k3s' && target !== 'rke2') return [];
  const writer = new LineWriter();
  const mirrors = (registry: string, endpoints: readonly CheckedMirror[]) => {
    writer.add(`  ${yamlString(registry)}:`).add('    endpoint:');
    for (const mirror of endpoints) {
      // Given a path, k3s takes the URL as it is: the /v2 that containerd would add must be in it.
      const url = mirror.path === '' ? mirror.url : `${mirror.url}/v2`;
      writer.add(
        `      - ${yamlString(url)}`,
        mirror.field,
        '你选的镜像源，按顺序询问，最后总会问原仓库。',
      );
    }
  };
  if (checked.mirrors.length + checked.registryMirrors.length > 0) {
    writer.add('mirrors:');
    if (checked.mirrors.length > 0) mirrors('docker.io', checked.mirrors);
    for (const entry of checked.registryMirrors) mirrors(entry.registry.name, entry.mirrors);
  }
  const hosts = new Map<string, { ca?: { path: string; field: string }; insecure: boolean }>();
  for (const { registry, field } of checked.ca) {
    if (registry === undefined) continue;
    const ca = { path: caPath(target, registry.name), field };
    hosts.set(registry.name, { ca, insecure: checked.insecure.includes(registry.name) });
  }
  for (const name of checked.insecure) {
    if (!name.includes('/') && !hosts.has(name)) hosts.set(name, { insecure: true });
  }
  if (hosts.size > 0) {
    writer.add('configs:');
    for (const [name, { ca, insecure }] of hosts) {
      writer.add(`  ${yamlString(name)}:`).add('    tls:');
      if (ca) writer.add(`      ca_file: ${yamlString(ca.path)}`, ca.field, '信任这个 CA。');
      if (insecure) {
        writer.add('      insecure_skip_verify: true', 'insecureRegistries', '不校验它的证书。');
      }
    }
  }
  if (writer.empty) return [];
  const program = target === 'k3s' ? 'k3s' : 'RKE2';
  return [
    fileArtifact(target, {
      id: 'registries.yaml',
      path: `/etc/rancher/${target}/registries.yaml`,
      why: `${program} 的镜像源和证书，启动时变成 containerd 的 hosts.toml。每个节点都要有。`,
      language: 'yaml',
      content: writer.toString(),
      fileName: 'registries.yaml',
      kind: 'shared',
      needs: 'restart',
      lines: writer.lines,
    }),
  ];
}
