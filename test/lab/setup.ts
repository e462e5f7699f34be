/**
 * Makes the trees with the clients: `node test/lab/setup.ts [suite…]`.
 *
 * Needs root and `mmdebstrap` (apt-get install mmdebstrap). Everything comes from Debian's mirror
 * (`DEBIAN_MIRROR` overrides it); nothing on the system itself is installed or changed.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isReady, type Suite, suites, treeOf, treesFolder } from './tree.ts';

const common = [
  'apt-transport-https',
  'bind9-host',
  'buildah',
  'busybox-static',
  'ca-certificates',
  'cargo',
  'containerd',
  'curl',
  'dnf',
  'docker.io',
  'git',
  'golang-go',
  'iproute2',
  'iptables',
  'maven',
  'nodejs',
  'npm',
  'openssl',
  'podman',
  'python3',
  'python3-pip',
  'python3-requests',
  'runc',
  'skopeo',
  'wget',
];

const packages: Readonly<Record<Suite, readonly string[]>> = {
  // Only there are the CLI and buildx packages of their own.
  sid: [...common, 'docker-buildx', 'docker-cli', 'docker-compose'],
  bookworm: common,
};

const mirror = process.env.DEBIAN_MIRROR ?? 'http://deb.debian.org/debian';

function make(suite: Suite): boolean {
  const tree = treeOf(suite);
  rmSync(tree, { recursive: true, force: true });
  const { status } = spawnSync(
    'mmdebstrap',
    [
      '--mode=root',
      '--variant=minbase',
      `--include=${packages[suite].join(',')}`,
      '--dpkgopt=force-unsafe-io',
      '--aptopt=APT::Install-Recommends "false"',
      '--aptopt=Acquire::Check-Valid-Until "false"',
      suite,
      tree,
      mirror,
    ],
    { stdio: 'inherit' },
  );
  // apt keeps the options it was made with; the recorded apt shall have its defaults.
  rmSync(join(tree, 'etc/apt/apt.conf.d/99mmdebstrap'), { force: true });
  if (status === 0) writeFileSync(join(tree, 'etc/network-lab-ready'), '');
  return status === 0;
}

if (process.getuid?.() !== 0 || spawnSync('mmdebstrap', ['--version']).status !== 0) {
  console.error('Needs root and mmdebstrap: apt-get install mmdebstrap');
  process.exit(2);
}
const wanted = process.argv.slice(2);
mkdirSync(treesFolder, { recursive: true });
for (const suite of suites) {
  if (wanted.length > 0 ? !wanted.includes(suite) : isReady(suite)) continue;
  if (!make(suite)) process.exit(1);
}
