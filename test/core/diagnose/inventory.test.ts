import { describe, expect, it } from 'vitest';
import { categoryIds, diagnose } from '../../../src/core/diagnose/index.ts';
import { type InventoryRow, inventory } from './fixtures.ts';

interface Setting {
  readonly name: string;
  /** The layer the lines around the message decide, where they do. */
  readonly layer?: string;
  readonly log: (text: string) => string;
}

const URL_ = 'https://registry.example.com/v2/';
const MANIFEST = 'https://registry.example.com/v2/app/manifests/1.0';

const step: Setting = {
  name: 'in a RUN step',
  layer: 'build',
  log: (text) =>
    `#9 [3/5] RUN ./fetch.sh\n${text
      .split('\n')
      .map((line) => `#9 3.456 ${line}`)
      .join('\n')}`,
};
const alone: Setting = { name: 'alone', log: (text) => text };

/** The lines in which a kind of message is met. */
const SETTINGS: Readonly<Record<string, readonly Setting[]>> = {
  'as-is': [alone],
  tool: [alone, step],
  curl: [
    {
      name: 'behind git',
      log: (text) => `fatal: unable to access 'https://files.example.net/a/b.git/': ${text}`,
    },
    {
      name: 'behind dnf',
      layer: 'build',
      log: (text) =>
        step.log(
          `  - Curl error (${CURL_CODE(text)}): ${text} for https://files.example.net/repodata/repomd.xml [${text}]`,
        ),
    },
    {
      name: 'behind composer',
      log: (text) =>
        `curl error ${CURL_CODE(text)} while downloading https://files.example.net/packages.json: ${text}`,
    },
    {
      name: 'behind pacman',
      log: (text) => `error: failed retrieving file 'core.db' from files.example.net : ${text}`,
    },
  ],
  go: [
    {
      name: 'from dockerd',
      layer: 'daemon',
      log: (text) => `Error response from daemon: Get "${URL_}": ${text}`,
    },
    {
      name: 'from BuildKit',
      layer: 'build',
      log: (text) =>
        `ERROR: failed to solve: registry.example.com/app:1.0: failed to resolve source metadata for registry.example.com/app:1.0: failed to do request: Head "${MANIFEST}": ${text}`,
    },
    {
      name: 'from the kubelet',
      layer: 'daemon',
      log: (text) =>
        `Failed to pull image "registry.example.com/app:1.0": rpc error: code = Unknown desc = failed to pull and unpack image "registry.example.com/app:1.0": failed to resolve reference "registry.example.com/app:1.0": failed to do request: Head "${MANIFEST}": ${text}`,
    },
    {
      name: 'from podman',
      log: (text) =>
        `Error: initializing source docker://registry.example.com/app:1.0: pinging container registry registry.example.com: Get "${URL_}": ${text}`,
    },
    {
      name: 'in the journal',
      layer: 'daemon',
      log: (text) =>
        `Nov 11 10:00:00 host01 dockerd[812]: time="2026-11-11T10:00:00.123456789+08:00" level=error msg="Handler for POST /v1.47/images/create returned error: Get \\"${URL_}\\": ${text.replaceAll('"', '\\"')}"`,
    },
  ],
  registry: [
    alone,
    { name: 'from dockerd', layer: 'daemon', log: (text) => `Error response from daemon: ${text}` },
    {
      name: 'from BuildKit',
      layer: 'build',
      log: (text) => `ERROR: failed to solve: registry.example.com/app:1.0: ${text}`,
    },
    {
      name: 'from the kubelet',
      layer: 'daemon',
      log: (text) =>
        `Failed to pull image "registry.example.com/app:1.0": rpc error: code = Unknown desc = ${text}`,
    },
  ],
};

/** Every line with something before and behind it. */
const framed =
  (before: string, behind = '') =>
  (log: string): string =>
    log
      .split('\n')
      .map((line) => before + line + behind)
      .join('\n');

/** What logs go through before they are pasted. */
const FORMS: readonly (readonly [string, (log: string) => string])[] = [
  ['a CI stamp', framed('2026-11-11T10:00:00.1234567Z ')],
  ['a quotation', framed('> ')],
  ['a frame', framed('│ ', ' │')],
  ['compose', framed('web-1  | ')],
  ['backticks', (log) => `\`${log}\``],
  ['CRLF', (log) => `${log.replaceAll('\n', '\r\n')}\r\n`],
  ['a table', (log) => `| 错误 | ${log.replaceAll('\n', ' ')} |`],
  ['a Chinese sentence', (log) => `执行时报错：${log}，请问怎么解决？`],
  ['a log driver', (log) => JSON.stringify({ log: `${log}\n`, stream: 'stderr' })],
  ['JSON', (log) => JSON.stringify({ level: 'error', msg: log })],
  ['logfmt', (log) => `time="2026-11-11T10:00:00Z" level=error msg=${JSON.stringify(log)}`],
  [
    'HTML',
    (log) =>
      log
        .replaceAll('&', '&amp;')
        .replaceAll('"', '&#34;')
        .replaceAll("'", '&#39;')
        .replaceAll('<', '&lt;')
        .replaceAll('>', '&gt;'),
  ],
  [
    'a status in YAML',
    (log) => `      message: 'rpc error: code = Unknown desc = ${log.replaceAll("'", "''")}'`,
  ],
];

function wrapWords(log: string): string {
  return log.replace(/([^\n]{40,72}) (?=[^\n])/g, '$1\n');
}
function wrapHard(log: string): string {
  return log.replace(/([^\n]{80})(?=[^\n])/g, '$1\n');
}

function CURL_CODE(text: string): number {
  const codes: readonly (readonly [RegExp, number])[] = [
    [/resolve host/i, 6],
    [/resolve proxy|proxy syntax/i, 5],
    [/^Failed to connect[^\n]+(?:timed out|\d{5} ms)|timed out|timeout|too slow/i, 28],
    [/^Failed to connect/i, 7],
    [/from proxy|CONNECT|^Recv|SSL_read|GnuTLS recv/, 56],
    [/HTTP\/2 stream/, 92],
    [/HTTP2 framing/, 16],
    [/Empty reply/, 52],
    [/verify locations/, 77],
    [/certificate/i, 60],
  ];
  return codes.find(([expression]) => expression.test(text))?.[1] ?? 35;
}

function answer(log: string): { category: string; layer: string | undefined } {
  const [first] = diagnose(log).findings;
  return { category: first?.category ?? 'none', layer: first?.layer };
}

const rows = inventory();
const byProgram = new Map<string, InventoryRow[]>();
for (const row of rows) byProgram.set(row.program, [...(byProgram.get(row.program) ?? []), row]);

describe('the inventory of messages', () => {
  it('has rows of known kinds and categories', () => {
    expect(rows.length).toBeGreaterThan(700);
    for (const { kind, categories, text } of rows) {
      expect(Object.keys(SETTINGS), text).toContain(kind);
      for (const category of categories) expect(categoryIds, text).toContain(category);
    }
  });

  it.each([...byProgram])('places what these print: %s', (_, messages) => {
    const wrong = messages.flatMap(({ kind, categories, text }) =>
      (SETTINGS[kind] ?? []).flatMap(({ name, layer, log }) => {
        const got = answer(log(text));
        const right =
          categories.includes(got.category) &&
          (layer === undefined || got.category === 'none' || got.layer === layer);
        return right
          ? []
          : [`${categories.join()} ${name}: ${text} → ${got.category} ${got.layer ?? ''}`];
      }),
    );
    expect(wrong).toEqual([]);
  });

  it.each([
    ['***', '***'],
    ['<registry>', '<ip>'],
    ['xxx.xxx.com', 'x.x.x.x'],
    ['[REDACTED]', '[IP]'],
    ['registry.***.com', '203.0.*.*'],
    ['{REGISTRY_HOST}', `\${IP}`],
    ['████████', '███'],
  ])('reads them with names and addresses masked: %s, %s', (name, address) => {
    const wrong = rows.flatMap(({ kind, categories, text }) => {
      if (categories.includes('none')) return [];
      const log = (SETTINGS[kind]?.[0] ?? alone).log(text);
      const masked = log
        .replace(/(?:registry|files|git|repo|mirror)\.example\.(?:com|net)/g, name)
        .replace(/203\.0\.113\.7|192\.0\.2\.7|10\.0\.0\.\d/g, address);
      const [first] = diagnose(masked).findings;
      const got = first?.category ?? 'none';
      return categories.includes(got) && !/xmaskedx/.test(JSON.stringify(first))
        ? []
        : [`${categories.join()}: ${masked} → ${got}`];
    });
    expect(wrong).toEqual([]);
  });

  it.each(FORMS)('reads them as they are pasted: %s', (_, form) => {
    expect(misplaced(form)).toEqual([]);
  });

  it.each([
    ['between words', wrapWords],
    ['inside words', wrapHard],
  ])('reads nearly all of them wrapped %s', (_, wrap) => {
    const wrong = misplaced(wrap);
    expect(wrong.length / rows.length, wrong.join('\n')).toBeLessThan(0.01);
  });
});

/** Messages that a form of the log leads astray. */
function misplaced(form: (log: string) => string): string[] {
  return rows.flatMap(({ kind, categories, text }) => {
    if (categories.includes('none')) return [];
    const log = form((SETTINGS[kind]?.[0] ?? alone).log(text));
    const got = answer(log).category;
    return categories.includes(got) ? [] : [`${categories.join()}: ${log} → ${got}`];
  });
}
