/** Inside the namespaces: goes through scenarios and clients of one suite, and writes the recordings. */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { address } from './addresses.ts';
import { caseOf, expectedOf } from './case.ts';
import { clientsOf } from './clients/index.ts';
import { Docker } from './docker.ts';
import { type Environment, exists, isolate, remove, run, setSynRetries, write } from './isolate.ts';
import { Lab } from './lab.ts';
import { normalise } from './normalise.ts';
import { format, pathOf, type Recording, recordedFolder } from './recording.ts';
import type { Case, Client, Scenario } from './scenario.ts';
import { scenarios } from './scenarios/index.ts';
import { type Suite, suites, treeOf } from './tree.ts';

const [suiteName, which, ...only] = process.argv.slice(2);
const suite: Suite = suites.find((name) => name === suiteName) ?? 'sid';

const isRecorded = ({ id }: Scenario, client: Client): boolean =>
  existsSync(join(recordedFolder, pathOf({ suite, client: client.id, scenario: id })));

/** Whether a recording is wanted, as told by the command line. */
const wanted = (scenario: Scenario, client: Client): boolean =>
  !(which === 'missing' && isRecorded(scenario, client)) &&
  (only.length === 0 ||
    only.some(
      (text) =>
        scenario.id.startsWith(text) ||
        client.id === text ||
        `${scenario.id}/${client.id}` === text,
    ));

function environmentOf(client: Client, { proxy }: Case): Environment {
  if (!proxy || client.proxyInEnvironment === false) return {};
  return { HTTP_PROXY: proxy, HTTPS_PROXY: proxy, http_proxy: proxy, https_proxy: proxy };
}

const versions = new Map<string, string>();

async function versionOf(client: Client): Promise<string> {
  const known = versions.get(client.id);
  if (known) return known;
  const first = (await run(client.version, 30)).output.split('\n').find(Boolean) ?? 'unknown';
  const version = normalise(first)
    .trim()
    .replace(/\s+from \/.*$| zlib\/.*$/, '')
    .replace(/ \(\d.*\) multi-call.*$/, '');
  versions.set(client.id, version);
  return version;
}

/** The same words from the older suite teach nothing. */
function sameAsNewest(recording: Recording): boolean {
  if (suite === suites[0]) return false;
  try {
    const other = readFileSync(
      join(recordedFolder, pathOf({ ...recording, suite: suites[0] })),
      'utf8',
    );
    return other.endsWith(`\n---\n${recording.output}`);
  } catch {
    return false;
  }
}

function save(recording: Recording): void {
  const file = join(recordedFolder, pathOf(recording));
  mkdirSync(dirname(file), { recursive: true });
  if (sameAsNewest(recording)) rmSync(file, { force: true });
  else writeFileSync(file, format(recording));
}

// The first process of a namespace ignores signals that it has no handler for.
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(130));

const lab = await Lab.open();
const docker = new Docker();
const counts = { recorded: 0, silent: 0, late: 0, missing: new Set<string>() };

async function record(scenario: Scenario, client: Client): Promise<void> {
  const at = caseOf(scenario, client, suite);
  const nameserver = scenario.nameserver ?? address.dns;
  await lab.clear();
  setSynRetries(6);
  write('/etc/resolv.conf', `nameserver ${nameserver}\noptions timeout:2 attempts:2\n`);
  const store = client.daemon;
  if (store === 'stopped') await docker.stop();
  else if (store) {
    const proxy = client.proxyInEnvironment ? undefined : at.proxy;
    await docker.ensure({ store, proxy, mirrors: at.mirrors, nameserver, tools: client.tools });
  }
  const version = await versionOf(client);
  await scenario.arrange(lab);
  for (const path of ['/root/.docker', ...(client.clean ?? [])]) remove(path);
  for (const [path, content] of Object.entries(client.files?.(at) ?? {})) write(path, content);
  const command = client.command(at);
  const { output, code } = await run(command, scenario.seconds ?? 60, environmentOf(client, at));
  // A build takes an image that is there already without asking the registry.
  if (code === 0 && store && store !== 'stopped') await run(`docker image rm -f ${at.image}`, 60);
  const label = `${suite} ${scenario.id} ${client.id}`;
  if (code === undefined) {
    counts.late++;
    console.log(`${label}: not recorded, no end in ${scenario.seconds ?? 60} s`);
    return;
  }
  if (output.trim() === '') {
    counts.silent++;
    console.log(`${label}: not recorded, it printed nothing`);
    return;
  }
  const expected = expectedOf(scenario, client, at);
  if (code === 0 && expected.category !== 'none' && !client.tolerant) {
    console.log(`${label}: not recorded, it succeeded`);
    return;
  }
  const proxyNote =
    at.proxy && Object.keys(environmentOf(client, at)).length > 0 ? `HTTPS_PROXY=${at.proxy} ` : '';
  save({
    client: client.id,
    version,
    suite,
    scenario: scenario.id,
    command: (proxyNote + command).replaceAll('\n', ' '),
    exit: String(code),
    ...expected,
    output: normalise(output),
  });
  counts.recorded++;
  console.log(`${label}: ${code}`);
}

isolate(treeOf(suite));
write('/usr/local/share/ca-certificates/lab.crt', lab.trusted.cert);
const { code, output } = await run('update-ca-certificates', 120);
if (code !== 0) throw new Error(`update-ca-certificates: ${output}`);

/** Clients of the daemon that runs already come first: a restart takes seconds. */
const inOrder = (scenario: Scenario): Client[] =>
  clientsOf(scenario).sort(
    (a, b) => Number(a.daemon !== docker.store) - Number(b.daemon !== docker.store),
  );

for (const scenario of scenarios) {
  for (const client of inOrder(scenario)) {
    if (!wanted(scenario, client) || (client.suites && !client.suites.includes(suite))) continue;
    if (!exists(client.program)) {
      counts.missing.add(`${client.id} (${client.program})`);
      continue;
    }
    try {
      await record(scenario, client);
    } catch (error) {
      console.log(
        `${suite} ${scenario.id} ${client.id}: ${error instanceof Error ? error.message : error}`,
      );
    }
  }
}
await docker.stop();
const { recorded, silent, late, missing } = counts;
console.log(`${suite}: ${recorded} recorded, ${silent} silent, ${late} without end`);
if (missing.size > 0)
  console.log(`${suite}: not installed in the tree, left out: ${[...missing].join(', ')}`);
process.exit(0);
