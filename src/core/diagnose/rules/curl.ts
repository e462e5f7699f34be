import type { CategoryId } from '../categories.ts';
import type { Pattern, Rule } from '../types.ts';

/**
 * libcurl's number says what failed, whatever text follows it. Sources: libcurl `curl_easy_strerror`
 * and how yum, librepo, git, composer, PHP, Guzzle, mamba and pycurl print the number.
 */
const NUMBERS: readonly {
  readonly id: string;
  readonly category: CategoryId;
  readonly numbers: readonly number[];
  readonly name: string;
  readonly why: string;
  /** The words that R prints instead of the number. */
  readonly words?: string;
}[] = [
  {
    id: 'curl-dns',
    category: 'dns',
    numbers: [6],
    name: '域名解析失败（curl 6）',
    why: 'curl 的错误号 6：{host} 的域名解析不出地址。',
  },
  {
    id: 'curl-refused',
    category: 'refused',
    numbers: [7],
    name: '连不上目标（curl 7）',
    why: 'curl 的错误号 7：到 {host} 的 TCP 连接没有建立。',
    words: "could(?:n't| not) connect to server",
  },
  {
    id: 'curl-timeout',
    category: 'timeout',
    numbers: [28],
    name: '超时（curl 28）',
    why: 'curl 的错误号 28：到 {host} 的连接没有在时限内建立，或者数据停住了。',
    words: 'timeout was reached',
  },
  {
    id: 'curl-interrupted',
    category: 'interrupted',
    numbers: [16, 18, 52, 55, 56, 92],
    name: '连接中途断开（curl 的错误号）',
    why: 'curl 的错误号说明：与 {host} 的连接中途断了，或者没有收到完整的回答。',
    words: 'server returned nothing',
  },
  {
    id: 'curl-tls',
    category: 'tls-handshake',
    numbers: [35],
    name: 'TLS 握手失败（curl 35）',
    why: 'curl 的错误号 35：与 {host} 的 TLS 握手没有完成。',
    words: 'ssl connect error',
  },
  {
    id: 'curl-tls-name',
    category: 'tls-name',
    numbers: [51],
    name: '证书的名称不符（curl 51）',
    why: 'curl 的错误号 51：{host} 的证书不是给这个名称的。',
  },
  {
    id: 'curl-tls-ca',
    category: 'tls-unknown-ca',
    numbers: [60, 77],
    name: '证书不受信任（curl 60）',
    why: 'curl 的错误号 60 或 77：{host} 的证书不是由本机信任的 CA 签发的，或者 CA 文件读不到。',
  },
];

function patternsOf(number: number): Pattern[] {
  const form = (before: string, after: string): RegExp =>
    new RegExp(`${before}${number}${after}[^\\n]{0,400}`, 'i');
  return [
    [`curl#${number} - `, form(String.raw`\bcurl#`, ' - ')],
    [`curl: (${number})`, form(String.raw`\bcurl: \(`, String.raw`\)`)],
    [`curl error (${number})`, form(String.raw`\bcurl error \(`, String.raw`\)`)],
    ['curl error', form(String.raw`\b(?:py|lib)?curl error(?: code)?:? `, String.raw`(?=[\s:(])`)],
    ['failed; curl ', form('failed; curl ', ' ')],
    // CMake's file(DOWNLOAD), vcpkg and Nix.
    ['status: ', form(String.raw`\bstatus: \[?`, ';')],
    ['status_code: ', form('status_code: ', String.raw`\s{1,12}status_string: `)],
    [
      ['curl failed ', 'curl operation ', 'curl exited '],
      form(
        String.raw`\bcurl (?:operation )?(?:failed|exited) (?:to download )?with (?:(?:exit|error) )?(?:code|status):? `,
        String.raw`\b`,
      ),
    ],
    [
      'unable to download ',
      form(String.raw`unable to download '[^'\n]{1,300}': [^\n(]{3,120} \(`, String.raw`\)`),
    ],
    [`download error (${number})`, form(String.raw`\bdownload error \(`, String.raw`\)`)],
  ];
}

/** What curl's number alone tells; its text, where another rule knows it, tells more. */
export const curlRules: readonly Rule[] = NUMBERS.map(
  ({ id, category, numbers, name, why, words }) => ({
    id,
    category,
    name,
    why,
    role: 'vague',
    tool: 'curl',
    // What a proxy answers to CONNECT comes with the number of a broken connection; guides say what must not come.
    unless: /connect tunnel|from proxy|received http|\bno ["'`]curl: \(/i,
    patterns: [
      ...numbers.flatMap(patternsOf),
      ...(words === undefined
        ? []
        : [['status was ', new RegExp(`status was ['"]?${words}[^\\n]{0,40}`, 'i')] as const]),
    ],
  }),
);
