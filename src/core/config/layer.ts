import type { Checked, ProxyValues } from './checked.ts';
import { isLoopback } from './fields/host.ts';
import { formatProxy, type ProxyUrl } from './fields/proxy-url.ts';
import { isDesktop, type ProxyScope } from './settings.ts';

/** The name that Docker gives the host inside containers. */
export const HOST_NAME = 'host.docker.internal';

/** docker0's address in a default installation: the host as containers see it. */
export const BRIDGE_ADDRESS = '172.17.0.1';

/** How a proxy on the host's own loopback is reached from a layer. */
export type Reach =
  /** As it is. */
  | 'same'
  /** By the name that Docker Desktop resolves in containers. */
  | 'host-name'
  /** By that name, with `--add-host`. */
  | 'add-host'
  /** By the bridge's address. */
  | 'bridge'
  /** By sharing the host's network with the step. */
  | 'host-network'
  /** Not at all: the proxy must listen on another address. */
  | 'none';

/**
 * How 127.0.0.1 in the form reaches the reader's proxy from one layer.
 * Sources: docker/docs networking of Desktop; `docker run --add-host …:host-gateway`.
 */
export function loopbackReach(checked: Checked, layer: ProxyScope): Reach {
  const { target, wsl } = checked.settings;
  if (isDesktop(target)) return layer === 'daemon' ? 'same' : 'host-name';
  switch (target) {
    case 'rootless':
      return 'none';
    case 'wsl2':
      if (wsl.networkingMode !== 'mirrored') return 'none';
      return layer === 'daemon' ? 'same' : layer === 'build' ? 'host-network' : 'none';
    case 'podman':
      return layer === 'daemon' ? 'same' : layer === 'build' ? 'host-network' : 'none';
    case 'buildx':
      return 'host-network';
    default:
      return ({ daemon: 'same', build: 'host-network', run: 'add-host', cli: 'bridge' } as const)[
        layer
      ];
  }
}

/** Whether any proxy of the form is on the host's loopback. */
export function hasLoopbackProxy(checked: Checked): boolean {
  const { http, https, all } = checked.proxy;
  return [http, https, all].some((proxy) => proxy !== undefined && isLoopback(proxy.host.name));
}

/** The proxy values for one layer, and how a loopback address was turned. */
export interface LayerProxy extends ProxyValues {
  reach: Reach;
}

/**
 * The proxy as one layer must be told it; undefined when the layer isn't chosen, no proxy is set, or
 * its address can't be reached from there (`traps.ts` says so).
 */
export function proxyFor(checked: Checked, layer: ProxyScope): LayerProxy | undefined {
  if (!checked.settings.proxyScope.includes(layer)) return undefined;
  const { http, https, all, noProxy } = checked.proxy;
  // Nothing in Go's world reads ALL_PROXY.
  const used = layer === 'daemon' ? [http, https] : [http, https, all];
  if (used.every((proxy) => proxy === undefined)) return undefined;
  const loopback = used.some((proxy) => proxy !== undefined && isLoopback(proxy.host.name));
  const reach = loopback ? loopbackReach(checked, layer) : 'same';
  if (reach === 'none') return undefined;
  const write = (proxy: ProxyUrl | undefined) => proxy && formatProxy(turn(proxy, reach));
  return {
    http: write(http),
    https: write(https),
    all: layer === 'daemon' ? undefined : write(all),
    noProxy: noProxy.join(','),
    reach,
  };
}

function turn(proxy: ProxyUrl, reach: Reach): ProxyUrl {
  if (!isLoopback(proxy.host.name)) return proxy;
  switch (reach) {
    case 'host-name':
    case 'add-host':
      return { ...proxy, host: { kind: 'name', name: HOST_NAME } };
    case 'bridge':
      return { ...proxy, host: { kind: 'ipv4', name: BRIDGE_ADDRESS } };
    default:
      return proxy;
  }
}

/** The variables of a layer as name and value, in the order people write them. */
export function proxyVariables(
  proxy: LayerProxy,
): { name: string; value: string; setting: string }[] {
  const variables: { name: string; value: string; setting: string }[] = [];
  if (proxy.http) variables.push({ name: 'HTTP_PROXY', value: proxy.http, setting: 'proxy.http' });
  if (proxy.https) {
    variables.push({ name: 'HTTPS_PROXY', value: proxy.https, setting: 'proxy.https' });
  }
  if (proxy.all) variables.push({ name: 'ALL_PROXY', value: proxy.all, setting: 'proxy.all' });
  if (proxy.noProxy) {
    variables.push({ name: 'NO_PROXY', value: proxy.noProxy, setting: 'proxy.noProxy' });
  }
  return variables;
}

/** Why a variable is there, Chinese. */
export function variableWhy(name: string, reader: string): string {
  switch (name) {
    case 'HTTP_PROXY':
      return `${reader}访问 http:// 地址时用的代理。`;
    case 'HTTPS_PROXY':
      return `${reader}访问 https:// 地址时用的代理，拉取镜像几乎都走这一个。`;
    case 'ALL_PROXY':
      return 'curl、git、pip 等在没有上面两个变量时才看它；Go 写的程序不看。';
    default:
      return `${reader}访问这些地址时直连，不走代理。`;
  }
}
