import { restartCommand } from '../apply.ts';
import type { Artifact } from '../artifact.ts';
import type { Checked, CheckedCa } from '../checked.ts';
import { powershellHereString } from '../escape/powershell.ts';
import { hereDocument } from '../escape/sh.ts';
import { fileArtifact } from '../file-artifact.ts';
import { LineWriter } from '../lines.ts';
import { caPath } from '../paths.ts';
import { hasDockerd, isDesktop, type Target } from '../settings.ts';
import { writesHubHosts } from './hosts-toml.ts';

/** The name that company-wide certificates get. */
const NAME = 'company-ca';

/** Every registry that gets a CA file of its own, with the certificates to trust. */
export function caByRegistry(checked: Checked): Map<string, { pem: string; field: string }> {
  const files = new Map<string, { pem: string; field: string }>();
  const add = (registry: string, { pem, field }: CheckedCa) => {
    const known = files.get(registry);
    if (known === undefined) files.set(registry, { pem, field });
    else if (!known.pem.includes(pem)) files.set(registry, { pem: known.pem + pem, field });
  };
  for (const ca of checked.ca) {
    if (ca.registry === undefined) continue;
    add(ca.registry.name, ca);
  }
  // Builds and the containerd image store look for a mirror's CA under the registry that it mirrors.
  if (hasDockerd(checked.settings.target) && !writesHubHosts(checked)) {
    for (const mirror of checked.mirrors) {
      for (const ca of checked.ca) {
        if (ca.registry?.name === mirror.authority) add('docker.io', ca);
      }
    }
  }
  return files;
}

/** CA files that are found by the registry's name. */
export function certsD(checked: Checked): Artifact[] {
  const { target } = checked.settings;
  // A folder's name can't hold the colon there; the certificate goes into the system's store.
  if (target === 'desktop-windows') return [];
  return [...caByRegistry(checked)].map(([registry, { pem, field }]) => ({
    ...fileArtifact(target, {
      id: `certs.d:${registry}`,
      path: caPath(target, registry),
      why: whyTrust(target, registry),
      language: 'text',
      content: pem,
      fileName: `${registry.replace(/[[\]:]/g, '_')}-ca.crt`,
      needs: isDesktop(target) || target === 'k3s' || target === 'rke2' ? 'restart' : 'nothing',
      lines: [{ line: 1, setting: field, why: '你粘贴的证书。' }],
    }),
    ...(target === 'buildx' && {
      apply: { note: 'buildx create 时读取并复制进构建器；换证书要重建构建器。' },
    }),
  }));
}

function whyTrust(target: Target, registry: string): string {
  const trust = `信任签发 ${registry} 证书的 CA。`;
  switch (target) {
    case 'k3s':
    case 'rke2':
      return `${trust}registries.yaml 里引用了这个文件。`;
    case 'buildx':
      return `${trust}buildkitd.toml 里引用了这个文件。`;
    default:
      return registry === 'docker.io' && hasDockerd(target)
        ? '构建和 containerd 镜像存储按被加速的仓库名（docker.io）找镜像源的 CA。'
        : `${trust}文件夹名要和镜像名里写的主机、端口一样。`;
  }
}

/** Certificates that the whole machine must trust: company-wide ones, and every one on Windows. */
function systemCas(checked: Checked): CheckedCa[] {
  return checked.ca.filter(
    (ca) => ca.registry === undefined || checked.settings.target === 'desktop-windows',
  );
}

/** One PEM block each: some systems index only the first certificate of a file. */
function blocks(cas: readonly CheckedCa[]): string[] {
  const all = cas.flatMap(({ pem }) => pem.match(/-----BEGIN [\s\S]*?-----END [^\n]*\n/g) ?? [pem]);
  return [...new Set(all)];
}

/** The certificates for the system's store, one file each. */
export function systemCertificates(checked: Checked): NamedPem[] {
  return blocks(systemCas(checked)).map((pem, index) => ({
    name: index === 0 ? `${NAME}.crt` : `${NAME}-${index + 1}.crt`,
    pem,
  }));
}

/** The commands that add certificates to the system's store. */
export function caInstall(checked: Checked): Artifact[] {
  const { target } = checked.settings;
  const cas = systemCas(checked);
  if (cas.length === 0 || target === 'buildx') return [];
  const certificates = systemCertificates(checked);
  const restart = restartCommand(target);
  const base = {
    id: 'ca-install',
    lines: [],
    apply: isDesktop(target)
      ? { note: 'Docker Desktop 启动时才读系统的信任库：装好后退出并重新打开它。' }
      : {
          ...(restart !== undefined && { command: restart }),
          note:
            target === 'podman'
              ? 'Podman 每次运行都重新读系统信任库，不用重启。'
              : `${puller(target)} 只在启动时读一次系统信任库，所以要重启它。`,
        },
  };
  if (target === 'desktop-windows') {
    return [
      {
        ...base,
        path: 'Windows 的「受信任的根证书颁发机构」',
        why: 'Docker Desktop 信任 Windows 信任库里的证书。在「以管理员身份运行」的 PowerShell 里执行。',
        language: 'powershell',
        content: windowsInstall(certificates),
        fileName: 'install-ca.ps1',
        bom: true,
      },
    ];
  }
  return [
    {
      ...base,
      path: target === 'desktop-mac' ? 'macOS 的系统钥匙串' : '系统信任库',
      why:
        target === 'desktop-mac'
          ? 'Docker Desktop 信任钥匙串里的证书。'
          : `让本机所有程序信任公司的根证书，${puller(target)} 也在内。`,
      language: 'bash',
      content: target === 'desktop-mac' ? macInstall(certificates) : linuxInstall(certificates),
      fileName: 'install-ca.sh',
    },
  ];
}

/** The program that pulls images. */
function puller(target: Target): string {
  switch (target) {
    case 'podman':
      return 'Podman';
    case 'containerd':
      return 'containerd';
    case 'k3s':
      return 'k3s';
    case 'rke2':
      return 'RKE2';
    default:
      return isDesktop(target) ? 'Docker Desktop' : 'dockerd';
  }
}

interface NamedPem {
  name: string;
  pem: string;
}

function macInstall(certificates: readonly NamedPem[]): string {
  const writer = new LineWriter();
  for (const { name, pem } of certificates) {
    const here = hereDocument(pem);
    writer.add(`cat >/tmp/${name} ${here.operator}`).add(here.body);
    writer.add(
      `sudo security add-trusted-cert -d -r trustRoot -k /Library/Keychains/System.keychain /tmp/${name}`,
    );
  }
  return writer.toString();
}

function windowsInstall(certificates: readonly NamedPem[]): string {
  const writer = new LineWriter();
  for (const { name, pem } of certificates) {
    writer
      .add(`$file = Join-Path $env:TEMP '${name}'`)
      .add(`$pem = ${powershellHereString(pem.replace(/\n$/, ''))}`)
      .add('[IO.File]::WriteAllText($file, $pem)')
      .add('Import-Certificate -FilePath $file -CertStoreLocation Cert:\\LocalMachine\\Root');
  }
  return writer.toString();
}

/**
 * Shell lines that find the system's folder and its command, so that one text serves every distribution.
 *
 * @param leave how to leave when there is none
 */
export function findSystemStore(leave: 'exit' | 'return'): string[] {
  return [
    'if [ -d /etc/pki/trust/anchors ]; then                       # SUSE',
    '  dir=/etc/pki/trust/anchors update=update-ca-certificates',
    'elif [ -d /etc/pki/ca-trust/source/anchors ]; then           # RHEL、Rocky、openEuler、Anolis',
    '  dir=/etc/pki/ca-trust/source/anchors update=update-ca-trust',
    'elif command -v update-ca-certificates >/dev/null; then      # Debian、Ubuntu、Alpine',
    '  dir=/usr/local/share/ca-certificates update=update-ca-certificates',
    'elif [ -d /etc/ca-certificates/trust-source/anchors ]; then  # Arch',
    '  dir=/etc/ca-certificates/trust-source/anchors update=update-ca-trust',
    'else',
    '  echo "没有找到系统信任库，请先安装 ca-certificates 软件包。" >&2',
    `  ${leave} 1`,
    'fi',
  ];
}

function linuxInstall(certificates: readonly NamedPem[]): string {
  const writer = new LineWriter().add('(').add('  set -eu');
  for (const line of findSystemStore('exit')) writer.add(`  ${line}`);
  writer.add('  sudo mkdir -p "$dir"');
  for (const { name, pem } of certificates) {
    const here = hereDocument(pem);
    writer.add(`  sudo tee "$dir/${name}" >/dev/null ${here.operator}`).add(here.body);
  }
  return writer.add('  sudo "$update"').add(')').toString();
}

/** What a Dockerfile needs so that RUN steps and the image trust the company's CA. */
export function dockerfile(checked: Checked): Artifact[] {
  const { target, proxyScope } = checked.settings;
  const company = checked.ca.filter((ca) => ca.registry === undefined);
  if (company.length === 0 || !proxyScope.includes('build')) return [];
  if (target === 'containerd' || target === 'k3s' || target === 'rke2') return [];
  const field = company[0]?.field ?? 'ca';
  const writer = new LineWriter()
    .add(
      '# 镜像不会继承宿主机信任的证书，要在 Dockerfile 里装。company-ca.crt 放在 Dockerfile 旁边。',
    )
    .add(
      `COPY ${NAME}.crt /usr/local/share/ca-certificates/${NAME}.crt`,
      field,
      '你粘贴的公司根证书。',
    )
    .add('# Debian、Ubuntu；精简镜像里可能没有 ca-certificates 软件包')
    .add(
      'RUN apt-get update && apt-get install -y --no-install-recommends ca-certificates && update-ca-certificates && rm -rf /var/lib/apt/lists/*',
    )
    .add('# Alpine 换成：')
    .add(
      `# RUN cat /usr/local/share/ca-certificates/${NAME}.crt >> /etc/ssl/certs/ca-certificates.crt`,
    )
    .add('# Node.js 和 Python 的 requests、pip 不看系统信任库：')
    .add(`ENV NODE_EXTRA_CA_CERTS=/usr/local/share/ca-certificates/${NAME}.crt \\`)
    .add('    REQUESTS_CA_BUNDLE=/etc/ssl/certs/ca-certificates.crt \\')
    .add('    PIP_CERT=/etc/ssl/certs/ca-certificates.crt');
  return [
    {
      id: 'dockerfile',
      path: 'Dockerfile',
      why: '让构建里的 RUN 和做出来的镜像信任公司的根证书。代理不要写进 Dockerfile：ARG 和 ENV 会留在镜像里。',
      language: 'dockerfile',
      content: writer.toString(),
      lines: writer.lines,
      fileName: 'Dockerfile',
    },
    {
      id: 'ca-file',
      path: `${NAME}.crt`,
      why: 'Dockerfile 里 COPY 的证书文件，放在 Dockerfile 旁边。',
      language: 'text',
      content: blocks(company).join(''),
      fileName: `${NAME}.crt`,
    },
  ];
}
