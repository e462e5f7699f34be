import { bypassed, direct, proxied, refused, type Variable } from '../shared/decision.ts';
import { firstFilled } from '../shared/environment.ts';
import { HostIndex, positionOrNone, SubnetIndex } from '../shared/host-index.ts';
import { toAscii } from '../shared/idna.ts';
import { parseIPv6, parseLooseIPv4 } from '../shared/ip.ts';
import { memoize } from '../shared/memo.ts';
import { splitFilled } from '../shared/split.ts';
import { isAscii } from '../shared/text.ts';
import { tidyDomains, tidyEndings } from '../shared/tidy.ts';
import type { BypassList, ClientModel, Decision, ProxyEnv } from '../types.ts';
import { getproxies, hostAndPort, lstrip, pythonInt, unquote, urlsplit } from './python.ts';
import { compileUrllibList } from './python-urllib.ts';

type Era = '2.34' | '2.33';

interface Target {
  host: string;
  /** Host, with the port where one is written. */
  hostWithPort: string;
  v4: number;
}

/**
 * requests 2.34.0 and later: names end at a dot.
 *
 * Source: psf/requests `utils.py` `should_bypass_proxies`, `select_proxy`, `models.py`
 * `prepare_url`, requests 2.34.2 with urllib3 2.8.
 */
export const pythonRequests: ClientModel = (env) => compileRequests(env, '2.34');

/** requests up to 2.33 (pip 23 and 24 carry it): names are plain suffixes. Requests 2.32.3. */
export const pythonRequests2_33: ClientModel = (env) => compileRequests(env, '2.33');

function compileRequests(env: ProxyEnv, era: Era) {
  const proxies = getproxies(env);
  const own = firstFilled(env, 'no_proxy', 'NO_PROXY');
  const list = LISTS[era](own?.value ?? '');
  // What requests' own rules let through, urllib's rules see once more.
  const second: Variable | undefined = proxies.get('no');
  const urllib = compileUrllibList(second?.value ?? '');
  const parse = PARSERS[era];
  return (url: string): Decision => {
    const parsed = parse(url);
    if (typeof parsed === 'string') return refused('url-refused', parsed);
    const { scheme, target } = parsed;
    const { host } = target;
    const position = list.find(target);
    if (position >= 0) return bypassed(list.entries[position] ?? '', own, host);
    const again = urllib.find(host);
    if (again >= 0) return bypassed(urllib.entries[again] ?? '', second, host);
    const proxy = proxies.get(scheme) ?? proxies.get('all');
    if (!proxy) return direct('no-proxy-set', { host });
    return proxied(proxy, own ?? second, host);
  };
}

function compileList(value: string, era: Era): BypassList<Target> {
  const entries = splitFilled(value.replaceAll(' ', ''));
  const tidy = era === '2.33' ? tidyEndings(value) : tidyDomains(value);
  const names = tidy ?? new HostIndex();
  const addresses = new HostIndex();
  const subnets = new SubnetIndex();
  entries.forEach((entry, position) => {
    const first = entry.charCodeAt(0);
    // Only what starts with a digit can be, or equal, what inet_aton takes for an address.
    if (first >= 48 && first <= 57 && !addCidr(entry, position, subnets)) {
      addresses.addExact(entry, position);
    }
    if (tidy) return;
    if (era === '2.33') names.addEnding(entry, position);
    else names.addDomain(first === 46 ? entry.replace(/^\.+/, '') : entry, position);
  });
  return {
    entries,
    find({ host, hostWithPort, v4 }) {
      if (v4 >= 0) return positionOrNone(Math.min(subnets.findIPv4(v4), addresses.find(host)));
      return positionOrNone(Math.min(names.find(host), names.find(hostWithPort)));
    },
  };
}

const LISTS: Record<Era, (value: string) => BypassList<Target>> = {
  '2.34': memoize((value) => compileList(value, '2.34')),
  '2.33': memoize((value) => compileList(value, '2.33')),
};

/** `is_valid_cidr` and `address_in_network`; false where the entry is something else. */
function addCidr(entry: string, position: number, index: SubnetIndex): boolean {
  if (!entry.includes('/')) return false;
  const parts = entry.split('/');
  if (parts.length !== 2) return false;
  const bits = pythonInt(parts[1] ?? '');
  if (bits === undefined || bits < 1 || bits > 32) return false;
  const address = parseLooseIPv4(parts[0] ?? '');
  if (address < 0) return false;
  index.addIPv4(address, bits, position);
  return true;
}

type Parsed = { scheme: string; target: Target } | string;

const PARSERS: Record<Era, (url: string) => Parsed> = {
  '2.34': memoize((url) => prepareUrl(url, '2.34'), 4096),
  '2.33': memoize((url) => prepareUrl(url, '2.33'), 4096),
};

/** `PreparedRequest.prepare_url`, then `urlparse` of what it prepared. */
function prepareUrl(text: string, era: Era): Parsed {
  const url = lstrip(text);
  const match = /^(?:([A-Za-z][A-Za-z0-9+.-]*):)?(?:\/\/([^\\/?#]*))?/.exec(
    /^(?:[A-Za-z][A-Za-z0-9+-]*:|\/)/.test(url) ? url : `//${url}`,
  );
  const scheme = (match?.[1] ?? '').toLowerCase();
  if (scheme !== 'http' && scheme !== 'https') return 'No connection adapters were found';
  let authority = match?.[2] ?? '';
  // Before 2.34's urllib3 the expression's $ lets a line break at the very end pass.
  if (era === '2.33') authority = authority.replace(/(\]|:[0-9]*)\n$/, '$1');
  const at = authority.lastIndexOf('@');
  // A name and a password become a header, which is Latin-1.
  const credentials = authority.slice(0, Math.max(at, 0));
  if (credentials.includes(':') && /[^\0-\xff]/.test(unquote(credentials))) {
    return 'user name or password is not Latin-1';
  }
  const hostPort =
    /^([^[\]%:/?#]*(?:%[0-9a-fA-F]{2}[^[\]%:/?#]*)*|\[[^\]]*\])(?::0*?(|0|[1-9][0-9]{0,4}))?$/.exec(
      authority.slice(at + 1),
    );
  if (!hostPort) return 'not a valid host or port';
  const port = hostPort[2] ?? '';
  if (Number(port) > 65535) return 'not a valid port';
  const host = normalizeHost(hostPort[1] ?? '', era);
  if (host.error !== undefined) return host.error;
  if (host.text === '') return 'No host supplied';
  if (host.text.startsWith('*') || host.text.startsWith('.')) return 'URL has an invalid label';
  const split = urlsplit(`${scheme}://${requote(host.text)}${port === '' ? '' : `:${port}`}/`);
  if (typeof split === 'string') return split;
  const [name, written] = hostAndPort(split.netloc);
  return {
    scheme,
    target: {
      host: name,
      hostWithPort: written === '' || written === '0' ? name : `${name}:${written}`,
      v4: parseLooseIPv4(name),
    },
  };
}

type HostResult = { text: string; error?: undefined } | { error: string };

/** urllib3's `_normalize_host`, then requests' quoting of what is left of percent signs. */
function normalizeHost(host: string, era: Era): HostResult {
  const strict = era === '2.34';
  if (strict && /[\0-\x20\x7f]/.test(host)) return { error: 'invalid character in the host' };
  if (host.startsWith('[')) {
    const literal =
      /^\[([0-9A-Fa-f:.]+)(?:(?:%25|%)((?:[A-Za-z0-9._\-~]|%[0-9A-Fa-f]{2})+))?\]$/.exec(host);
    if (!literal || !parseIPv6(looseQuad(literal[1] ?? ''))) return { error: 'not a valid host' };
    const address = (literal[1] ?? '').toLowerCase();
    return { text: literal[2] ? `[${address}${requoteZone(literal[2])}]` : `[${address}]` };
  }
  if (/^[0-9]{1,3}(?:\.[0-9]{1,3}){3}$/.test(host)) return { text: host };
  let name = host;
  if (strict) {
    for (const [quoted] of name.matchAll(/%[0-9A-Fa-f]{2}/g)) {
      const code = Number.parseInt(quoted.slice(1), 16);
      if (code < 0x20 || code === 0x7f) return { error: 'invalid character in the host' };
    }
  }
  name = name.replace(/%[0-9A-Fa-f]{2}/g, (quoted) => {
    const letter = String.fromCharCode(Number.parseInt(quoted.slice(1), 16));
    // urllib3 keeps the escape, requests' requote_uri then unquotes the unreserved ones.
    return /[A-Za-z0-9._~-]/.test(letter) ? letter : quoted.toUpperCase();
  });
  const labels = name.split('.').map(idnaLabel);
  if (labels.includes(undefined)) return { error: 'not a valid IDNA label' };
  return { text: labels.join('.') };
}

/** `requote_uri`: what is not legal in a URL is escaped, so a blank in a host stays in the name. */
function requote(host: string): string {
  return host.replace(/[^A-Za-z0-9._~!#$%&'()*+,/:;=?@[\]-]/g, (letter) =>
    encodeURIComponent(letter),
  );
}

/** urllib3 leaves a bare % before the zone, requests' `requote_uri` reads it as an escape. */
function requoteZone(zone: string): string {
  const pair = zone.slice(0, 2);
  if (!/^[A-Za-z0-9]{2}$/.test(pair)) return `%${zone}`;
  if (!/^[0-9A-Fa-f]{2}$/.test(pair)) return `%25${zone}`;
  const letter = String.fromCharCode(Number.parseInt(pair, 16));
  return /[A-Za-z0-9._~-]/.test(letter) ? `${letter}${zone.slice(2)}` : `%${zone}`;
}

/** The regular expression for IPv6 takes a dotted quad of up to three digits each, even 999. */
function looseQuad(address: string): string {
  return address.replace(/(?:[0-9]{1,3}\.){3}[0-9]{1,3}$/, '0.0.0.0');
}

/** `idna.encode(label.lower(), strict=True, std3_rules=True)` of a label that is not ASCII. */
function idnaLabel(label: string): string | undefined {
  if (isAscii(label)) return label.toLowerCase();
  const lower = label.toLowerCase();
  // IDNA 2008 maps nothing: a letter that NFKC or case folding would change is refused.
  if (lower !== lower.normalize('NFKC').toLowerCase().normalize('NFKC')) return undefined;
  if (!/^[\p{L}\p{M}\p{Nd}\-·׳״]+$/u.test(lower)) return undefined;
  return toAscii(lower, { std3: true, checkHyphens: true });
}
