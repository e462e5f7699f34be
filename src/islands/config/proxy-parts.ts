import { addLogin, joinProxy, splitProxy } from '#core/config/fields/proxy-url.ts';

/** A proxy as the form holds it: the login apart, so that the address can be shown. */
export interface ProxyParts {
  /** As typed: `http://host:port`. */
  address: string;
  user: string;
  password: string;
}

export const noProxyParts: ProxyParts = { address: '', user: '', password: '' };

/** Takes a URL apart; a login is decoded. */
export function toParts(url: string | undefined): ProxyParts {
  if (!url) return noProxyParts;
  if (!url.includes('@')) return { address: url, user: '', password: '' };
  const { scheme, host, port, user, password } = splitProxy(url);
  return { address: joinProxy({ scheme, host, port }), user, password };
}

/** The URL for the settings, the login encoded; undefined when nothing was typed. */
export function fromParts({ address, user, password }: ProxyParts): string | undefined {
  if (address.trim() === '') return undefined;
  if (user === '' && password === '') return address;
  return addLogin(address, user, password);
}
