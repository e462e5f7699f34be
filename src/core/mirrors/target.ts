import {
  type AddressClass,
  addressLabels,
  addressSpace,
  classifyAddress,
  needsLocalPermission,
} from './addresses.ts';

/** Why a browser can't measure an address, decided before any request. */
export type Unmeasurable = 'invalid' | 'placeholder' | 'http' | 'local' | 'no-such-place';

/** Something to measure, or the reason why not. */
export interface Target {
  /** As given, trimmed. */
  readonly input: string;
  /** Normalised address without a trailing slash; the input when it can't be read. */
  readonly url: string;
  /** `host` or `host:port`; '' when it can't be read. */
  readonly host: string;
  readonly address: AddressClass;
  /** Absent = the browser may try. */
  readonly unmeasurable?: Unmeasurable;
  /** Chinese: what is wrong and what to do. Present with `unmeasurable`. */
  readonly why?: string;
}

/** The page that would ask. */
export interface PagePlace {
  readonly hostname: string;
  /** The reader agreed to try addresses in the local network. */
  readonly allowLocal: boolean;
}

/**
 * Reads one address and says whether a browser can measure it, with no request made.
 *
 * - `http://`: a page over https may not ask (mixed content), so the tool never does.
 * - nearer address spaces (loopback, LAN) need the browser's permission (Local Network Access): only
 *   with the reader's agreement.
 */
export function readTarget(input: string, page: PagePlace): Target {
  const text = input.trim();
  const bare = { input: text, url: text, host: '', address: 'invalid' as const };
  if (/[<>]/.test(text)) {
    return {
      ...bare,
      unmeasurable: 'placeholder',
      why: '地址里还有占位符，换成你自己的专属地址再测。',
    };
  }
  const withScheme = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `https://${text}`;
  const url = URL.canParse(withScheme) ? new URL(withScheme) : undefined;
  const address = url === undefined ? 'invalid' : classifyAddress(url.hostname);
  if (url === undefined || text === '' || /\s/.test(text) || address === 'invalid') {
    return {
      ...bare,
      unmeasurable: 'invalid',
      why: '不是有效的地址，请写成 https://主机名 的样子。',
    };
  }
  const target = {
    input: text,
    // User info must not reach a request line, a report or an export.
    url: `${url.protocol}//${url.host}${url.pathname.replace(/\/+$/, '')}`,
    host: url.host,
    address,
  };
  if (url.protocol === 'http:') {
    return {
      ...target,
      unmeasurable: 'http',
      why: 'http:// 明文地址：浏览器不允许 https 页面请求它，这不代表它不通。请在 Docker 主机上用脚本测。',
    };
  }
  if (url.protocol !== 'https:') {
    return {
      ...target,
      unmeasurable: 'invalid',
      why: '镜像源地址只能以 https:// 或 http:// 开头。',
    };
  }
  if (url.username !== '' || url.password !== '') {
    return {
      ...target,
      unmeasurable: 'invalid',
      why: '地址里带了用户名或密码，dockerd 会拒绝这样的镜像源；去掉后再测。',
    };
  }
  if (url.search !== '' || url.hash !== '') {
    return {
      ...target,
      unmeasurable: 'invalid',
      why: '地址里带了 ? 或 #，dockerd 会拒绝这样的镜像源；去掉后再测。',
    };
  }
  if (['documentation', 'multicast', 'reserved', 'fake-ip'].includes(address)) {
    return {
      ...target,
      unmeasurable: 'no-such-place',
      why: `这是${addressLabels[address]}，不会有镜像源。`,
    };
  }
  const from = addressSpace(classifyAddress(page.hostname));
  if (!page.allowLocal && needsLocalPermission(from, addressSpace(address))) {
    return {
      ...target,
      unmeasurable: 'local',
      why: `${addressLabels[address]}：浏览器会拦截，或先弹窗请求「本地网络访问」权限。确实要试，勾选「也试内网地址」；更准的是在 Docker 主机上用脚本测。`,
    };
  }
  return target;
}

/** The address that a measurement asks for: the registry API's root under the mirror's own path. */
export function probeUrl(target: Target, nonce: string): string {
  return `${target.url}/v2/?probe=${nonce}`;
}
