/** The daemon that pulls and builds: one dockerd at a time, restarted when its settings change. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  type Environment,
  exists,
  remove,
  root,
  run,
  type Service,
  start,
  write,
} from './isolate.ts';
import type { Client } from './scenario.ts';

export type Store = Exclude<Client['daemon'], 'stopped' | undefined>;

export interface DaemonSettings {
  readonly store: Store;
  readonly proxy?: string;
  readonly mirrors?: readonly string[];
  /** dockerd keeps resolv.conf for a while, so another name server means a restart. */
  readonly nameserver: string;
  /** Whether the store must hold `lab/tools`. */
  readonly tools?: boolean;
}

const LOG = '/tmp/dockerd.log';
const FREE = 150_000;

/** Left out of `lab/tools`: what no web tool needs. */
const leftOut = [
  'proc sys dev run tmp boot media mnt var/cache var/lib/docker* var/lib/containerd var/lib/containers var/lib/apt/lists',
  'usr/include usr/libexec usr/share/doc usr/share/man usr/share/locale usr/share/maven* usr/share/java usr/share/go* usr/share/nodejs/typescript usr/share/nodejs/@types',
  'usr/lib/jvm usr/lib/go* usr/lib/rustlib usr/lib/gcc usr/lib/llvm* usr/lib/cni usr/lib/containerd usr/lib/podman usr/lib/*/*.a usr/lib/*/libLLVM* usr/lib/*/librustc* usr/lib/*/lib*san.so* usr/lib/*/libz3*',
  'usr/bin/docker* usr/sbin/docker* usr/sbin/runc usr/bin/containerd* usr/bin/ctr usr/bin/podman* usr/bin/buildah usr/bin/skopeo usr/bin/cargo usr/bin/rust* usr/bin/go usr/bin/gofmt usr/bin/*-lto-dump*',
].flatMap((paths) => paths.split(' '));

export class Docker {
  #service: Service | undefined;
  #key = '';
  store: Store | undefined;
  #toolsIn = new Set<Store>();

  /** @throws Error with the end of dockerd's log when it doesn't start */
  async ensure(settings: DaemonSettings): Promise<void> {
    const { store, tools, ...rest } = settings;
    const key = JSON.stringify({ store, ...rest });
    if (key !== this.#key || !this.#service?.running()) {
      await this.stop();
      await this.#start(settings);
      this.#key = key;
      this.store = store;
    }
    if (tools && !this.#toolsIn.has(store)) {
      await importTools();
      this.#toolsIn.add(store);
    }
  }

  async stop(): Promise<void> {
    await this.#service?.stop();
    this.#service = undefined;
  }

  async #start({ store, proxy, mirrors = [] }: DaemonSettings): Promise<void> {
    const dataRoot = store === 'overlay2' ? '/var/lib/docker' : `/var/lib/docker-${store}`;
    if (store !== 'overlay2' && !exists(dataRoot)) {
      mkdirSync(join(root, dataRoot));
      execFileSync('mount', [
        '-t',
        'tmpfs',
        '-o',
        store === 'small' ? 'size=16m' : 'size=2g',
        'tmpfs',
        join(root, dataRoot),
      ]);
    }
    const configuration = {
      'data-root': dataRoot,
      ...(store === 'containerd'
        ? { features: { 'containerd-snapshotter': true } }
        : { 'storage-driver': 'overlay2' }),
      ...(mirrors.length > 0 ? { 'registry-mirrors': mirrors } : {}),
      'max-download-attempts': 2,
    };
    write('/etc/docker/daemon.json', `${JSON.stringify(configuration)}\n`);
    remove('/run/docker.sock');
    remove('/run/docker.pid');
    write(LOG, '');
    const environment: Environment = proxy ? { HTTP_PROXY: proxy, HTTPS_PROXY: proxy } : {};
    this.#service = start('dockerd', LOG, environment);
    for (let waited = 0; waited < 300; waited++) {
      if (exists('/run/docker.sock') && (await run('docker version >/dev/null', 10)).code === 0) {
        if (store === 'small') fill(dataRoot);
        return;
      }
      if (!this.#service.running()) break;
      await sleep(200);
    }
    await this.stop();
    throw new Error(`dockerd doesn't start: ${readFileSync(join(root, LOG), 'utf8').slice(-600)}`);
  }

  /** What dockerd has logged so far. */
  log(): string {
    return exists(LOG) ? readFileSync(join(root, LOG), 'utf8') : '';
  }
}

function fill(folder: string): void {
  const { bavail, bsize } = statfsSync(join(root, folder));
  writeFileSync(join(root, folder, 'filler'), Buffer.alloc(Math.max(0, bavail * bsize - FREE)));
}

/** Makes the image `lab/tools` from the clients' own tree. */
async function importTools(): Promise<void> {
  const excluded = leftOut.map((path) => `--exclude='./${path}'`).join(' ');
  const { code, output } = await run(
    `mkdir -p /tmp/empty/tmp && tar -C / ${excluded} -cf /var/lib/docker/tools.tar . && tar -C /tmp/empty -rf /var/lib/docker/tools.tar ./tmp && docker import /var/lib/docker/tools.tar lab/tools && rm /var/lib/docker/tools.tar`,
    300,
  );
  if (code !== 0) throw new Error(`lab/tools wasn't made: ${output.slice(-300)}`);
}
