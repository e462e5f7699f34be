import { bypassed, direct, proxied, refused, type Variable } from '../shared/decision.ts';
import { firstSet, get } from '../shared/environment.ts';
import { positionOrNone, SubnetIndex } from '../shared/host-index.ts';
import { type IPv6, parseIPv4, parseIPv6, parseLooseIPv4, samePrefix4 } from '../shared/ip.ts';
import { memoize } from '../shared/memo.ts';
import { PortedIndex } from '../shared/ported-index.ts';
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
    const address = parsed.literal ?? lookUp(host, options);
    if (address && isLoopback(address)) return direct('loopback', { host });
    const position = list.find({ host: parsed.lower, port, address });
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

/** A host written as an address, in any form that the C library reads. */
function literalAddress(host: string): Address | undefined {
  const v4 = parseLooseIPv4(host);
  if (v4 >= 0) return { v4 };
  const v6 = parseIPv6(host);
  return v6 ? { v6 } : undefined;
}

/** What `IPSocket.getaddress` answers for a name: the machine's own names, or what is known. */
function lookUp(host: string, options: DecideOptions): Address | undefined {
  const known = options.resolve?.(host) ?? options.resolve?.(host.toLowerCase());
  if (known !== undefined) return literalAddress(known);
  if (/^localhost$/i.test(host)) return { v4: 0x7f000001 };
  return /^ip6-(?:localhost|loopback)$/i.test(host) ? literalAddress('::1') : undefined;
}

function isLoopback(address: Address): boolean {
  if ('v4' in address) return address.v4 >>> 24 === 127;
  return address.v6.every((group, i) => group === (i === 7 ? 1 : 0));
}

interface Subnet {
  address: number;
  bits: number;
}

/** Port 0 stands for none in the index; as a written port it fits no URL. */
const NEVER = 65536;

/** `use_proxy?`: comma, white space and `:` end an entry, digits after a `:` are its port. */
const compileList = memoize((value: string): BypassList<Target> => {
  const entries: string[] = [];
  const names = new PortedIndex();
  const subnets = new SubnetIndex();
  const withPort: (Subnet & { port: number; position: number })[] = [];
  const scan = /([^:,\t-\r ]+)(?::([0-9]+))?/g;
  for (let match = scan.exec(value); match; match = scan.exec(value)) {
    const text = match[1] ?? '';
    const port = match[2] === undefined ? 0 : Number(match[2]) || NEVER;
    const position = entries.length;
    entries.push(match[0]);
    const name = text.toLowerCase();
    if (name.startsWith('.')) names.addBelow(name.slice(1), port, position);
    else names.addDomain(name, port, position);
    const first = text.charCodeAt(0);
    const subnet = first >= 48 && first <= 57 ? parseSubnet(text) : undefined;
    if (!subnet) continue;
    if (port === 0) subnets.addIPv4(subnet.address, subnet.bits, position);
    else withPort.push({ ...subnet, port, position });
  }
  return {
    entries,
    find({ host, port, address }) {
      let best = names.find(host, port);
      if (address && 'v4' in address) {
        best = Math.min(best, subnets.findIPv4(address.v4));
        const ported = withPort.find(
          (entry) => entry.port === port && samePrefix4(entry.address, address.v4, entry.bits),
        );
        if (ported) best = Math.min(best, ported.position);
      }
      return positionOrNone(best);
    },
  };
});

/** `IPAddr.new` of an entry: an address, a prefix without leading zeros, or a mask. */
function parseSubnet(text: string): Subnet | undefined {
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
  return bits >= 0 && bits <= 32 ? { address, bits } : undefined;
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
  literal: Address | undefined;
  lower: string;
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
  const name = host.replace(/^\[([\s\S]*)\]$/, '$1');
  return { scheme, host: name, port, literal: literalAddress(name), lower: name.toLowerCase() };
}, 4096);

function isLiteral(host: string): boolean {
  const text = host.slice(1, -1);
  return parseIPv6(text) !== undefined || /^v[0-9A-Fa-f]+\.[!$&-.0-9:;=A-Z_a-z~]+$/.test(text);
}

/** True where `URI.parse` takes a proxy value; one without a scheme is an opaque URI, and fine. */
const isUri = memoize((text: string): boolean => {
  if (!isAscii(text)) return false;
  const match = URI.exec(text);
  if (match) return !match[2]?.startsWith('[') || isLiteral(match[2]);
  const relative = RELATIVE.exec(text);
  return relative !== null && (!relative[1]?.startsWith('[') || isLiteral(relative[1]));
});
