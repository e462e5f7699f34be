import type { Stage } from './output.ts';

/** What each stage of the script asks, in Chinese. */
export const stageText: Readonly<Record<Stage, string>> = {
  ping: '访问 /v2/',
  auth: '需要登录',
  token: '取令牌',
  manifest: '取镜像清单',
  self: '清单与自己声明的 digest 不符',
  trusted: '与信任的 digest 不一致',
  platform: '取平台清单',
  layer: '清单里没有层',
  blob: '下载层',
  sum: '层与 digest 不符',
};

const CURL: Readonly<Record<number, string>> = {
  5: '代理的域名解析失败',
  6: '域名解析失败（DNS）',
  7: '连不上（被拒绝或不可达）',
  28: '超时',
  35: 'TLS 握手失败',
  51: '证书不可信或与域名不符',
  52: '对方断开，什么都没返回',
  56: '连接被重置',
  60: '证书不可信或与域名不符',
  63: '对方不支持分段下载',
  97: '代理拒绝了连接',
};

/** curl's exit status in Chinese (curl's own list: EXIT CODES in curl(1)). */
export function curlText(code: number): string {
  return CURL[code] ?? `curl 错误 ${code}`;
}
