/**
 * Readers of the formats that have no library, written from their rules rather than from the code
 * under test.
 */

/** What systemd sets for a drop-in: systemd.syntax(7) quoting and systemd.unit(5) specifiers. */
export function readSystemdEnvironment(unit: string): Map<string, string> {
  const environment = new Map<string, string>();
  let section = '';
  for (const line of unit.split('\n')) {
    const header = /^\[(.+)\]$/.exec(line);
    if (header?.[1] !== undefined) section = header[1];
    if (section !== 'Service' || !line.startsWith('Environment=')) continue;
    for (const word of systemdWords(line.slice('Environment='.length))) {
      const text = word.replace(/%(.)/g, (_, specifier: string) => {
        if (specifier !== '%') throw new Error(`a specifier would be replaced: %${specifier}`);
        return '%';
      });
      const at = text.indexOf('=');
      if (at < 1) throw new Error(`not an assignment: ${text}`);
      environment.set(text.slice(0, at), text.slice(at + 1));
    }
  }
  return environment;
}

function systemdWords(text: string): string[] {
  const words: string[] = [];
  let word: string | undefined;
  let quote = '';
  for (let i = 0; i < text.length; i++) {
    const char = text.charAt(i);
    if (char === '\\') {
      const next = text.charAt(++i);
      if (next !== '\\' && next !== '"' && next !== "'") throw new Error(`escape: \\${next}`);
      word = (word ?? '') + next;
    } else if (quote !== '') {
      if (char === quote) quote = '';
      else word = (word ?? '') + char;
    } else if (char === '"' || char === "'") {
      quote = char;
      word ??= '';
    } else if (/\s/.test(char)) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else word = (word ?? '') + char;
  }
  if (quote !== '') throw new Error('unbalanced quote');
  return word === undefined ? words : [...words, word];
}

/** What systemd sets for an `EnvironmentFile=`: systemd `env-file.c`. */
export function readEnvironmentFile(text: string): Map<string, string> {
  const environment = new Map<string, string>();
  for (const line of text.split('\n')) {
    const match = /^(\w+)=(.*)$/.exec(line);
    if (match?.[1] === undefined || match[2] === undefined) continue;
    const quoted = /^"((?:[^"\\]|\\["\\$`])*)"$/.exec(match[2]);
    if (quoted?.[1] === undefined && /["'\\\s]/.test(match[2])) throw new Error(match[2]);
    environment.set(match[1], quoted?.[1]?.replace(/\\(.)/g, '$1') ?? match[2]);
  }
  return environment;
}

/** The argument list of a command typed in PowerShell: about_Parsing, single quotes and words only. */
export function readPowershell(command: string): string[] {
  const joined = command.trim().replace(/ `\n\s*/g, ' ');
  const words: string[] = [];
  let rest = joined;
  while (rest !== '') {
    const quoted = /^'((?:[^'\u2018-\u201b]|(['\u2018-\u201b])\2)*)'(?:\s+|$)/.exec(rest);
    const bare = /^([\w.:/=+-]+)(?:\s+|$)/.exec(rest);
    const match = quoted ?? bare;
    if (match?.[1] === undefined) throw new Error(`cannot read: ${rest}`);
    words.push(quoted ? match[1].replace(/(['\u2018-\u201b])\1/g, '$1') : match[1]);
    rest = rest.slice(match[0].length);
  }
  return words;
}

/** The argument list of a command typed at a cmd.exe prompt. */
export function readCmd(command: string): string[] {
  const joined = command.trim().replace(/ \^\n\s*/g, ' ');
  const words: string[] = [];
  let rest = joined;
  while (rest !== '') {
    const quoted = /^"((?:[^"\\]|\\+"|\\+(?!"))*)"(?:\s+|$)/.exec(rest);
    const bare = /^([^\s"&|<>^]+)(?:\s+|$)/.exec(rest);
    const match = quoted ?? bare;
    if (match?.[1] === undefined) throw new Error(`cannot read: ${rest}`);
    words.push(match[1]);
    rest = rest.slice(match[0].length);
  }
  return words;
}

/** One field of a CSV line, as buildx reads `--driver-opt`. */
export function readCsvField(text: string): string {
  if (!text.startsWith('"')) {
    if (/[",]/.test(text)) throw new Error(`needs quotes: ${text}`);
    return text;
  }
  const inner = /^"((?:[^"]|"")*)"$/.exec(text)?.[1];
  if (inner === undefined) throw new Error(`bad quotes: ${text}`);
  return inner.replaceAll('""', '"');
}
