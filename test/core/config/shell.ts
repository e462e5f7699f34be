import { spawnSync } from 'node:child_process';

/** The text on standard output of a shell that runs `script`; throws with its words when it fails. */
export function runShell(script: string, shell = 'bash', env: NodeJS.ProcessEnv = {}): string {
  const result = spawnSync(shell, ['-s'], {
    input: script,
    encoding: 'utf8',
    env: { PATH: process.env.PATH, LC_ALL: 'C.UTF-8', ...env },
  });
  if (result.status !== 0) throw new Error(`${shell}: ${result.stderr || result.error}`);
  return result.stdout;
}

/** Whether a shell parses a script, without running it. */
export function parsesInShell(script: string, shell = 'bash'): string {
  const result = spawnSync(shell, ['-n'], { input: script, encoding: 'utf8' });
  return result.status === 0 ? '' : result.stderr;
}

/**
 * The arguments that the shell hands to `docker` or `podman` in each command. One shell runs them
 * all: starting one takes longer than everything else.
 */
export function shellArguments(commands: readonly string[]): string[][] {
  const stub =
    'show() { printf "%s\\0" "$@"; printf "\\n\\0"; }\ndocker() { show docker "$@"; }\npodman() { show podman "$@"; }';
  const printed = runShell([stub, ...commands].join('\n')).split('\n\0');
  return printed.slice(0, -1).map((words) => words.split('\0').slice(0, -1));
}
