import type { Outcome } from '#core/mirrors/prober.ts';
import type { Row } from './run.ts';

/** Whole milliseconds: browsers blur their clocks, finer digits would be made up. */
export function ms(value: number): string {
  return `${Math.round(value)} ms`;
}

/** The same, or a dash where there is no value. */
export function msOrDash(value: number | undefined): string {
  return value === undefined ? '—' : ms(value);
}

/** The three words that a browser may say, and the states before them. */
export function verdictText(row: Row, active: boolean): string {
  switch (row.verdict) {
    case 'answers':
      return '有响应';
    case 'silent':
      return '无响应（原因未知）';
    case 'unmeasurable':
      return '浏览器不能测';
    case 'cut':
      return '没有测完';
    case undefined:
      if (row.samples.length > 0) return `已采样 ${row.samples.length} 次`;
      return active ? '等待中' : '没有测';
  }
}

/** What more can be said about a verdict: how the unanswered requests ended. */
export function failureText(row: Row): string {
  if (row.verdict === 'unmeasurable') return row.target.why ?? '';
  const timeouts = row.samples.filter((sample) => sample.failure === 'timeout').length;
  const errors = row.samples.filter((sample) => sample.failure === 'error').length;
  return [
    timeouts > 0 ? `${timeouts} 次 5 秒内没有回答` : '',
    errors > 0 ? `${errors} 次浏览器报网络错误` : '',
  ]
    .filter(Boolean)
    .join('，');
}

export const outcomeText: Readonly<Record<Outcome, string>> = {
  answered:
    '「有响应」只说明那里有一台 HTTPS 服务器回了话：401、403、429 和 200 在浏览器里看不出区别，也不代表 docker pull 能成。下一步用脚本在 Docker 主机上实测。',
  'all-silent':
    '网络是通的（本站有响应），但选中的镜像源一个都没有回答。浏览器看不到原因：可能是 DNS、被阻断、证书，或广告拦截扩展。请在 Docker 主机上用脚本测。',
  offline:
    '多半是你的网络断了，不是镜像源的问题：浏览器报告离线，或者连本站自己都没有响应。恢复网络后再测；若只有本站打不开，请直接用脚本测。',
  nothing: '选中的地址浏览器都不能测，一个请求也没有发。请在 Docker 主机上用脚本测。',
  cancelled: '已取消，之后没有再发任何请求。下面是取消前的结果。',
};
