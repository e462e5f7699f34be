import type { Decision, Route } from '#core/noproxy/types.ts';
import { withoutLogin } from './state.ts';

export const routeWords: Readonly<Record<Route, string>> = {
  direct: '直连',
  proxy: '代理',
  error: '出错',
};

/** Chinese: the route in full, the proxy named without its login. */
export function routeSentence(decision: Decision): string {
  if (decision.route === 'direct') return '直连';
  if (decision.route === 'error') return '出错，两条路都不走';
  const proxy = withoutLogin(decision.proxy ?? '');
  return proxy === '' ? '走代理' : `走代理 ${proxy}`;
}

/** A path of this site with its base in front. */
export function sitePath(path: string): string {
  return `${import.meta.env.BASE_URL.replace(/\/$/, '')}${path}`;
}
