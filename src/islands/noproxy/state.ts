import { mayHoldLogin } from '#core/config/secrets.ts';
import { createCodec, type Field, textField } from '#core/share/index.ts';

/** What the reader has set. Lower-case values count for both names unless `split` is on. */
export interface State {
  noProxy: string;
  httpProxy: string;
  httpsProxy: string;
  allProxy: string;
  /** The two letter cases are set apart. */
  split: boolean;
  upperNoProxy: string;
  upperHttpProxy: string;
  upperHttpsProxy: string;
  upperAllProxy: string;
  /** -Dhttp.nonProxyHosts; empty where it is not set. */
  java: string;
  targets: string;
  /** Registry mirrors, one a line. */
  mirrors: string;
  /** Every recorded version instead of the usual ones. */
  all: boolean;
}

export const defaults: State = {
  noProxy: 'localhost,127.0.0.1,*.corp.example,10.0.0.0/8,registry.corp.example:5000',
  httpProxy: 'http://proxy.corp.example:3128',
  httpsProxy: 'http://proxy.corp.example:3128',
  allProxy: '',
  split: false,
  upperNoProxy: '',
  upperHttpProxy: '',
  upperHttpsProxy: '',
  upperAllProxy: '',
  java: '',
  targets:
    'https://git.corp.example\nhttps://registry.corp.example:5000/v2/\nhttp://10.1.2.3\nnginx',
  mirrors: '',
  all: false,
};

/** A proxy value without its user name and password. */
export function withoutLogin(value: string): string {
  return value.replace(/^((?:[a-z][a-z0-9+.-]*:)?\/\/)?[\s\S]*@/i, '$1');
}

const flag = (key: string): Field<boolean> => ({
  key,
  encode: (value) => (value ? '1' : undefined),
  decode: (text) => (text === '1' ? true : undefined),
});
const filtered = (filter: (value: string) => string) => (key: string, fallback?: string) => {
  const field = textField(key, fallback);
  return { ...field, encode: (value: string) => field.encode(filter(value)) };
};
/** Nothing of a proxy that may be a login still being typed: `http://user:pass`, without its `@`. */
const proxy = filtered((value) => {
  const open = withoutLogin(value);
  const authority = open.replace(/^[a-z][a-z0-9+.-]*:\/\//i, '');
  return mayHoldLogin(open) || /^[^/[]*:(?!\d*(?:\/|$))/.test(authority) ? '' : open;
});
/** Addresses without user info and without a query, which may be a token and decides nothing. */
const addresses = filtered((value) =>
  value.replace(/(:\/\/)[^\s/?#]*@/g, '$1').replace(/(:\/\/[^\s?#]*)[?#]\S*/g, '$1'),
);
/** How the state is written into the link: no login ever gets in. */
export const codec = createCodec<State>({
  version: 1,
  fields: {
    noProxy: addresses('no', defaults.noProxy),
    httpProxy: proxy('http', defaults.httpProxy),
    httpsProxy: proxy('https', defaults.httpsProxy),
    allProxy: proxy('all', defaults.allProxy),
    split: flag('split'),
    upperNoProxy: addresses('NO'),
    upperHttpProxy: proxy('HTTP', ''),
    upperHttpsProxy: proxy('HTTPS', ''),
    upperAllProxy: proxy('ALL', ''),
    java: textField('java'),
    targets: addresses('to', defaults.targets),
    mirrors: addresses('mirror'),
    all: flag('every'),
  },
});

/** The environment that the inputs describe, and Java's own property. */
export function environmentOf(state: State): Record<string, string> {
  const env: Record<string, string> = {};
  const pairs = [
    ['no_proxy', state.noProxy, state.upperNoProxy],
    ['http_proxy', state.httpProxy, state.upperHttpProxy],
    ['https_proxy', state.httpsProxy, state.upperHttpsProxy],
    ['all_proxy', state.allProxy, state.upperAllProxy],
  ] as const;
  for (const [name, lower, apart] of pairs) {
    const upper = state.split ? apart : lower;
    if (upper !== '') env[name.toUpperCase()] = upper;
    if (lower !== '') env[name] = lower;
  }
  if (state.java !== '') env['http.nonProxyHosts'] = state.java;
  return env;
}
