import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  createScript,
  parseScriptOutput,
  pickBest,
  rankResults,
} from '../../../src/core/mirrors/script/index.ts';
import { rankText } from '../../../src/core/mirrors/statistics.ts';
import { areTemplatesCurrent } from '../../../src/integrations/mirror-scripts.ts';

const DIGEST = `sha256:${'ab'.repeat(32)}`;
const OTHER = `sha256:${'cd'.repeat(32)}`;
const languages = ['bash', 'powershell'] as const;

it('templates.json holds the scripts as they are (else run `npm run catalogue`)', () => {
  expect(areTemplatesCurrent()).toBe(true);
});

describe('createScript', () => {
  it.each(languages)('%s: puts the list, the image and the digest in', (language) => {
    const { text, problems } = createScript(language, {
      mirrors: ['https://docker.1ms.run/', 'http://10.0.0.1:5000/cache', 'docker.m.daocloud.io'],
      image: 'bitnami/redis:7.2',
      digest: DIGEST,
      blobLimit: 1_000_000,
    });
    expect(problems).toEqual([]);
    for (const part of [
      "'https://docker.1ms.run'",
      "'http://10.0.0.1:5000/cache'",
      "'https://docker.m.daocloud.io'",
      "'bitnami/redis'",
      "'7.2'",
      `'${DIGEST}'`,
      '= 1000000'.replace('= ', language === 'bash' ? '=' : '= '),
    ]) {
      expect(text).toContain(part);
    }
    expect(text.match(/# (?:>>>|<<<) settings/g)).toHaveLength(2);
  });

  it.each([
    ['alpine', 'library/alpine', 'latest', ''],
    ['docker.io/library/nginx:1.27', 'library/nginx', '1.27', ''],
    ['index.docker.io/nginx', 'library/nginx', 'latest', ''],
    [`nginx:1.27@${DIGEST}`, 'library/nginx', '1.27', DIGEST],
    ['a/b_c/d--e', 'a/b_c/d--e', 'latest', ''],
  ])('reads the image %s', (image, repository, tag, digest) => {
    const { text } = createScript('bash', { mirrors: ['https://a.cn'], image });
    expect(text).toContain(`REPOSITORY='${repository}'\nTAG='${tag}'\nTRUSTED='${digest}'\n`);
  });

  it.each([
    'ghcr.io/owner/app',
    'registry.local:5000/app',
    'localhost/app',
    'UPPER',
    'a b',
    "alpine'; rm -rf /",
    '$(id)',
    'alpine:',
    '',
  ])('refuses the image %j', (image) => {
    const { text, problems } = createScript('bash', { mirrors: ['https://a.cn'], image });
    expect(text).toBe('');
    expect(problems).toHaveLength(1);
  });

  it.each([
    "https://a.cn/'; id; '",
    'https://a.cn/$(id)',
    'https://a.cn/`id`',
    'https://user:secret@a.cn',
    'https://a.cn/?x=1',
    'ftp://a.cn',
    'https://<ID>.mirror.aliyuncs.com',
    'two words',
  ])('leaves out %j and says so, without secrets', (mirror) => {
    const { text, problems } = createScript('bash', {
      mirrors: [mirror, 'https://good.cn'],
      image: 'alpine',
    });
    expect(problems).toHaveLength(1);
    expect(problems.join()).not.toContain('secret');
    expect(text).toContain("MIRRORS=(\n  'https://good.cn'\n)");
  });

  it('says so when the digest is not one', () => {
    const { text, problems } = createScript('bash', {
      mirrors: ['https://a.cn'],
      image: 'alpine',
      digest: 'sha256:short',
    });
    expect(problems).toHaveLength(1);
    expect(text).toContain("TRUSTED=''");
  });

  it('has no text without mirrors', () => {
    expect(createScript('bash', { mirrors: [], image: 'alpine' }).text).toBe('');
  });

  it.each(languages)('%s: nothing pasted leaves its quotes', (language) => {
    const outside = createScript(language, { mirrors: ['https://a.cn'], image: 'alpine' }).text;
    const count = (text: string) => text.split("'").length;
    const nasty = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string().map((text) => `https://a.cn/${text}`),
      fc.webUrl(),
    );
    fc.assert(
      fc.property(
        fc.array(nasty, { maxLength: 4 }),
        fc.string(),
        fc.string(),
        (list, image, digest) => {
          const mirrors = ['https://a.cn', ...list];
          const { text } = createScript(language, { mirrors, image, digest });
          if (text === '') return;
          const settings = /# >>> settings\n([\s\S]*?)# <<< settings/.exec(text)?.[1] ?? '';
          expect(settings.replace(/'[A-Za-z0-9.:[\]/_~-]*'/g, "''")).toMatch(
            /^(?:MIRRORS=\(\n(?: {2}''\n)+\)\nREPOSITORY=''\nTAG=''\nTRUSTED=''\nBLOB_LIMIT=\d+\n|\$Mirrors = @\(\n(?: {2}'',?\n)+\)\n\$Repository = ''\n\$Tag = ''\n\$Trusted = ''\n\$BlobLimit = \d+\n)$/,
          );
          expect(count(text.replace(settings, ''))).toBe(
            count(
              outside.replace(
                /# >>> settings\n[\s\S]*?# <<< settings/,
                '# >>> settings\n# <<< settings',
              ),
            ),
          );
        },
      ),
    );
  });
});

const RUN = `
$ bash test-mirrors.sh
@0 begin v=1 tool=bash arch=amd64 route=direct image=library/alpine:latest

[1/3] https://fast.cn
@1 url https://fast.cn
@1 ping http=401 dns=5 tcp=20 tls=40 ttfb=90 ip=1.2.3.4
@1 ping http=401 dns=1 tcp=20 tls=40 ttfb=80 ip=1.2.3.4
@1 ping http=401 dns=1 tcp=20 tls=40 ttfb=200 ip=1.2.3.4
@1 auth bearer
@1 token ok
@1 manifest http=200 ttfb=100 self=ok
@1 digest ${DIGEST}
@1 blob http=200 bytes=4000000 ttfb=300 ms=1000 sum=ok host=cdn.fast.cn
@1 pass
  通过。
[2/3] https://slow.cn
@2 url https://slow.cn
@2 ping http=200 dns=5 tcp=20 tls=40 ttfb=60 ip=1.2.3.5
@2 auth none
@2 digest ${DIGEST}
@2 blob http=206 bytes=4000000 ttfb=300 ms=9000 sum=partial host=slow.cn
@2 pass
[3/3] https://wall.cn
@3 url https://wall.cn
@3 ping http=401 dns=5 tcp=20 tls=40 ttfb=70 ip=1.2.3.6
@3 auth bearer
@3 fail stage=manifest http=403
@3 says denied: this image is not in the allowlist
@0 end pass=2 total=3 differ=0
`;

describe('parseScriptOutput', () => {
  it('reads a run', () => {
    const output = parseScriptOutput(RUN);
    expect(output).toMatchObject({
      image: 'library/alpine:latest',
      arch: 'amd64',
      route: 'direct',
      complete: true,
      daemonProxy: false,
      problems: [],
    });
    expect(output.results.map((r) => [r.url, r.passed, r.unfinished])).toEqual([
      ['https://fast.cn', true, false],
      ['https://slow.cn', true, false],
      ['https://wall.cn', false, false],
    ]);
    expect(output.results[0]).toMatchObject({
      digest: DIGEST,
      auth: 'bearer',
      blob: { status: 200, bytes: 4_000_000, ms: 1000, ttfb: 300, sum: 'ok', host: 'cdn.fast.cn' },
    });
    expect(output.results[2]).toMatchObject({
      failure: { stage: 'manifest', http: 403 },
      says: 'denied: this image is not in the allowlist',
    });
  });

  it.each([
    ['Windows line ends', RUN.replaceAll('\n', '\r\n')],
    ['colours', RUN.replaceAll('@', '\u001b[32m@').replaceAll('通过', '\u001b[0m通过')],
    ['a quote’s margin', RUN.replaceAll('\n', '\n> ')],
    ['a narrow terminal', RUN.replaceAll(DIGEST, `${DIGEST.slice(0, 60)}\n${DIGEST.slice(60)}`)],
    ['an earlier run before it', `${RUN.replaceAll('fast', 'old')}${RUN}`],
  ])('does not mind %s', (_, text) => {
    expect(parseScriptOutput(text)).toEqual(parseScriptOutput(RUN));
  });

  it('says when the output is cut', () => {
    const cut = parseScriptOutput(RUN.slice(0, RUN.indexOf('@2 blob')));
    expect(cut.complete).toBe(false);
    expect(cut.problems).toHaveLength(1);
    expect(cut.results[1]).toMatchObject({
      url: 'https://slow.cn',
      unfinished: true,
      passed: false,
    });
  });

  it.each(['', 'hello', '@', '@1 pass', '@1 ping http=401', '@0 end'])(
    'finds nothing in %j',
    (text) => {
      const output = parseScriptOutput(text);
      expect(output.results).toEqual([]);
      expect(output.problems.length).toBeGreaterThan(0);
    },
  );

  it('notes a newer script and a daemon with a proxy', () => {
    const output = parseScriptOutput(
      RUN.replace('v=1', 'v=2').replace('\n\n[1/3]', '\n@0 note daemon-proxy\n[1/3]'),
    );
    expect(output.daemonProxy).toBe(true);
    expect(output.problems.join()).toContain('另一个版本');
  });

  it('never throws, and takes no other scheme for a mirror', () => {
    const word = fc.constantFrom(
      '@1',
      '@0',
      'url',
      'ping',
      'pass',
      'fail',
      'blob',
      'javascript:x',
      'https://a.cn',
      '\n',
      'http=',
      'stage=x',
      ' ',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          fc.array(word).map((w) => w.join(' ')),
        ),
        (text) => {
          for (const { url } of parseScriptOutput(text).results)
            expect(url).toMatch(/^https?:\/\//);
        },
      ),
    );
  });
});

describe('rankResults', () => {
  it('puts quick downloads first and failures last', () => {
    const ranked = rankResults(parseScriptOutput(RUN));
    expect(ranked.map((r) => [r.result.url, rankText(r.rank), r.ttfb])).toEqual([
      ['https://fast.cn', '第 1', 90],
      ['https://slow.cn', '第 2', 60],
      ['https://wall.cn', '不排名', 70],
    ]);
    expect(ranked[0]?.speed).toBe(4_000_000);
    expect(pickBest(ranked, 5)).toEqual(['https://fast.cn', 'https://slow.cn']);
    expect(pickBest(ranked, 1)).toEqual(['https://fast.cn']);
  });

  it('calls near speeds a tie', () => {
    const ranked = rankResults(parseScriptOutput(RUN.replace('ms=9000', 'ms=1190')));
    expect(ranked.map((r) => rankText(r.rank))).toEqual(['并列 1–2', '并列 1–2', '不排名']);
  });

  it('does not configure a mirror whose digest stands alone', () => {
    const text = RUN.replace('[3/3]', `@3 url https://third.cn\n@3 digest ${DIGEST}\n@3 pass\n[4]`)
      .replaceAll('@3 url https://wall.cn', '@4 url https://wall.cn')
      .replace(`@2 digest ${DIGEST}`, `@2 digest ${OTHER}`);
    const ranked = rankResults(parseScriptOutput(text));
    expect(ranked.find((r) => r.result.url === 'https://slow.cn')?.oddDigest).toBe(true);
    expect(pickBest(ranked, 5)).not.toContain('https://slow.cn');
    expect(pickBest(ranked, 5)).toContain('https://fast.cn');
  });

  it('trusts the trusted digest rather than the majority', () => {
    const text = RUN.replace('\n\n[1/3]', `\n@0 trusted ${OTHER}\n[1/3]`)
      .replace(`@2 digest ${DIGEST}`, `@2 digest ${OTHER}\n@2 trusted match`)
      .replace('@1 pass', '@1 trusted differ\n@1 fail stage=trusted http=200');
    expect(pickBest(rankResults(parseScriptOutput(text)), 5)).toEqual(['https://slow.cn']);
  });
});
