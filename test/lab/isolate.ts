/**
 * The machine that clients run on: a throw-away overlay of a tree, in a network of loopback alone.
 *
 * `run.ts` starts this side inside fresh network, mount, process and host name namespaces.
 */
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { routes } from './addresses.ts';

const MOUNT = '/mnt';

/** Root of the clients' file system as seen from outside. */
export const root = join(MOUNT, 'root');

/** What a command printed, and how it ended; `code` is undefined when the time limit ended it. */
export interface Outcome {
  readonly output: string;
  readonly code: number | undefined;
}

export type Environment = Readonly<Record<string, string>>;

const basicEnvironment: Environment = {
  PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
  HOME: '/root',
  LANG: 'C.UTF-8',
};

const command = (program: string, ...args: string[]): string =>
  execFileSync(program, args, { encoding: 'utf8' });

function mountRoot(tree: string): void {
  command('mount', '-t', 'tmpfs', 'tmpfs', MOUNT);
  const upper = join(MOUNT, 'upper');
  const work = join(MOUNT, 'work');
  for (const folder of [upper, work, root]) mkdirSync(folder);
  command(
    'mount',
    '-t',
    'overlay',
    'overlay',
    '-o',
    `lowerdir=${tree},upperdir=${upper},workdir=${work}`,
    root,
  );
  command('mount', '-t', 'proc', 'proc', join(root, 'proc'));
  command('mount', '-t', 'sysfs', 'sysfs', join(root, 'sys'));
  command('mount', '-t', 'cgroup2', 'cgroup2', join(root, 'sys/fs/cgroup'));
  command('mount', '--rbind', '/dev', join(root, 'dev'));
  for (const folder of [
    'tmp',
    'run',
    'var/lib/docker',
    'var/lib/containers',
    'var/lib/containerd',
  ]) {
    mkdirSync(join(root, folder), { recursive: true });
    command('mount', '-t', 'tmpfs', 'tmpfs', join(root, folder));
  }
}

function connectNetwork(): void {
  const ip = (...args: string[]) => command('chroot', root, 'ip', ...args);
  ip('link', 'set', 'lo', 'up');
  for (const range of routes.local) ip('route', 'add', 'local', range, 'dev', 'lo');
  for (const range of routes.dropped) ip('route', 'add', range, 'dev', 'lo');
  for (const range of routes.unreachable) ip('route', 'add', 'unreachable', range);
}

/** Sets the machine up; call it once. */
export function isolate(tree: string): void {
  mountRoot(tree);
  connectNetwork();
  command('hostname', 'build-host');
  write('/etc/hosts', '127.0.0.1 localhost build-host\n');
  write('/etc/hostname', 'build-host\n');
  write('/etc/nsswitch.conf', 'passwd: files\ngroup: files\nhosts: files dns\n');
}

/** How often the kernel repeats an unanswered SYN: 6 waits two minutes, 1 three seconds. */
export function setSynRetries(times: number): void {
  writeFileSync('/proc/sys/net/ipv4/tcp_syn_retries', String(times));
}

/** Writes a file of the clients' machine; a symbolic link in its place is replaced. */
export function write(path: string, content: string): void {
  const file = join(root, path);
  mkdirSync(dirname(file), { recursive: true });
  rmSync(file, { force: true });
  writeFileSync(file, content);
}

export function remove(path: string): void {
  rmSync(join(root, path), { recursive: true, force: true });
}

export const exists = (path: string): boolean => existsSync(join(root, path));

function argumentsFor(line: string, environment: Environment): string[] {
  const variables = Object.entries({ ...basicEnvironment, ...environment }).map(
    ([name, value]) => `${name}=${value}`,
  );
  return [root, '/usr/bin/env', '-i', ...variables, '/bin/sh', '-c', line];
}

/** Runs a shell line on the clients' machine, standard output and error as one stream. */
export function run(
  line: string,
  seconds: number,
  environment: Environment = {},
): Promise<Outcome> {
  return new Promise((resolve) => {
    const child = spawn('chroot', argumentsFor(`exec 2>&1; ${line}`, environment), {
      stdio: ['ignore', 'pipe', 'ignore'],
      detached: true,
    });
    const parts: Buffer[] = [];
    let late = false;
    const end = (): void => {
      try {
        if (child.pid) process.kill(-child.pid, 'SIGKILL');
      } catch {
        // Already gone.
      }
    };
    const timer = setTimeout(() => {
      late = true;
      end();
    }, seconds * 1000);
    child.stdout.on('data', (part: Buffer) => parts.push(part));
    child.on('close', (code) => {
      clearTimeout(timer);
      resolve({
        output: Buffer.concat(parts).toString('utf8'),
        code: late ? undefined : (code ?? undefined),
      });
    });
    // A grandchild that keeps the pipe open must not hold the lab up.
    child.on('exit', () => setTimeout(() => child.stdout.destroy(), 1000).unref());
  });
}

/** A program that keeps running; its output goes to a file of the clients' machine. */
export interface Service {
  readonly running: () => boolean;
  stop(): Promise<void>;
}

export function start(line: string, log: string, environment: Environment = {}): Service {
  const child = spawn('chroot', argumentsFor(`exec ${line} >> ${log} 2>&1`, environment), {
    stdio: 'ignore',
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  return {
    running: () => child.exitCode === null && child.signalCode === null,
    async stop() {
      child.kill('SIGTERM');
      const timer = setTimeout(() => child.kill('SIGKILL'), 15_000);
      await ended;
      clearTimeout(timer);
    },
  };
}
