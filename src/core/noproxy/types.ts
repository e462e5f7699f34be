/**
 * A process environment: names keep their letter case, keys keep their order (npm takes the
 * variable listed last). For the client `java` the value of `-Dhttp.nonProxyHosts` stands under
 * the key `http.nonProxyHosts`, that of `-Dhttp.proxyHost` under `http.proxyHost`, and so on.
 */
export type ProxyEnv = Readonly<Record<string, string>>;

/** The ids of the recorded clients. */
export type ClientId =
  | 'go'
  | 'go-1.24.0'
  | 'curl'
  | 'curl-8.14'
  | 'curl-7.88'
  | 'curl-7.74'
  | 'git'
  | 'wget'
  | 'busybox-wget'
  | 'apt'
  | 'apk'
  | 'python-urllib'
  | 'python-requests'
  | 'python-requests-2.33'
  | 'proxy-from-env'
  | 'proxy-from-env-1'
  | 'axios'
  | 'undici'
  | 'node-fetch'
  | 'node-http'
  | 'npm'
  | 'ruby'
  | 'ruby-net-http'
  | 'java';

export interface DecideOptions {
  /**
   * Name to address, as the machine's resolver would answer; without it no name has an address.
   * Ruby asks for every name, npm only behind a `socks5://` or `socks4://` proxy.
   */
  resolve?: (host: string) => string | undefined;
  /** Every name has an address, though nobody knows which: what a page has to assume. */
  namesResolve?: boolean;
}

export type Route = 'proxy' | 'direct' | 'error';

/** Why a request goes the way it goes. */
export type ReasonCode =
  /** No entry matched: the proxy is used. */
  | 'no-match'
  /** An entry of the list matched. */
  | 'entry'
  /** The client never sends its own machine's loopback addresses to a proxy. */
  | 'loopback'
  /** No variable that this client reads names a proxy for this scheme. */
  | 'no-proxy-set'
  /** A variable is set but empty, and for this client empty means off. */
  | 'empty-variable'
  /** The proxy value is of a form that this client passes over in silence. */
  | 'proxy-value-ignored'
  /** The proxy value is of a form that makes this client fail. */
  | 'proxy-value-refused'
  /** The URL is of a form that makes this client fail. */
  | 'url-refused'
  /** The client sees no host name in this URL, so it has nothing to match. */
  | 'no-host'
  /** The client looks up the name before it goes to the proxy, and finds no address. */
  | 'own-dns'
  /** REQUEST_METHOD is set, so HTTP_PROXY is not trusted. */
  | 'cgi';

export interface Reason {
  readonly code: ReasonCode;
  /** What was wrong, in a word or two, for the refused and ignored codes. */
  readonly detail?: string;
  /** Name of the variable that held the bypass list, when one was read. */
  readonly listVariable?: string;
  /** The host as this client compared it. */
  readonly host?: string;
}

export interface Decision {
  readonly route: Route;
  /** The value of the variable in `variable`; with `route: 'proxy'` only. May hold a password. */
  readonly proxy?: string;
  /** Name of the environment variable that the proxy came from, in its own letter case. */
  readonly variable?: string;
  /** The entry of the bypass list that decided, as the client cut it out. */
  readonly entry?: string;
  readonly reason: Reason;
}

/** Decides for one URL after another under one environment. Never throws. */
export type Decide = (url: string) => Decision;

/** One client: reads the environment once, then decides. */
export type ClientModel = (env: ProxyEnv, options: DecideOptions) => Decide;

/** A bypass list, cut up and made ready for look-ups by one client's rules. */
export interface BypassList<Target> {
  /** The entries as this client cuts them out of the value. */
  readonly entries: readonly string[];
  /** Index of the first entry that covers the target, or -1. */
  find(target: Target): number;
}
