import fc from 'fast-check';
import { parse as parseToml } from 'smol-toml';
import { describe, expect, it } from 'vitest';
import { parse as parseYaml } from 'yaml';
import { cmdWord } from '../../../src/core/config/escape/cmd.ts';
import { environmentFileLine } from '../../../src/core/config/escape/env-file.ts';
import { jsonFile, jsonLines } from '../../../src/core/config/escape/json.ts';
import {
  powershellHereString,
  powershellString,
} from '../../../src/core/config/escape/powershell.ts';
import { hereDocument, shPath, shWord } from '../../../src/core/config/escape/sh.ts';
import { environmentLine } from '../../../src/core/config/escape/systemd.ts';
import { tomlString } from '../../../src/core/config/escape/toml.ts';
import { decodeUserInfo, encodeUserInfo } from '../../../src/core/config/escape/url.ts';
import { yamlString } from '../../../src/core/config/escape/yaml.ts';
import { readCmd, readEnvironmentFile, readPowershell, readSystemdEnvironment } from './readers.ts';
import { runShell } from './shell.ts';

const text = fc.string({ unit: 'binary', maxLength: 30 });
/** Any text on one line, as unit files and command lines hold it. */
const line = fc
  .string({ unit: 'grapheme', maxLength: 30 })
  .filter((value) => !/[\0-\x1f\x7f\u2028\u2029]/.test(value));

describe('systemd', () => {
  it.each([
    ['p%40ss', 'Environment="A=p%%40ss"'],
    ['%E4%BD%A0', 'Environment="A=%%E4%%BD%%A0"'],
    ['a"b\\c', 'Environment="A=a\\"b\\\\c"'],
    ['$HOME $X', 'Environment="A=$HOME $X"'],
  ])('writes %s', (value, expected) => {
    expect(environmentLine('A', value)).toBe(expected);
  });

  it('gives every value back', () => {
    fc.assert(
      fc.property(line, (value) => {
        const unit = `[Service]\n${environmentLine('NAME', value)}\n`;
        expect(readSystemdEnvironment(unit)).toEqual(new Map([['NAME', value]]));
      }),
    );
  });

  it('gives every value back from an environment file', () => {
    fc.assert(
      fc.property(line, (value) => {
        expect(readEnvironmentFile(environmentFileLine('NAME', value)).get('NAME')).toBe(value);
      }),
    );
  });
});

describe.each(['bash', 'sh'])('%s', (shell) => {
  it('gives every word back', () => {
    const words = fc.sample(
      text.filter((word) => !word.includes('\0')),
      { numRuns: 300, seed: 7 },
    );
    const script = words.map((word) => `printf '%s\\0' ${shWord(word)}`).join('\n');
    const printed = runShell(script, shell).split('\0').slice(0, -1);
    // A shell works on bytes, where an unpaired surrogate can't be.
    expect(printed).toEqual(words.map((word) => word.toWellFormed()));
  });

  it('passes here-documents on unchanged', () => {
    const texts = ['a\n', 'EOF\n', '$HOME `x` \\ \n\n', 'EOF\nEOF_2\n', '\'"\n', '中文 😀\n'];
    const script = texts
      .map((body) => {
        const here = hereDocument(body);
        return `cat ${here.operator}\n${here.body}\nprintf '\\0'`;
      })
      .join('\n');
    expect(runShell(script, shell).split('\0').slice(0, -1)).toEqual(texts);
  });

  it('keeps ~ meaningful and the rest of a path literal', () => {
    const script = `HOME=/h; printf '%s' ${shPath("~/a b/$x'y")}`;
    expect(runShell(script, shell)).toBe("/h/a b/$x'y");
  });
});

describe('PowerShell', () => {
  it('gives every word back', () => {
    fc.assert(
      fc.property(line, (word) => {
        expect(readPowershell(powershellString(word))).toEqual([word]);
      }),
    );
  });

  it('doubles typographic quotes, which end a string too', () => {
    expect(powershellString("a'b‘c’d")).toBe("'a''b‘‘c’’d'");
  });

  it('never lets a line end a here-string early', () => {
    expect(powershellHereString('a\nb')).toBe("@'\na\nb\n'@");
    expect(powershellHereString("a\n'@; evil")).toBe("'a\n''@; evil'");
  });
});

describe('cmd', () => {
  it.each([
    ['plain', 'prompt', 'plain'],
    ['a b', 'prompt', '"a b"'],
    ['p%40ss', 'prompt', 'p%40ss'],
    ['p%40ss', 'batch', 'p%%40ss'],
    ['a&b', 'prompt', '"a&b"'],
    ['end\\ ', 'prompt', '"end\\ "'],
    ['a b\\', 'prompt', '"a b\\\\"'],
  ] as const)('writes %s at a %s', (word, where, expected) => {
    expect(cmdWord(word, where)).toBe(expected);
  });

  it('gives encoded values back', () => {
    fc.assert(
      fc.property(line.map(encodeUserInfo), (word) => {
        fc.pre(word !== '');
        expect(readCmd(cmdWord(`A=http://u:${word}@h`))).toEqual([`A=http://u:${word}@h`]);
      }),
    );
  });
});

describe('TOML, YAML, URL', () => {
  it('gives every text back', () => {
    fc.assert(
      fc.property(text, (value) => {
        const expected = value.toWellFormed();
        expect(parseToml(`a = ${tomlString(value)}`).a).toBe(expected);
        expect(parseYaml(`a: ${yamlString(value)}`).a).toBe(expected);
        expect(parseYaml(`a: ${yamlString(value)}`, { version: '1.1' }).a).toBe(expected);
        expect(decodeUserInfo(encodeUserInfo(value))).toBe(expected);
        expect(encodeUserInfo(value)).toMatch(/^[\w.~%-]*$/);
      }),
    );
  });
});

describe('JSON', () => {
  it('finds the line of every key', () => {
    const file = jsonFile({ a: 1, b: { c: ['x', 'y: "{'], d: true }, 'e.f': [] });
    const lines = file.split('\n');
    expect([...jsonLines(file)].map(([path, number]) => [path, lines[number - 1]?.trim()])).toEqual(
      [
        ['a', '"a": 1,'],
        ['b', '"b": {'],
        ['b.c', '"c": ['],
        ['b.c.0', '"x",'],
        ['b.c.1', '"y: \\"{"'],
        ['b.d', '"d": true'],
        ['e.f', '"e.f": []'],
      ],
    );
  });

  it('never fails, whatever the text', () => {
    fc.assert(fc.property(fc.oneof(text, fc.json()), (value) => jsonLines(value) instanceof Map));
  });
});
