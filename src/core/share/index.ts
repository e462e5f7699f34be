/**
 * A versioned state in a URL hash: `v=1&target=rootless&mirror=https%3A%2F%2Fm.example`.
 *
 * Only what differs from the defaults is written, in the order of the fields, so equal states give
 * equal links. Old links keep working: `migrate[n]` turns the parameters of version n into those of
 * n + 1. What a codec has no field for (a password, say) can't get into a link, nor can the login of a URL,
 * whichever field it was typed into.
 */

/** How one property of the state is written. */
export interface Field<Value> {
  /** The parameter's name in the link. */
  readonly key: string;
  /** The text for a value; undefined where it is the default and stays out. */
  encode(value: Value): string | undefined;
  /** The value of a text; undefined where the text means nothing. */
  decode(text: string): Value | undefined;
}

export interface CodecOptions<State extends object> {
  /** The version written, from 1. */
  readonly version: number;
  /** One field per property that a link may carry, in the order they are written. */
  readonly fields: { readonly [Key in keyof State]?: Field<Exclude<State[Key], undefined>> };
  /** From version n to n + 1. */
  readonly migrate?: Readonly<Record<number, (parameters: URLSearchParams) => URLSearchParams>>;
}

export interface Decoded<State extends object> {
  /** What the link says; the rest is left to the defaults. */
  readonly state: Partial<State>;
  /** Parameters this version has no field for. */
  readonly unknown: readonly string[];
  /** What could not be read, as sentences for the reader. */
  readonly problems: readonly string[];
}

export interface Codec<State extends object> {
  /** The hash without `#`; empty where all is default. */
  encode(state: Partial<State>): string;
  /** Reads a hash, with or without `#`. Never throws. */
  decode(hash: string): Decoded<State>;
}

/** Makes the codec of one tool's state. */
export function createCodec<State extends object>(options: CodecOptions<State>): Codec<State> {
  const { version, fields, migrate = {} } = options;
  const names = Object.keys(fields) as (keyof State & string)[];

  return {
    encode(state) {
      const parts: string[] = [];
      for (const name of names) {
        const value = state[name];
        const field = fields[name];
        if (value === undefined || !field) continue;
        const text = field.encode(value as Exclude<State[typeof name], undefined>);
        if (text !== undefined) parts.push(`${field.key}=${encodeText(withoutLogins(text))}`);
      }
      return parts.length === 0 ? '' : [`v=${version}`, ...parts].join('&');
    },

    decode(hash) {
      const problems: string[] = [];
      const text = hash.replace(/^#/, '');
      let parameters = new URLSearchParams(text.replaceAll('+', '%2B'));
      const written = parameters.get('v');
      let from = written === null ? version : Number(written);
      if (!Number.isInteger(from) || from < 1) {
        problems.push(`链接的版本号「${written}」无法识别，按当前版本读取。`);
        from = version;
      } else if (from > version) {
        problems.push('链接来自更新的版本，只读取了认识的部分。');
      }
      for (; from < version; from++) parameters = migrate[from]?.(parameters) ?? parameters;

      const state: Partial<State> = {};
      const known = new Set(['v']);
      for (const name of names) {
        const field = fields[name];
        if (!field) continue;
        known.add(field.key);
        const raw = parameters.get(field.key);
        if (raw === null) continue;
        const value = field.decode(raw);
        if (value === undefined) problems.push(`链接里的「${field.key}」无法识别，已忽略。`);
        else state[name] = value;
      }
      const unknown = [...new Set(parameters.keys())].filter((key) => !known.has(key));
      return { state, unknown, problems };
    },
  };
}

/** A text whose URLs have lost their user names and passwords. */
function withoutLogins(text: string): string {
  return text.replace(/((?:[a-z][a-z0-9+.-]*:)?\/\/)[^\s,/?#]*@/gi, '$1');
}

/** Text that differs from the default. */
export function textField(key: string, fallback = ''): Field<string> {
  return {
    key,
    encode: (value) => (value === fallback ? undefined : value),
    decode: (text) => text,
  };
}

/** One of a list of words. */
export function choiceField<Word extends string>(
  key: string,
  words: readonly Word[],
  fallback: Word,
): Field<Word> {
  return {
    key,
    encode: (value) => (value === fallback ? undefined : value),
    decode: (text) => words.find((word) => word === text),
  };
}

/** A list of texts, empty by default, one a line in the link. */
export function listField(key: string): Field<string[]> {
  return {
    key,
    encode: (value) => (value.length === 0 ? undefined : value.join('\n')),
    decode: (text) => text.split('\n'),
  };
}

/** Like encodeURIComponent, but keeps what reads well in a hash and never throws. */
function encodeText(text: string): string {
  return encodeURIComponent(text.toWellFormed()).replace(/%(?:3A|2F|2C|40|5B|5D)/g, (code) =>
    decodeURIComponent(code),
  );
}
