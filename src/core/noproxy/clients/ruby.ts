import { bypassed, direct, proxied, refused, type Variable } from '../shared/decision.ts';
import { firstSet, get } from '../shared/environment.ts';
import {
  type IPv6,
  parseIPv4,
  parseIPv6,
  parseLooseIPv4,
  samePrefix4,
  samePrefix6,
} from '../shared/ip.ts';
import { memoize } from '../shared/memo.ts';
import { isAscii } from '../shared/text.ts';
import type { BypassList, ClientModel, DecideOptions, Decision, ProxyEnv } from '../types.ts';

type Address = { v4: number } | { v6: IPv6 };

interface Target {
  host: string;
  port: number;
  address: Address | undefined;
}

/**
 * Ruby's `URI#find_proxy` (open-uri and many libraries): judges the resolved address too.
 *
 * Source: ruby/uri `lib/uri/generic.rb` `find_proxy`, `use_proxy?`, Ruby 3.3.8 with uri 0.13.
 */
export const ruby: ClientModel = (env, options) => compileRuby(env, options, false);

/** Ruby's Net::HTTP, which always asks as if the target were http://. `net/http.rb` `proxy_uri`. */
export const rubyNetHttp: ClientModel = (env, options) => compileRuby(env, options, true);

function compileRuby(env: ProxyEnv, options: DecideOptions, netHttp: boolean) {
  const listVariable = firstSet(env, 'no_proxy', 'NO_PROXY');
  const list = compileList(listVariable?.value ?? '');
  const proxies = {
    http: httpProxy(env),
    https: firstSet(env, 'https_proxy', 'HTTPS_PROXY'),
  };
  return (url: string): Decision => {
    const parsed = parseUri(url);
    if (typeof parsed === 'string') return refused('url-refused', parsed);
    const { host, port } = parsed;
    const proxy = proxies[netHttp ? 'http' : parsed.scheme];
    if (!proxy) return direct('no-proxy-set', { host });
    if (proxy.value === '') return direct('empty-variable', { variable: proxy.name, host });
    const address = resolve(host, options);
    if (address && isLoopback(address)) return direct('loopback', { host });
    const position = list.find({ host, port, address });
    if (position >= 0) return bypassed(list.entries[position] ?? '', listVariable, host);
    if (!isUri(proxy.value)) return refused('proxy-value-refused', 'bad URI', proxy.name);
    return proxied(proxy, listVariable, host);
  };
}

/** The CGI guard: with REQUEST_METHOD set, http_proxy counts only where HTTP_PROXY can't be it. */
function httpProxy(env: ProxyEnv): Variable | undefined {
  if (get(env, 'REQUEST_METHOD') === undefined) return firstSet(env, 'http_proxy', 'HTTP_PROXY');
  return firstSet(env, 'http_proxy') ?? firstSet(env, 'CGI_HTTP_PROXY');
}

/** What `IPSocket.getaddress` answers without asking the network, or what the caller knows. */
function resolve(host: string, options: DecideOptions): Address | undefined {
  const loose = parseLooseIPv4(host);
  if (loose >= 0) return { v4: loose };
  const text = parseIPv6(host) ? host : lookUp(host, options);
  if (text === undefined) return undefined;
  const v6 = parseIPv6(text);
  if (v6) return { v6 };
  const v4 = parseIPv4(text);
  return v4 >= 0 ? { v4 } : undefined;
}

function lookUp(host: string, options: DecideOptions): string | undefined {
  const known = options.resolve?.(host) ?? options.resolve?.(host.toLowerCase());
  if (known !== undefined) return known;
  if (/^localhost$/i.test(host)) return '127.0.0.1';
  return /^ip6-(?:localhost|loopback)$/i.test(host) ? '::1' : undefined;
}

function isLoopback(address: Address): boolean {
  if ('v4' in address) return address.v4 >>> 24 === 127;
  return address.v6.every((group, i) => group === (i === 7 ? 1 : 0));
}

interface Entry {
  name: string;
  port: number | undefined;
  subnet: { address: Address; bits: number } | undefined;
}

/** `use_proxy?`: comma, white space and `:` end an entry, digits after a `:` are its port. */
const compileList = memoize((value: string): BypassList<Target> => {
  const entries: string[] = [];
  const rules: Entry[] = [];
  const scan = /([^:,\s]+)(?::(\d+))?/g;
  for (const match of value.matchAll(scan)) {
    const name = match[1] ?? '';
    entries.push(match[0]);
    rules.push({
      name: name.toLowerCase(),
      port: match[2] === undefined ? undefined : Number(match[2]),
      subnet: parseSubnet(name),
    });
  }
  return {
    entries,
    find({ host, port, address }) {
      const name = host.toLowerCase();
      const dotted = `.${name}`;
      return rules.findIndex((rule) => {
        if (rule.port !== undefined && rule.port !== port) return false;
        if (
          rule.name.startsWith('.') ? name.endsWith(rule.name) : dotted.endsWith(`.${rule.name}`)
        ) {
          return true;
        }
        return address !== undefined && rule.subnet !== undefined && covers(rule.subnet, address);
      });
    },
  };
});

/** `IPAddr.new` of an entry: an address, a prefix without leading zeros, or a mask. */
function parseSubnet(text: string): Entry['subnet'] {
  const slash = text.indexOf('/');
  const address = parseIPv4(slash < 0 ? text : text.slice(0, slash));
  if (address < 0) return undefined;
  const mask = slash < 0 ? '32' : text.slice(slash + 1);
  let bits = -1;
  if (/^(?:0|[1-9]\d*)$/.test(mask)) {
    bits = Number(mask);
  } else {
    const quad = parseIPv4(mask);
    if (quad < 0) return undefined;
    const inverse = ~quad >>> 0;
    if (((inverse + 1) & inverse) !== 0) return undefined;
    bits = 32 - Math.round(Math.log2(inverse + 1));
  }
  return bits >= 0 && bits <= 32 ? { address: { v4: address }, bits } : undefined;
}

function covers(subnet: { address: Address; bits: number }, address: Address): boolean {
  if ('v4' in subnet.address) {
    return 'v4' in address && samePrefix4(subnet.address.v4, address.v4, subnet.bits);
  }
  return 'v6' in address && samePrefix6(subnet.address.v6, address.v6, subnet.bits);
}

const CHARS = '!$&-.0-9;=A-Z_a-z~';
const SEGMENT = `(?:%[0-9A-Fa-f]{2}|[${CHARS}:@/])`;
const AUTHORITY = `(?:(?:%[0-9A-Fa-f]{2}|[${CHARS}:])*@)?(\\[[^\\]]*\\]|(?:%[0-9A-Fa-f]{2}|[${CHARS}])*)(?::([0-9]*))?`;
const URI = new RegExp(
  `^([A-Za-z][+\\-.0-9A-Za-z]*):(?://${AUTHORITY}(?:/${SEGMENT}*)?|/(?!/)${SEGMENT}*|(?!/)${SEGMENT}+|)(?:\\?[^#]*)?(?:#(?:${SEGMENT}|\\?)*)?$`,
);
const RELATIVE = new RegExp(
  `^(?://${AUTHORITY}(?:/${SEGMENT}*)?|/(?!/)${SEGMENT}*|(?:%[0-9A-Fa-f]{2}|[${CHARS}@])+(?:/${SEGMENT}*)?|)(?:\\?[^#]*)?(?:#(?:${SEGMENT}|\\?)*)?$`,
);

interface RubyUri {
  scheme: 'http' | 'https';
  host: string;
  port: number;
}

/** `URI.parse` of an http(s) URL (RFC 3986, ASCII alone). */
const parseUri = memoize((text: string): RubyUri | string => {
  if (!isAscii(text)) return 'URI must be ascii only';
  const match = URI.exec(text);
  if (!match) return 'bad URI';
  const scheme = (match[1] ?? '').toLowerCase();
  const host = match[2] ?? '';
  if (host.startsWith('[') && !isLiteral(host)) return 'bad URI';
  if ((scheme !== 'http' && scheme !== 'https') || host === '') return 'not an HTTP URI';
  const port = match[3] ? Number(match[3]) : scheme === 'https' ? 443 : 80;
  return { scheme, host: host.replace(/^\[([\s\S]*)\]$/, '$1'), port };
}, 4096);

function isLiteral(host: string): boolean {
  const text = host.slice(1, -1);
  return parseIPv6(text) !== undefined || /^v[0-9A-Fa-f]+\.[!$&-.0-9:;=A-Z_a-z~]+$/.test(text);
}

/** True where `URI.parse` takes a proxy value; one without a scheme is an opaque URI, and fine. */
function isUri(text: string): boolean {
  if (!isAscii(text)) return false;
  const match = URI.exec(text);
  if (match) return !match[2]?.startsWith('[') || isLiteral(match[2]);
  const relative = RELATIVE.exec(text);
  return relative !== null && (!relative[1]?.startsWith('[') || isLiteral(relative[1]));
}
