/**
 * Asks the real programs whether they take what the generator writes, for many random settings:
 * `npm run test:oracle`. Not part of `npm test`: it needs the checker, its programs installed, and root.
 * Says what it skips.
 *
 * ORACLES          folder that holds `config/check`
 * ORACLE_ROOT      folder that `config/install` put the programs into
 * ORACLE_RUNS      how many random settings (default 300)
 * ORACLE_SEED      where to start (default 1)
 * ORACLE_PER_KIND  at most so many different texts of a kind (default: all)
 * ORACLE_ONLY      kinds to ask, separated by commas
 */
import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import fc from 'fast-check';
import { checkSettings } from '../../src/core/config/check.ts';
import { type Artifact, generate, type Settings } from '../../src/core/config/index.ts';
import { proxyFor, proxyVariables } from '../../src/core/config/layer.ts';
import type { ProxyScope } from '../../src/core/config/settings.ts';
import { mergedSettings } from '../core/config/arbitrary.ts';

const CHECK = resolve(process.env.ORACLES ?? '', 'config/check');
const ROOT = process.env.ORACLE_ROOT ?? '';
const RUNS = Number(process.env.ORACLE_RUNS ?? 300);
const SEED = Number(process.env.ORACLE_SEED ?? 1);
const PER_KIND = Number(process.env.ORACLE_PER_KIND ?? Number.POSITIVE_INFINITY);
const ONLY = process.env.ORACLE_ONLY?.split(',');

/** Which checker is asked about an artifact. */
const kinds: readonly (readonly [RegExp, string])[] = [
  [/^daemon\.json$/, 'daemon-json'],
  [/^systemd-drop-in$/, 'systemd-dropin'],
  [/^hosts\.toml:/, 'hosts-toml'],
  [/^containerd-config$/, 'containerd-toml'],
  [/^buildkitd\.toml$/, 'buildkitd-toml'],
  [/^registries\.conf$/, 'registries-conf'],
  [/^registries\.yaml$/, 'k3s-registries'],
  [/^cli-config\.json$/, 'docker-config-json'],
  [/^(docker-run|docker-build|buildx-create|install\.sh|ca-install)$/, 'shell'],
];

interface Question {
  kind: string;
  artifact: Artifact;
  settings: Partial<Settings>;
  /** Options of the checker. */
  options: string[];
}

interface Answer {
  question: Question;
  /** 0 taken whole, 1 refused or partly ignored, 2 could not ask. */
  code: number;
  output: string;
  /** What the program understood otherwise than meant. */
  differences: string[];
}

function questions(): Question[] {
  const found = new Map<string, Question>();
  const perKind = new Map<string, number>();
  for (const settings of fc.sample(mergedSettings, { numRuns: RUNS, seed: SEED })) {
    for (const artifact of generate(settings).artifacts) {
      const kind = kinds.find(([pattern]) => pattern.test(artifact.id))?.[1];
      if (kind === undefined || (ONLY && !ONLY.includes(kind))) continue;
      if (kind === 'shell' && artifact.language !== 'bash') continue;
      const registry = artifact.id.startsWith('hosts.toml:')
        ? artifact.id.slice('hosts.toml:'.length)
        : undefined;
      const key = `${kind} ${registry} ${artifact.content}`;
      const count = perKind.get(kind) ?? 0;
      if (found.has(key) || count >= PER_KIND) continue;
      perKind.set(kind, count + 1);
      found.set(key, {
        kind,
        artifact,
        settings,
        options: registry === undefined ? [] : ['--registry', registry],
      });
    }
  }
  return [...found.values()];
}

function ask(question: Question, folder: string, number: number): Promise<Answer> {
  const file = join(folder, String(number), question.artifact.fileName);
  mkdirSync(dirname(file), { recursive: true });
  // The checker's tree has no sudo, nor what update-ca-certificates needs, nor what is macOS's own.
  const stubs =
    question.kind === 'shell'
      ? 'sudo() { "$@"; }\nupdate-ca-certificates() { :; }\nsecurity() { :; }\n'
      : '';
  writeFileSync(file, stubs + question.artifact.content);
  return new Promise((done) => {
    execFile(
      CHECK,
      [question.kind, file, ...question.options],
      { encoding: 'utf8', maxBuffer: 1 << 24 },
      (error, stdout, stderr) => {
        // 1 is a refusal; anything else (a time limit, a signal) is no answer.
        const code = error === null ? 0 : error.code === 1 ? 1 : 2;
        const output = `${stdout}${stderr}`.trim();
        done({ question, code, output, differences: code === 0 ? compare(question, output) : [] });
      },
    );
  });
}

/** The values of the checker's lines that start with a word. */
function facts(output: string, word: string): string[] {
  return output
    .split('\n')
    .filter((line) => line.startsWith(`${word} `))
    .map((line) => line.slice(word.length + 1).trim());
}

function variables(settings: Partial<Settings>, layer: ProxyScope): string[] {
  const proxy = proxyFor(checkSettings(settings), layer);
  return proxy ? proxyVariables(proxy).map(({ name, value }) => `${name}=${value}`) : [];
}

/** Holds what the program understood against what was meant. */
function compare({ kind, artifact, settings }: Question, output: string): string[] {
  const checked = checkSettings(settings);
  const differ = (what: string, meant: readonly string[], got: readonly string[]) =>
    JSON.stringify(meant) === JSON.stringify(got)
      ? []
      : [`${what}: meant ${JSON.stringify(meant)}, understood ${JSON.stringify(got)}`];
  switch (kind) {
    case 'daemon-json': {
      const meant = checked.mirrors.map(({ url }) => `${url}/`);
      return differ(
        'mirrors',
        meant,
        facts(output, 'mirrors')[0]?.split(' ').filter(Boolean) ?? [],
      );
    }
    case 'systemd-dropin':
      return differ(
        'environment',
        variables(settings, 'daemon').sort(),
        facts(output, 'environ')
          .filter((line) => /^(HTTP|HTTPS|NO)_PROXY=/.test(line))
          .sort(),
      );
    case 'docker-config-json':
      return (['run-env', 'build-env'] as const).flatMap((where) =>
        differ(
          where,
          variables(settings, 'cli')
            // buildx hands everything on but allProxy.
            .filter((line) => where === 'run-env' || !line.startsWith('ALL_PROXY='))
            .sort(),
          facts(output, where)
            .filter((line) => /^(HTTP|HTTPS|NO|ALL)_PROXY=/.test(line))
            .filter((line) => where === 'run-env' || !line.startsWith('ALL_PROXY='))
            .sort(),
        ),
      );
    case 'hosts-toml': {
      const registry = artifact.id.slice('hosts.toml:'.length);
      const mirrors =
        registry === 'docker.io'
          ? checked.mirrors
          : (checked.registryMirrors.find((entry) => entry.registry.name === registry)?.mirrors ??
            []);
      const tried = facts(output, 'tries-tag').map((line) => line.split(' ').at(-1) ?? '');
      const expected = mirrors.map(({ url }) => `${url}/v2/`);
      return expected.flatMap((prefix, index) =>
        tried[index]?.startsWith(prefix)
          ? []
          : [`try ${index + 1}: meant ${prefix}…, understood ${tried[index]}`],
      );
    }
    case 'registries-conf': {
      if (checked.mirrors.every(({ host }) => host.kind === 'ipv6')) return [];
      const tried = facts(output, 'tries').map((line) => line.replace(/^\d+ /, ''));
      return differ(
        'order',
        [
          ...checked.mirrors
            .filter(({ host }) => host.kind !== 'ipv6')
            .map(({ authority, path }) => authority + path),
          'docker.io',
        ].map((location) => `${location}/library/alpine:latest`),
        tried,
      );
    }
    case 'buildkitd-toml': {
      if (checked.mirrors.every(({ host }) => host.kind === 'ipv6')) return [];
      const hosts = facts(output, 'hosts')
        .filter((line) => line.startsWith('docker.io '))
        .map((line) => line.split(' ').at(-1) ?? '');
      return differ(
        'hosts',
        checked.mirrors
          .filter(({ host }) => host.kind !== 'ipv6')
          .map(({ authority, path }) => `${authority}/v2${path}`),
        hosts.slice(0, -1).map((url) => url.replace(/^https?:\/\//, '')),
      );
    }
    case 'shell': {
      const layer = { 'docker-run': 'run', 'docker-build': 'build' }[artifact.id] as
        | ProxyScope
        | undefined;
      if (layer === undefined) return [];
      const words = JSON.parse(output.split('\n')[0] ?? '[]') as string[];
      return differ(
        'arguments',
        variables(settings, layer),
        words.filter((word) => /^(HTTP|HTTPS|NO|ALL)_PROXY=/.test(word)),
      );
    }
    default:
      return [];
  }
}

async function main(): Promise<number> {
  if (!process.env.ORACLES || !existsSync(CHECK)) {
    console.log('skipped: set ORACLES to the folder that holds config/check');
    return 0;
  }
  if (!existsSync(ROOT) || process.getuid?.() !== 0) {
    console.log(
      `skipped: needs root, and ORACLE_ROOT to name the folder that ${dirname(CHECK)}/install filled`,
    );
    return 0;
  }
  const all = questions();
  console.log(`${RUNS} settings from seed ${SEED}: ${all.length} different texts`);
  const folder = mkdtempSync(join(tmpdir(), 'oracle-config-'));
  const tally = new Map<string, { taken: number; refused: number; unasked: number; ms: number }>();
  let bad = 0;
  let next = 0;
  const worker = async () => {
    for (let index = next++; index < all.length; index = next++) {
      const question = all[index];
      if (question === undefined) return;
      const start = performance.now();
      const answer = await ask(question, folder, index);
      const row = tally.get(question.kind) ?? { taken: 0, refused: 0, unasked: 0, ms: 0 };
      tally.set(question.kind, row);
      row.ms += performance.now() - start;
      if (answer.code === 0 && answer.differences.length === 0) {
        row.taken++;
        continue;
      }
      if (answer.code === 2) row.unasked++;
      else row.refused++;
      bad++;
      console.log(
        [
          `\n--- ${question.kind} ${question.artifact.id} (${question.settings.target}): ${answer.code === 2 ? 'could not ask' : answer.code === 1 ? 'refused' : 'understood otherwise'}`,
          ...answer.differences,
          answer.code === 0 ? '' : answer.output.slice(-1500),
          question.artifact.content.slice(0, 2000),
        ].join('\n'),
      );
    }
  };
  await Promise.all([worker(), worker()]);
  rmSync(folder, { recursive: true, force: true });
  console.log('\nkind                 taken  refused  not asked  seconds each');
  for (const [kind, { taken, refused, unasked, ms }] of [...tally].sort()) {
    const total = taken + refused + unasked;
    console.log(
      `${kind.padEnd(20)} ${String(taken).padStart(5)}  ${String(refused).padStart(7)}  ${String(unasked).padStart(9)}  ${(ms / total / 1000).toFixed(1)}`,
    );
  }
  return bad === 0 ? 0 : 1;
}

process.exitCode = await main();
