import { classifyAddress, isProxyPort, isServicePort } from './addresses.ts';
import {
  authority,
  imageOf,
  isPackageTool,
  mirrorOf,
  registryHost,
  registryOf,
  type Target,
  targetOf,
  urlsIn,
} from './context.ts';
import { isMasked } from './normalise.ts';
import { ruleById } from './rules/index.ts';
import type { Facts, Match, Rule, Surroundings } from './types.ts';

/** A match with what it's about; the rule may be another one than matched. */
export interface Refined {
  readonly rule: Rule;
  readonly host?: string;
  readonly facts: Facts;
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** Ports that many programs use, so that only another host in the request makes them a proxy's. */
const COMMON_PORTS: ReadonlySet<number> = new Set([
  8000, 8001, 8010, 8080, 8081, 8088, 8888, 8889, 9090, 7070,
]);
const LOCAL_NAME =
  /^(?:localhost|host\.docker\.internal|host\.containers\.internal|gateway\.docker\.internal|kubernetes\.docker\.internal|host\.lima\.internal|http\.docker\.internal)$/i;

/**
 * Turns a match into what it means: a dial to a proxy's port is a dead proxy, a request that went to
 * a mirror is the mirror's fault, an address of Meta for a Docker host is poisoned DNS.
 */
export function refine(match: Match, around: Surroundings): Refined {
  const { groups } = match;
  const target = targetOf(match, around);
  const facts: Mutable<Facts> = {};
  if (target.url !== undefined) facts.url = target.url;
  if (groups.ip !== undefined) {
    facts.ip = groups.ip.replace(/^\[|\]$/g, '');
    const kind = classifyAddress(facts.ip);
    if (kind) {
      facts.ipKind = kind.kind;
      if (kind.owner !== undefined) facts.ipOwner = kind.owner;
    }
  }
  if (groups.dns !== undefined) facts.dnsServer = groups.dns;
  if (groups.status !== undefined) facts.status = groups.status;
  if (groups.platform !== undefined) facts.platform = groups.platform;
  if (groups.path !== undefined) facts.path = groups.path;
  const key = groups.key ?? groups.detail ?? groups.helper ?? groups.socket;
  if (key !== undefined) facts.key = key;
  if (groups.names !== undefined)
    facts.certNames = groups.names
      .split(/,\s*|\s+or\s+/)
      .filter(Boolean)
      .slice(0, 20);
  if (groups.issuer !== undefined) facts.certIssuer = groups.issuer;
  const skew = skewOf(groups);
  if (skew !== undefined) facts.skew = skew;
  if (match.rule.tool !== undefined) facts.tool = match.rule.tool;
  if (groups.proxy !== undefined && groups.proxy !== '')
    facts.proxy = withoutCredentials(groups.proxy);

  if (match.rule.category === 'proxy-unreachable' && facts.proxy === undefined) {
    const python = match.text
      .slice(match.from, match.to)
      .match(/HTTPS?Connection\(host='([^']{1,253})', port=(\d{1,5})\)/);
    if (python) facts.proxy = `${python[1]}:${python[2]}`;
  }

  let rule = match.rule;
  let host = target.host;
  if (rule.category.startsWith('proxy-')) {
    if (
      rule.category === 'proxy-unreachable' ||
      (rule.category === 'proxy-protocol' && facts.proxy !== undefined)
    ) {
      host =
        facts.proxy === undefined
          ? rule.category === 'proxy-unreachable'
            ? host
            : undefined
          : (authority(facts.proxy) ?? facts.proxy);
    } else if (rule.category === 'proxy-protocol') host = undefined;
    if (
      rule.id === 'proxy-dial-tool' &&
      /failed reading proxy response/i.test(match.text.slice(match.from, match.to)) &&
      /https_proxy["']? ?[:=] ?["']?https:\/\//i.test(`${around.before}\n${around.after}`)
    ) {
      rule = ruleById('proxy-tls-tool') ?? rule;
      host = undefined;
    }
    // These messages don't name the proxy; the setting often stands beside them.
    if (rule.category !== 'proxy-unreachable' && facts.proxy === undefined) {
      const set = settingNear(match, around);
      if (set !== undefined) facts.proxy = set;
    }
    return result(rule, host, facts);
  }

  // Go ends a program that panics with 2; what dockerd refuses to start with ends it with 1.
  if (
    rule.becomes?.includes('none-dockerd-start') &&
    /status=2\/INVALIDARGUMENT|\bgoroutine \d{1,6} \[|\bpanic: runtime error/.test(
      `${around.before}\n${match.text}\n${around.after}`,
    )
  )
    return result(ruleById('none-dockerd-start') ?? rule, undefined, facts);

  // Python tells the place first, the reason some lines below.
  if (
    rule.becomes?.includes('none-socket-permission') &&
    /(?:unixconn|npipeconn)\.py/i.test(match.text.slice(match.from, match.to)) &&
    /^(?:.{0,300}\n){0,12}?.{0,200}\bPermissionError\b/.test(around.after.slice(0, 2000))
  )
    return result(ruleById('none-socket-permission') ?? rule, undefined, facts);

  const engine = rule.becomes?.includes('daemon-tcp-down')
    ? /[\w.-]{1,253}:237[56]\b/.exec(match.text.slice(match.from, match.to))?.[0]
    : undefined;
  if (engine !== undefined) {
    facts.key = engine;
    return result(ruleById('daemon-tcp-down') ?? rule, engine, facts);
  }
  if (rule.becomes?.includes('none-app') && servicePort(match, around))
    return result(ruleById('none-app') ?? rule, undefined, facts);
  const dialled = dial(match, around);
  if (dialled !== undefined) {
    const proxied = ruleById('proxy-dial');
    if (proxied) {
      facts.proxy = dialled;
      return result(proxied, dialled, facts);
    }
  }
  const wrongDns = misdirected(match, target, facts);
  if (wrongDns) return result(wrongDns, host, facts);

  if (!isPackageTool(rule.tool)) {
    const line = (): string => match.text.slice(Math.max(0, match.from - 800), match.to + 400);
    const mirror = mirrorOf(target.url, host, () => `${line()}\n${tailLines(around.before)}`);
    if (mirror) {
      facts.mirror = mirror;
      rule = mirrored(rule) ?? rule;
    } else if (
      rule.becomes?.includes('not-found-manifest') &&
      /content at /i.test(match.text.slice(match.from, match.to)) &&
      isOrigin(host, imageOf(match, around))
    ) {
      // No mirror in between: the registry that the image names doesn't have it.
      rule = ruleById('not-found-manifest') ?? rule;
    } else if (
      rule.id === 'auth-denied' &&
      /pull access denied|insufficient_scope/i.test(line()) &&
      !/permission_denied/i.test(line())
    ) {
      const image = imageOf(match, around)?.replace(/^docker\.io\/(?:library\/)?/, '');
      // An official image needs no login: what is denied there doesn't exist.
      if (image !== undefined && !image.includes('/'))
        rule = ruleById('not-found-official') ?? rule;
    }
  } else if (
    facts.status === '401' &&
    rule.category === 'mirror' &&
    (host === undefined || !isPackageMirror(host) || /nexus|artifactory|proxy/i.test(host))
  ) {
    rule = ruleById('package-auth') ?? rule;
  } else if (rule.id === 'apt-status') {
    const port = Number(groups.port ?? 80);
    if (port !== 80 && port !== 443 && isProxyPort(port) && facts.ip !== undefined) {
      facts.proxy = `${facts.ip}:${port}`;
      if (facts.status !== '404') rule = ruleById('proxy-denied-apt') ?? rule;
    }
  } else if (rule.id === 'http-status-tool') {
    if (host !== undefined && isPackageMirror(host)) rule = ruleById('package-status') ?? rule;
  } else if (
    rule.id === 'package-status' &&
    facts.status === '403' &&
    host !== undefined &&
    wellKnown(host) &&
    !isPackageMirror(host)
  ) {
    // Public registries refuse no download: something in between does.
    rule = ruleById('proxy-denied-apt') ?? rule;
  } else if (rule.id === 'npm-no-version') {
    const asked = registryNear(match, around);
    if (asked !== undefined) {
      rule = ruleById('package-stale') ?? rule;
      host = asked;
    }
  } else if (rule.id === 'package-status' && (host === undefined || !isPackageMirror(host))) {
    rule = ruleById(facts.status?.startsWith('5') ? 'package-5xx' : 'package-missing') ?? rule;
  }
  if (
    rule.id === 'http-on-https' &&
    /https?_proxy["']? ?(?:==?|:) ?["']?https:\/\//i.test(
      `${around.before}\n${match.text}\n${around.after}`,
    )
  ) {
    rule = ruleById('proxy-tls-tool') ?? rule;
  }
  if (
    rule.id === 'http-on-https' &&
    /wrong[_ ]version|record_layer|unknown protocol|packet length|unexpected tls/i.test(
      match.text.slice(match.from, match.to),
    ) &&
    host !== undefined &&
    wellKnown(host) &&
    /proxy/i.test(`${around.before}\n${match.text}\n${around.after}`)
  ) {
    rule = ruleById('proxy-tls-tool') ?? rule;
  }
  return result(rule, host, facts);
}

/** The proxy of an environment variable or of `docker info`, nearest before the message or first after. */
function settingNear(match: Match, around: Surroundings): string | undefined {
  const setting =
    /\bhttps?[_ ]proxy["']?\s{0,3}[:=]\s{0,3}["']?([a-z][a-z0-9+.-]{1,10}:\/\/[^\s"',<>]{3,300})/gi;
  const found =
    [...`${around.before}\n${match.text}`.matchAll(setting)].at(-1) ??
    [...around.after.matchAll(setting)][0];
  return found?.[1] === undefined ? undefined : withoutCredentials(found[1]);
}

/** The package mirror that a setting or a request near the message names. */
function registryNear(match: Match, around: Surroundings): string | undefined {
  const text = `${around.before}\n${match.text}\n${around.after}`;
  const hosts = urlsIn(text).map(({ host }) => host);
  const named = /\b(?:[\w-]{1,40}\.){0,3}(?:npmmirror\.com|npm\.taobao\.org|cnpmjs\.org)\b/i.exec(
    text,
  )?.[0];
  return hosts.find(isPackageMirror) ?? named;
}

function result(rule: Rule, host: string | undefined, facts: Facts): Refined {
  const known = unmasked(facts);
  return host === undefined || isMasked(host)
    ? { rule, facts: known }
    : { rule, host, facts: known };
}

/** The facts without those that the log masks. */
function unmasked(facts: Facts): Facts {
  const masked = (value: unknown): boolean =>
    typeof value === 'string' ? isMasked(value) : Array.isArray(value) && value.some(masked);
  return Object.values(facts).some(masked)
    ? (Object.fromEntries(Object.entries(facts).filter(([, value]) => !masked(value))) as Facts)
    : facts;
}

/** Whether the connection went to a database or a queue, and not on behalf of a request for a URL. */
function servicePort(match: Match, around: Surroundings): boolean {
  const { ip, host, port } = match.groups;
  return (
    isServicePort(Number(port)) &&
    requestHost(match, (ip ?? host ?? '').replace(/^\[|\]$/g, ''), around) === undefined
  );
}

/** The proxy's address, if the connection that failed was one to a proxy. */
function dial(match: Match, around: Surroundings): string | undefined {
  const { rule, groups } = match;
  if (!rule.becomes?.includes('proxy-dial')) return undefined;
  const port = Number(groups.port);
  if (!Number.isInteger(port) || port <= 0) return undefined;
  const name = groups.ip ?? groups.host;
  if (name === undefined || name === '') return undefined;
  const bare = name.replace(/^\[|\]$/g, '');
  const kind = classifyAddress(bare)?.kind;
  const local =
    kind === 'loopback' || kind === 'private' || kind === 'shared' || LOCAL_NAME.test(bare);
  const request = requestHost(match, bare, around);
  const other = request !== undefined && request !== bare;
  if (request === bare || (kind === 'loopback' && LOCAL_NAME.test(request ?? ''))) return undefined;
  if (other && kind === 'loopback' && port !== 443 && port !== 80 && port !== 5000)
    return `${name}:${port}`;
  if (other && isProxyPort(port)) return `${name}:${port}`;
  if (
    rule.tool === 'apt' &&
    (kind !== undefined || LOCAL_NAME.test(bare)) &&
    port !== 80 &&
    port !== 443
  )
    return name;
  if (isPackageTool(rule.tool) || rule.id === 'refused-tool') {
    if (local && isProxyPort(port) && !COMMON_PORTS.has(port))
      return LOCAL_NAME.test(bare) ? name : `${name}:${port}`;
    return undefined;
  }
  if (local && isProxyPort(port) && (!COMMON_PORTS.has(port) || port === 8080))
    return `${name}:${port}`;
  return undefined;
}

/** Host of the URL that the same message is about, without port. */
function requestHost(match: Match, dialled: string, around: Surroundings): string | undefined {
  const start = match.text.lastIndexOf('\n', match.from) + 1;
  const before = match.text.slice(Math.max(start, match.from - 900), match.from);
  const url = match.groups.url ?? [...before.matchAll(/https?:\/\/[^\s"'<>]{1,500}/g)].at(-1)?.[0];
  const python =
    match.text.slice(match.from, match.to).match(/host='([^']{1,253})'/)?.[1] ??
    before.match(/host='([^']{1,253})'(?!.*host=')/)?.[1];
  // wget names the URL on a line before.
  const earlier = /^connecting to /i.test(match.text.slice(match.from, match.to))
    ? [...around.before.slice(-800).matchAll(/--\s+(https?:\/\/[^\s"'<>]{1,500})/g)].at(-1)?.[1]
    : undefined;
  const whole = url ?? earlier;
  const host = whole === undefined ? python : authority(whole)?.replace(/:\d+$/, '');
  return host === dialled ? dialled : host;
}

function misdirected(match: Match, target: Target, facts: Facts): Rule | undefined {
  const { rule } = match;
  if (target.host === undefined || facts.ip === undefined) return undefined;
  const host = target.host.replace(/:\d+$/, '');
  if (host === facts.ip || classifyAddress(host)) return undefined;
  if (facts.ipKind === 'poisoned' && rule.becomes?.includes('dns-poisoned')) {
    return /facebook|instagram|twitter|dropbox|whatsapp/i.test(host)
      ? undefined
      : ruleById('dns-poisoned');
  }
  if (facts.ipKind === 'loopback' && rule.becomes?.includes('dns-loopback') && host.includes('.')) {
    return LOCAL_NAME.test(host) || /\.(?:local|internal|test|localhost|lan)$/i.test(host)
      ? undefined
      : ruleById('dns-loopback');
  }
  return undefined;
}

/** What a registry rule means when a mirror was asked. */
function mirrored(rule: Rule): Rule | undefined {
  switch (rule.category) {
    case 'dns':
    case 'timeout':
    case 'refused':
    case 'interrupted':
      return ruleById('mirror-dead');
    case 'auth':
      return ruleById(
        rule.id === 'auth-helper'
          ? 'auth-helper'
          : rule.id === 'auth-unauthorized'
            ? 'mirror-challenge'
            : 'mirror-denied',
      );
    case 'not-found':
      return rule.role === 'retry' ? undefined : ruleById('mirror-missing');
    case 'registry-server':
      return ruleById('mirror-error');
    case 'rate-limit':
      return ruleById('mirror-limit');
    default:
      return undefined;
  }
}

const PACKAGE_MIRROR =
  /(?:^|\.)mirrors?\.|^mirrors?-|npmmirror|\bcnpm|goproxy\.(?:cn|io)|ghproxy|gh-proxy|gitclone|kkgithub|fastgit|npm\.taobao|registry\.npm\.taobao|pypi\.(?:douban|tuna|mirrors)|pypi\.doubanio|repo\.huaweicloud|maven\.aliyun|mirrors\.|rsproxy|hf-mirror|\.edu\.cn$|daocloud|ustc|tuna|\.163\.com$|nexus|artifactory|\bproxy\b/i;

/** Whether a host serves copies of packages. */
export function isPackageMirror(host: string): boolean {
  return PACKAGE_MIRROR.test(host.replace(/:\d+$/, ''));
}

/** Whether a host is the registry that the image's own name asks for. */
function isOrigin(host: string | undefined, image: string | undefined): boolean {
  return host !== undefined && image !== undefined && registryHost(registryOf(image)) === host;
}

/** Hosts that speak TLS on 443 without fail: a plain answer comes from something in between. */
function wellKnown(host: string): boolean {
  return /(?:^|\.)(?:github\.com|githubusercontent\.com|pypi\.org|pythonhosted\.org|npmjs\.org|docker\.io|docker\.com|google\.com|googleapis\.com|golang\.org|maven\.org|apache\.org|crates\.io|debian\.org|ubuntu\.com|alpinelinux\.org|aliyun\.com|tuna\.tsinghua\.edu\.cn|anaconda\.(?:com|org)|nuget\.org|gitlab\.com|microsoft\.com)$/i.test(
    host,
  );
}

function skewOf(groups: Readonly<Record<string, string | undefined>>): number | undefined {
  if (groups.now !== undefined && groups.limit !== undefined) {
    const seconds = (Date.parse(groups.now) - Date.parse(groups.limit)) / 1000;
    return Number.isFinite(seconds) ? seconds : undefined;
  }
  if (groups.another !== undefined) return -duration(groups.another);
  if (groups.since !== undefined) return duration(groups.since);
  return undefined;
}

const UNITS: Readonly<Record<string, number>> = { d: 86400, h: 3600, min: 60, m: 60, s: 1 };

/** apt's `4d 11h 23min 36s`. */
function duration(text: string): number {
  let total = 0;
  for (const [, count, unit] of text.matchAll(/(\d{1,6})\s?(d|h|min|m|s)/g))
    total += Number(count) * (UNITS[unit ?? 's'] ?? 1);
  return total;
}

function withoutCredentials(proxy: string): string {
  return proxy.replace(/\/\/[^@/\s]{0,300}@/, '//').replace(/[.,;]+$/, '');
}

function tailLines(text: string): string {
  return text.slice(Math.max(0, text.length - 500));
}
