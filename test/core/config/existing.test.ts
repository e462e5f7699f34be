import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { environmentLine } from '../../../src/core/config/escape/systemd.ts';
import { mergeConfigJson, parseConfigJson } from '../../../src/core/config/existing/config-json.ts';
import { mergeDropIn, parseDropIn } from '../../../src/core/config/existing/drop-in.ts';
import { junk } from './arbitrary.ts';

function environment(text: string): Record<string, string> {
  return Object.fromEntries(parseDropIn(text).environment.map(({ name, value }) => [name, value]));
}

function codes(text: string): string[] {
  return parseDropIn(text).problems.map(({ code }) => code);
}

describe('reading a drop-in', () => {
  it.each([
    ['Environment="A=b c"', { A: 'b c' }],
    ["Environment='A=b c'", { A: 'b c' }],
    ['Environment=A="b c"', { A: 'b c' }],
    ['Environment=A=x"y z"w', { A: 'xy zw' }],
    ['Environment="A=1" "B=2"', { A: '1', B: '2' }],
    ['Environment=A=1 B=2', { A: '1', B: '2' }],
    ['Environment="A=p%%40ss"', { A: 'p%40ss' }],
    ['Environment="A=100%"', { A: '100%' }],
    ['Environment="A=a\\\\b\\"c"', { A: 'a\\b"c' }],
    ['Environment="A=\\x41\\tB"', { A: 'A\tB' }],
    ['Environment="A=$HOME"', { A: '$HOME' }],
    ['Environment=A=1\nEnvironment=A=2', { A: '2' }],
    ['Environment=A=1\nEnvironment=\nEnvironment=B=2', { B: '2' }],
    ['Environment=A=1 \\\n  B=2', { A: '1', B: '2' }],
    ['Environment = A=1', { A: '1' }],
    ['# Environment=A=1\n; Environment=B=1', {}],
    ['Environment="A=#;?&!()[]{}"', { A: '#;?&!()[]{}' }],
  ])('%s', (line, expected) => {
    expect(environment(`[Service]\n${line}\n`)).toEqual(expected);
    expect(codes(`[Service]\n${line}\n`)).toEqual([]);
    expect(environment(`\ufeff[Service]\r\n${line.replaceAll('\n', '\r\n')}\r\n`)).toEqual(
      expected,
    );
  });

  it.each([
    ['[Service]\nEnvironment="A=p%40ss"', 'unit-percent'],
    ['[Service]\nEnvironment="A=%E4%BD"', 'unit-specifier'],
    ['[Service]\nEnvironment=A=dom\\quser', 'unit-syntax'],
    ['[Service]\nEnvironment="A=1', 'unit-syntax'],
    ['[Service]\nEnvironment=NO_PROXY=localhost, 127.0.0.1', 'unit-assignment'],
    ['Environment=A=1', 'unit-section'],
    ['[Service]\nEnviroment=A=1', 'unit-key'],
    ['[Service]\nenvironment=A=1', 'unit-key'],
    ['[Service]\nhello', 'unit-line'],
  ])('%s is told as %s', (text, code) => {
    expect(codes(text)).toContain(code);
  });

  it('drops a variable with a bad %, as systemd does', () => {
    expect(environment('[Service]\nEnvironment="A=%40" "B=1"')).toEqual({ B: '1' });
  });

  it('reads what the generator writes', () => {
    const value = fc
      .string({ unit: 'grapheme', maxLength: 30 })
      .filter((text) => !/[\0-\x1f\x7f\u2028\u2029]/.test(text));
    fc.assert(
      fc.property(value, (text) => {
        expect(environment(`[Service]\n${environmentLine('A', text)}\n`)).toEqual({ A: text });
      }),
    );
  });
});

describe('merging into a drop-in', () => {
  it.each([
    ['', '[Service]\nEnvironment="HTTP_PROXY=x"\n'],
    ['[Service]\n', '[Service]\nEnvironment="HTTP_PROXY=x"\n'],
    ['[Service]\nLimitNOFILE=1\n', '[Service]\nEnvironment="HTTP_PROXY=x"\nLimitNOFILE=1\n'],
    [
      '[Service]\nEnvironment=A=1\n# end\n',
      '[Service]\nEnvironment=A=1\nEnvironment="HTTP_PROXY=x"\n# end\n',
    ],
    [
      '[Service]\nEnvironment=HTTP_PROXY=old A=1\n',
      '[Service]\nEnvironment=A=1\nEnvironment="HTTP_PROXY=x"\n',
    ],
    ['[Service]\nEnvironment=http_proxy=old\n', '[Service]\nEnvironment="HTTP_PROXY=x"\n'],
    ['[Service]\nEnvironment=HTTP_PROXY=x\n', '[Service]\nEnvironment=HTTP_PROXY=x\n'],
    [
      '[Service]\nEnvironment=HTTP_PROXY=a\nEnvironment=HTTP_PROXY=b\n',
      '[Service]\nEnvironment="HTTP_PROXY=x"\n',
    ],
    [
      '[Service]\nEnvironment=HTTP_PROXY=a\nEnvironment=\n',
      '[Service]\nEnvironment=\nEnvironment="HTTP_PROXY=x"\n',
    ],
    ['[Unit]\nAfter=a\n', '[Unit]\nAfter=a\n\n[Service]\nEnvironment="HTTP_PROXY=x"\n'],
    [
      '[Service]\r\nEnvironment=A=1\r\n',
      '[Service]\r\nEnvironment=A=1\r\nEnvironment="HTTP_PROXY=x"\r\n',
    ],
    // systemd ends a line at a lone CR too; what stood there keeps its ends.
    ['[Service]\rEnvironment=A=1\r', '[Service]\rEnvironment=A=1\rEnvironment="HTTP_PROXY=x"\n'],
    ['\n[Service]\nEnvironment=\r', '\n[Service]\nEnvironment=\rEnvironment="HTTP_PROXY=x"\n'],
  ])('%j', (before, after) => {
    const merged = mergeDropIn(before, { HTTP_PROXY: 'x' });
    expect(merged.text).toBe(after);
    expect(mergeDropIn(merged.text, { HTTP_PROXY: 'x' }).text).toBe(after);
  });

  it('takes a variable out', () => {
    const merged = mergeDropIn('[Service]\nEnvironment="HTTP_PROXY=a" "A=1"\n', {
      HTTP_PROXY: undefined,
    });
    expect(merged.text).toBe('[Service]\nEnvironment="A=1"\n');
    expect(merged.changed).toEqual(['HTTP_PROXY']);
  });

  it('always ends with the wanted values, and changes nothing twice', () => {
    fc.assert(
      fc.property(junk, fc.array(junk, { maxLength: 4 }), (head, lines) => {
        const text = [head, '[Service]', ...lines.map((line) => `Environment=${line}`)].join('\n');
        const merged = mergeDropIn(text, { HTTP_PROXY: 'http://h:1', NO_PROXY: 'a,b' });
        const again = mergeDropIn(merged.text, { HTTP_PROXY: 'http://h:1', NO_PROXY: 'a,b' });
        expect(again.text).toBe(merged.text);
        expect(again.changed).toEqual([]);
        expect(environment(merged.text)).toMatchObject({
          HTTP_PROXY: 'http://h:1',
          NO_PROXY: 'a,b',
        });
      }),
    );
  });
});

describe('reading config.json', () => {
  it('gives the proxies and leaves logins alone', () => {
    const { proxies, problems } = parseConfigJson(
      '{"auths":{"h":{"auth":"x"}},"proxies":{"default":{"httpProxy":"http://h:1","noProxy":"a"}}}',
    );
    expect(proxies).toEqual({ default: { httpProxy: 'http://h:1', noProxy: 'a' } });
    expect(problems).toEqual([]);
  });

  it.each([
    ['\ufeff{}', 'cli-bom'],
    ['{"proxies":{"httpProxy":"x"}}', 'cli-proxies-level'],
    ['{"proxies":{"default":{"http-proxy":"x"}}}', 'cli-proxies-name'],
    ['{"proxies":{"default":{"noProxy":["a"]}}}', 'cli-proxies-value'],
    ['{"proxies":[]}', 'cli-proxies-type'],
    ['{"proxies":{"unix:///var/run/docker.sock":{}}}', 'cli-proxies-host'],
    ['[]', 'not-an-object'],
  ])('%s is told as %s, with its place', (text, code) => {
    const problem = parseConfigJson(text).problems.find((one) => one.code === code);
    expect(problem).toMatchObject({ line: 1, column: expect.any(Number), refused: false });
  });

  it('tells where', () => {
    const text =
      '{\n  "auths": {},\n  "proxies": {\n    "default": { "http-proxy": "x" }\n  }\n}\n';
    expect(parseConfigJson(text).problems).toMatchObject([{ line: 4, column: 18 }]);
  });
});

describe('merging into config.json', () => {
  it('puts in the level that is missing, and what stood there', () => {
    const text =
      '{"auths":{},"proxies":{"httpProxy":"http://old:1","ftpProxy":"http://f:1","x":5}}';
    const merged = mergeConfigJson(text, { httpProxy: 'http://new:1' });
    expect(JSON.parse(merged.text)).toEqual({
      auths: {},
      proxies: { default: { httpProxy: 'http://new:1', ftpProxy: 'http://f:1' } },
    });
    expect(parseConfigJson(merged.text).problems).toEqual([]);
    expect(mergeConfigJson(merged.text, { httpProxy: 'http://new:1' }).text).toBe(merged.text);
  });

  it('leaves what is for another daemon', () => {
    const text = '{"proxies":{"tcp://h:2376":{"httpProxy":"y"}}}';
    expect(JSON.parse(mergeConfigJson(text, { noProxy: 'a' }).text).proxies).toEqual({
      'tcp://h:2376': { httpProxy: 'y' },
      default: { noProxy: 'a' },
    });
  });
});
