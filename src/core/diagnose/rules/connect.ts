import type { Rule } from '../types.ts';
import { ADDRESS, GO_DIAL, HOST, rx } from './fragments.ts';

const PY_HOST = String.raw`host='(?<host>[^']{1,253})', port=(?<port>\d{1,5})`;

/** No answer, no connection, or one that broke. Sources: Go `net`, `net/http`, curl, apt, urllib3, Node, JDK, winsock. */
export const connectRules: readonly Rule[] = [
  // --- timeout -------------------------------------------------------------------------------
  {
    id: 'timeout-connect',
    category: 'timeout',
    name: '建立连接超时',
    why: '到 {host} 的 TCP 连接没有任何回应：数据包被丢弃，常见于没有走代理、被防火墙拦截或线路不通。',
    tool: 'registry',
    becomes: ['mirror-dead', 'proxy-dial', 'dns-poisoned', 'none-app'],
    patterns: [
      ['i/o timeout', rx`${GO_DIAL}: (?:connect: )?i/o timeout`],
      ['i/o timeout', rx`dial tcp:? (?!lookup|tcp)[^"\s]{1,120}: i/o timeout`],
      [
        'timed out',
        rx`${GO_DIAL}: (?:connect: |getsockopt: |connectex: )?(?:connection|operation) timed out`,
      ],
      [
        'connection attempt failed',
        rx`${GO_DIAL}: connectex: a connection attempt failed(?: because the connected party did not)?`,
      ],
      [
        '没有正确答复',
        /(?:dial tcp (?<ip>[\d.]{7,15}):\d{1,5}: connectex: )?由于连接方在一段时间后没有正确答复或连接的主机没有反应/,
      ],
      // Cut by a screen or a quotation; no other message of Windows' begins so.
      [
        'connectex: a con',
        rx`${GO_DIAL}: connectex: a con[a-z]{0,7}(?: a[a-z]{0,6})?[."'\x60…]{0,4}$`,
      ],
      ['dial tcp', rx`${GO_DIAL}(?:: (?:context deadline exceeded|operation was canceled))`],
      ['i/o timeout', /\bi\/o timeout/i],
      [
        'connection attempt failed',
        /(?:connectex|wsarecv): a connection attempt failed|a connection attempt failed because the connected party did not properly respond/i,
      ],
    ],
  },
  {
    id: 'timeout-tls',
    category: 'timeout',
    name: 'TLS 握手超时',
    why: 'TCP 连上了，TLS 握手却没有完成：线路太差、被干扰，或者并发太多。',
    tool: 'registry',
    becomes: ['mirror-dead'],
    patterns: [
      ['tls handshake timeout', /(?:net\/http: )?TLS handshake timeout/i],
      ['dialwithdialer timed out', /tls: DialWithDialer timed out/i],
      [['握手超时', '握手 超时'], /(?:TLS|SSL) ?握手 ?超时/i],
      ['ssl connection timeout', /SSL connection timeout/i],
      [
        ['handshake timed out', 'handshake operation timed out'],
        /(?:TLS|SSL|tls_) ?handshake timed out|handshake operation timed out/i,
      ],
    ],
  },
  {
    id: 'timeout-headers',
    category: 'timeout',
    name: '等待回应超时',
    why: '等 {host} 回应的时间超过了客户端的上限：连接没有建立，或者对方不回答。',
    tool: 'registry',
    becomes: ['mirror-dead'],
    patterns: [
      [
        'request canceled',
        /net\/http: request canceled(?: while waiting for connection| while reading body)?(?: \(Client\.Timeout(?: or context cancellation)? exceeded while (?:awaiting headers|reading body)\))?/i,
      ],
      [
        'client.timeout',
        /(?:context deadline exceeded |net\/http: )?\(?Client\.Timeout(?: or context cancellation| exceeded){1,2}(?: while (?:awaiting headers|reading body))?/i,
      ],
      // As systemctl and journalctl shorten it to the width of the terminal.
      [
        'ng headers)',
        rx`(?:Get|Head) "?(?<url>https?://[^\s"'<>]{1,300}?)\.{3}[a-z ]{0,24}ng headers\)`,
      ],
      [
        'timeout awaiting response headers',
        /(?:net\/http|http2): timeout awaiting response headers/i,
      ],
      [
        'context deadline exceeded',
        rx`(?:Get|Head|Post|Put|Patch) "?(?<url>https?://[^\s"']{1,2000}?)"?: {1,2}(?:dial tcp(?!: lookup)[^"\n]{0,60}: )?context deadline exceeded(?: \(Client\.Timeout exceeded while awaiting headers\))?`,
      ],
      [
        'deadlineexceeded',
        /\bDeadlineExceeded: (?!.{0,40}DeadlineExceeded)[^\n]{0,200}context deadline exceeded/i,
      ],
      [
        'timed out while trying',
        /network timed out while trying to connect(?: to (?<url>https?:\/\/[^\s"']{1,300}[^\s"'.]))?/i,
      ],
      ['no recent network activity', /timeout: no recent network activity/i],
      ['timeout exceeded', /(?:http|request)[^\n]{0,40} timeout exceeded/i],
    ],
  },
  {
    id: 'timeout-deadline',
    category: 'timeout',
    name: '操作超过时限',
    why: '整个操作的时限用完了，而日志没有写出卡在哪一步。',
    role: 'vague',
    patterns: [
      ['context deadline exceeded', /context deadline exceeded/i],
      [['deadline exceeded', 'deadlineexceeded'], /\bDeadline ?Exceeded\b/i],
      [
        'timed out',
        /\b(?:connection|operation|request|connect|read|socket|gateway) (?:has )?timed out\b/i,
      ],
      ['连接超时', /连接超时(?!时间|时长|设置|[（(]|\s*[=:：])/],
      [['操作超时', '请求超时'], /(?:操作|请求)超时(?!时间|时长|设置|[（(]|\s*[=:：])/],
    ],
  },
  {
    id: 'timeout-curl',
    category: 'timeout',
    name: 'curl 或 git 连接超时',
    why: '到 {host} 的连接一直没有建立，或者建立后收不到数据（curl 28）。',
    tool: 'curl',
    becomes: ['proxy-dial'],
    patterns: [
      // R's download.file, and gpg.
      ['seconds was reached', /\btimeout of \d{1,6} seconds was reached/i],
      ['keyserver timed out', /gpg: keyserver timed out/i],
      [
        'curl: (28) failed to connect',
        rx`curl: \(28\) failed to connect to ${HOST}(?: port |:)(?<port>\d{1,5})[^\n]{0,40}?: (?:couldn't|could not) connect to server`,
      ],
      [
        'failed to connect to',
        rx`failed to connect to ${HOST}(?: port |:)(?<port>\d{1,5})(?: \([^)\n]{0,80}\))?(?: after \d{1,8} ms)?(?: via [\w.-]{1,253})?: (?:connection timed out|operation timed out|timed out|timeout was reached)`,
      ],
      [
        'failed to connect to',
        rx`failed to connect to ${HOST}(?: port |:)(?<port>\d{1,5})(?: via [\w.-]{1,253})? after \d{5,8} ms: (?:couldn't|could not) connect to server`,
      ],
      [
        'connect to ',
        rx`connect to ${HOST} port (?<port>\d{1,5})(?: from \S{1,80} port \d{1,5})? failed: (?:connection|operation) timed out`,
      ],
      [
        'curl: (28)',
        /curl: \(28\)(?! (?:failed to connect[^\n]{0,260}(?:timed out|connect to server|was reached)|connection timed out|operation timed out|resolving|ssl connection timeout))/i,
      ],
      ['curl 28 ', /(?:RPC failed; )?curl 28 (?!failed to connect)/i],
      [
        ['[28] timeout', '[28] ssl con', '[28] operation'],
        rx`\[28\] (?:timeout was reached|ssl connection timeout|operation)`,
      ],
      ['connection timed out after', /connection timed out after \d{1,9} (?:ms|milliseconds)/i],
      ['operation timed out after', /operation timed out after \d{1,9} (?:ms|milliseconds)/i],
      ['bytes/sec transferred', /less than \d{1,9} bytes\/sec transferred the last \d/i],
      ['operation too slow', /operation too slow\. less than/i],
      ['timeout was reached', /timeout was reached/i],
      [
        'ssh: connect to host',
        rx`ssh: connect to host ${HOST} port \d{1,5}: (?:connection|operation) timed out`,
      ],
      [
        ['operation timeout', 'operation timed out'],
        /failed to (?:receive|send)[^\n]{0,60}operation time(?:d )?out/i,
      ],
      [
        'failed connect to',
        rx`failed connect to ${HOST}:(?<port>\d{1,5}); (?:connection|operation) timed out`,
      ],
      [
        'errno=connection timed',
        rx`(?:fatal: unable to connect to [^\n]{1,200}|${HOST}\[\d{1,2}: [^\]\n]{2,60}\]: )errno=connection timed out`,
      ],
      ['connect:errno=110', /(?<!\w)connect:errno=110\b/i],
      [
        'timeout exceeded when accessing',
        rx`timeout exceeded when accessing '(?<url>https?://[^\s']{1,300})'`,
      ],
      ['deadline has elapsed', /connect(?: error)?: deadline has elapsed/i],
    ],
  },
  {
    id: 'timeout-wget',
    category: 'timeout',
    name: 'wget 连接超时',
    why: '到 {host} 的连接没有建立，或者读数据时停住了。',
    tool: 'wget',
    becomes: ['proxy-dial'],
    patterns: [
      [
        'connecting to ',
        rx`connecting to ${HOST}(?: \([^)\n]{1,253}\))?(?:\|[^|\n]{2,60}\|)?(?::(?<port>\d{1,5}))?\.\.\. failed: (?:connection|operation) timed out`,
      ],
      ['read error', /read error \((?:connection|operation) timed out\)/i],
      ['download timed out', /wget: download timed out/i],
      [
        "can't connect to remote host",
        rx`can't connect to remote host(?: \([^)\n]{1,80}\))?: (?:connection|operation) timed out`,
      ],
      ['连接超时', /失败[:：] ?连接超时/],
    ],
  },
  {
    id: 'timeout-wget-tls',
    category: 'timeout',
    name: 'wget 的 TLS 连接没有建立',
    why: 'TCP 连上了，与 {host} 的 TLS 连接却没有建立，wget 没有写原因；多半是握手没有得到回应。',
    role: 'consequence',
    tool: 'wget',
    patterns: [
      ['unable to establish ssl connection', /unable to establish ssl connection/i],
      // .NET's sentence goes on after a comma.
      ['无法建立 ssl 连接', /无法建立 SSL 连接(?!,)/i],
    ],
  },
  {
    id: 'timeout-apt',
    category: 'timeout',
    name: 'apt 连接软件源超时',
    why: '到软件源 {host} 的连接超时：这一步所在的网络到不了它，换国内软件源或给这一步配代理。',
    tool: 'apt',
    implies: ['apt-no-release', 'apt-unable-locate', 'refused-apt-unreachable'],
    becomes: ['proxy-dial'],
    patterns: [
      [
        'could not connect to',
        rx`could not connect to ${HOST}:(?<port>\d{1,5}) \([^)\n]{2,60}\)[.,] (?:- connect \(110: )?connection timed out`,
      ],
      [
        'cannot initiate the connection',
        rx`cannot initiate the connection to ${HOST}:(?<port>\d{1,5}) \([^)\n]{2,60}\)\. - connect \(110: connection timed out`,
      ],
      [
        'connection timed out',
        rx`connection timed out(?: after \d{1,6} seconds)? \[IP: (?<ip>[^\s\]]{2,60}) \d{1,5}\]`,
      ],
      [
        'connection failed',
        rx`connection failed \[IP: (?<ip>[^\s\]]{2,60}) (?<port>(?!443\])\d{1,5})\]`,
      ],
      ['timed out', /(?:connection|operation) timed out \[IP: [^\]\n]{2,80}\]/i],
      ['连接超时', /(?:无法连接(?:上|到)? ?[\w.-]{1,253}:\d{1,5}[^\n]{0,80})连接超时/],
    ],
  },
  {
    id: 'timeout-apk',
    category: 'timeout',
    name: 'apk 连接软件源超时',
    why: 'apk 到软件源 {host} 的连接超时。',
    tool: 'apk',
    patterns: [
      [
        'operation timed out',
        rx`(?:fetching|ignoring|ERROR:?|WARNING:?)[^\n]{0,20}?(?<url>https?://[^\s"']{1,300}?):? operation timed out`,
      ],
    ],
  },
  {
    id: 'timeout-python',
    category: 'timeout',
    name: 'pip 或 Python 连接超时',
    why: '到 {host} 的连接或读取超时。',
    tool: 'pip',
    implies: ['pip-no-version'],
    becomes: ['proxy-dial'],
    patterns: [
      ['connection to ', rx`connection to (?<host>[\w.-]{1,253}) timed out\. \(connect timeout`],
      ['read timed out', rx`${PY_HOST}\): read timed out`],
      ['read timed out', /read timed out\.(?: \(read timeout=[^)\n]{1,20}\))?/i],
      ['readtimeouterror', /ReadTimeoutError/i],
      ['connecttimeout', /\bConnectTimeout(?:Error)?\b(?!"? ?[=<>:]\s?\d)/],
      ['[errno 110]', /\[errno 110\] connection timed out/i],
      ['[errno 60]', /\[errno 60\] operation timed out/i],
      ['winerror 10060', /\[?winerror 10060\]?[^\n]{0,120}/i],
      [
        ['the read operation timed out', 'handshake operation timed out'],
        /the (?:read|handshake) operation timed out/i,
      ],
      [['socket.timeout', 'timeouterror: timed out'], /socket\.timeout\b|TimeoutError: timed out/i],
      ['operation timed out', rx`failed to fetch:? [^\n]{0,200}operation timed out`],
      ['due to network timeout', /due to network timeout/i],
      ['urlopen error timed', /urlopen error timed out/i],
      [
        ['connectiontimeouterror', 'connection timeout to host'],
        rx`ConnectionTimeoutError|connection timeout to host (?<url>https?://[^\s"']{1,300})`,
      ],
    ],
  },
  {
    id: 'timeout-node',
    category: 'timeout',
    name: 'npm 或 Node 连接超时',
    why: '到 {host} 的连接超时（ETIMEDOUT）。',
    tool: 'node',
    becomes: ['proxy-dial', 'none-app'],
    patterns: [
      ['etimedout', rx`connect etimedout (?<ip>[^\s:]{2,60}|\[[^\]\s]{2,60}\]):(?<port>\d{1,5})`],
      ['etimedout', /\betimedout\b/i],
      [
        'timed out after',
        rx`request to (?<url>https?://[^\s"']{1,300}) timed out after \d{1,9} ?ms`,
      ],
      ['network timeout at', rx`network timeout at:? (?<url>https?://[^\s"']{1,500})`],
      [['err_socket_timeout', 'socket timeout'], /err_socket_timeout|socket timeout\b/i],
      [
        ['err_socket_connection_timeout', 'socket connection timeout'],
        /err_socket_connection_timeout|socket connection timeout\b/i,
      ],
      [
        ['connect timeout error', 'connecttimeouterror'],
        rx`(?:ConnectTimeoutError|connect timeout error)[^\n]{0,200}`,
      ],
      [
        ['und_err_connect', 'und_err_headers', 'und_err_body'],
        /und_err_(?:connect|headers|body)_timeout/i,
      ],
      [
        'trouble with your network connection',
        /there appears to be trouble with your network connection/i,
      ],
      ['idle timeout reached', /idle timeout reached for host [`'"]?(?<host>[\w.-]{1,253})/i],
      ['esockettimedout', /\besockettimedout\b/i],
      [
        'timeout awaiting',
        /timeout awaiting '(?:request|connect|lookup|socket|response)' for \d{1,9}ms/i,
      ],
      ['aborted due to timeout', /the operation was aborted due to timeout/i],
      ['network timeout', /npm (?:err!|error) network timeout\b/i],
      [
        ['headers timeout error', 'body timeout error', 'headerstimeouterror', 'bodytimeouterror'],
        /\b(?:headers|body)(?: timeout error|timeouterror)\b/i,
      ],
    ],
  },
  {
    id: 'timeout-corepack',
    category: 'timeout',
    name: 'corepack 或 pnpm 的请求没有结果',
    why: '到 {host} 的请求没有成功，日志没有写原因：多半是连接没有建立。',
    tool: 'node',
    role: 'vague',
    patterns: [
      [
        'error when performing the request',
        rx`error when performing the request(?: to (?<url>https?://[^\s"';]{1,300}))?`,
      ],
      ['err_pnpm_meta_fetch_fail', /ERR_PNPM_META_FETCH_FAIL[^\n]{0,200}/i],
    ],
  },
  {
    id: 'timeout-java',
    category: 'timeout',
    name: 'Maven 或 Gradle 连接超时',
    why: '到 {host} 的连接或读取超时。',
    tool: 'java',
    becomes: ['proxy-dial'],
    patterns: [
      [
        'connect to ',
        rx`connect to (?<host>[\w.-]{1,253})(?::(?<port>\d{1,5}))?(?: \[[^\]\n]{1,200}\])? failed: (?:connect(?:ion)? timed out|operation timed out|read timed out)`,
      ],
      [
        'timed out',
        rx`(?:SocketTimeoutException|ConnectTimeoutException|HttpTimeoutException|HttpConnectTimeoutException|ConnectException): (?:connect|connection|read|request|http connect)[^\n]{0,60}timed out`,
      ],
      [
        'timed out',
        rx`could not (?:transfer|get|head|download)[^\n]{0,600}?(?:read|connect|connection|operation) timed out`,
      ],
      ['timed out', rx`> (?:read|connect) timed out`],
      ['downloading from ', rx`downloading from (?<url>https?://[^\s"']{1,300}) failed: timeout`],
      ['artifact with coursier', /error while fetching artifact with coursier: timed out/i],
    ],
  },
  {
    id: 'timeout-dotnet',
    category: 'timeout',
    name: '.NET 或 PowerShell 连接超时',
    why: '到 {host} 的请求超时。',
    tool: 'dotnet',
    patterns: [
      ['httpclient.timeout', /the request was canceled due to the configured HttpClient\.Timeout/i],
      [
        'unable to load the service index',
        rx`unable to load the service index for source (?<url>https?://[^\s"']{1,300}?)\.?\s[^\n]{0,200}(?:timed out|a connection attempt failed)`,
      ],
      [['操作超时', '操作已超时'], /(?:操作已超时|操作超时)/],
      ['the operation has timed out', /the operation has timed out/i],
      [
        'has timed out after',
        rx`the HTTP request to '[a-z]{3,7} (?<url>https?://[^\s']{1,300})' has timed out after \d{1,9} ?ms`,
      ],
      // The same behind a console's wrap, which may leave a blank inside the address.
      ['has timed out after', /[\w/]' has timed out after \d{1,9} ?ms/i],
    ],
  },
  {
    id: 'timeout-ruby',
    category: 'timeout',
    name: 'RubyGems 或 Bundler 连接超时',
    why: '到 {host} 的连接或读取超时。',
    patterns: [
      [
        ['net::opentimeout', 'net::readtimeout', 'execution expired'],
        /Net::(?:Open|Read)Timeout(?:: [^\n]{0,160})?|\(execution expired\)/i,
      ],
      [
        'unable to download data from',
        rx`unable to download data from (?<url>https?://[^\s"']{1,300}) - timed out`,
      ],
    ],
  },
  {
    id: 'timeout-bundler',
    category: 'timeout',
    name: 'Bundler 取不到软件源的索引',
    why: 'Bundler 没能从 {host} 取到索引，日志没有写原因：多半是连接没有建立。',
    role: 'vague',
    patterns: [
      [
        'could not fetch specs from',
        rx`could not fetch specs from (?<url>https?://[^\s"']{1,300})`,
      ],
    ],
  },
  {
    id: 'timeout-conda',
    category: 'timeout',
    name: 'conda 连接不上软件源',
    why: 'conda 没有收到 {host} 的任何回应（HTTP 000）：连接没有建立。',
    tool: 'conda',
    role: 'vague',
    patterns: [
      [
        'http 000',
        rx`(?:CondaHTTPError: )?HTTP 000 CONNECTION FAILED(?: for url <(?<url>https?://[^\s>]{1,300})>)?`,
      ],
      [
        'download error',
        rx`download error \(28\) timeout was reached \[(?<url>https?://[^\s\]]{1,300})`,
      ],
    ],
  },

  {
    id: 'timeout-trying',
    category: 'timeout',
    name: '连接没有建立',
    why: '到 {host} 的连接一直在尝试，没有结果。',
    role: 'retry',
    tool: 'curl',
    patterns: [
      [
        '  trying ',
        rx`\* {2,4}trying (?<ip>[\d.]{7,15}|\[[0-9a-f:]{2,45}\])(?::(?<port>\d{1,5}))?\.{3}`,
      ],
      [
        'immediate connect fail',
        rx`immediate connect fail for (?<ip>[^\s:]{0,4}[0-9a-f:.]{2,45}): `,
      ],
    ],
  },

  // --- refused -------------------------------------------------------------------------------
  {
    id: 'refused-connect',
    category: 'refused',
    name: '连接被拒绝',
    why: '{host} 的这个端口没有程序在听，或者防火墙直接拒绝了连接。',
    tool: 'registry',
    becomes: ['mirror-dead', 'proxy-dial', 'dns-poisoned', 'dns-loopback', 'none-app'],
    patterns: [
      [
        'connection refused',
        rx`${GO_DIAL}: (?:connect: |getsockopt: |connectex: )?connection refused`,
      ],
      [
        'actively refused',
        rx`${GO_DIAL}: connectex: no connection could be made because the target machine actively refused(?: it)?`,
      ],
      [
        '积极拒绝',
        /dial tcp (?<ip>[\d.]{7,15}):(?<port>\d{1,5}): connectex: 由于目标计算机积极拒绝/,
      ],
      [
        'dial tcp',
        rx`dial tcp (?:\(none\)|<nil>|[\w.:[\]-]{1,80}): (?:connect: )?connection refused`,
      ],
      // Cut by a screen or a quotation.
      ['dial tcp', rx`${GO_DIAL}: connect: connection ref?u?s?$`],
      ['connectex: no con', rx`${GO_DIAL}: connectex: no con[a-z ]{0,60}[."'\x60…]{0,4}$`],
    ],
  },
  {
    id: 'refused-unreachable',
    category: 'refused',
    name: '没有通往目标的路由',
    why: '操作系统说到不了 {host}：网络断开、路由缺失，或者只有 IPv6 地址而本机没有 IPv6。',
    tool: 'registry',
    becomes: ['mirror-dead', 'proxy-dial', 'dns-poisoned', 'none-app'],
    patterns: [
      ['no route to host', rx`${GO_DIAL}: (?:connect: |getsockopt: )?no route to host`],
      ['unreachable', rx`${GO_DIAL}: (?:connect: |getsockopt: )?network is unreachable`],
      ['host is down', rx`${GO_DIAL}: (?:connect: )?host is down`],
      [
        'cannot assign requested address',
        rx`${GO_DIAL}: (?:connect: )?cannot assign requested address`,
      ],
      [
        'dial tcp',
        rx`${GO_DIAL}: (?:connect: )?(?:permission denied|operation not permitted|protocol not available|no buffer space available|invalid argument)`,
      ],
      [
        'unreachable ',
        rx`${GO_DIAL}: connectex: a socket operation was attempted to an unreachable (?:network|host)`,
      ],
      [
        'forbidden by its access',
        rx`${GO_DIAL}: connectex: an attempt was made to access a socket in a way forbidden by its access permissions`,
      ],
      ['network is unreachable', /(?:: |\()network is unreachable/i],
      ['no route to host', /\bno route to host/i],
      [
        ['cannot assign requested address', 'address not available'],
        /(?:\bconnect: |\.\.\. failed: |\[errno (?:99|49)\] |oserror\(99, ')(?:cannot assign requested address|address not available)/i,
      ],
      [
        ['套接字操作尝试', '尝试了一个套接字操作'],
        /向一个无法连接的(?:网络|主机)尝试了一个套接字操作|套接字操作尝试/,
      ],
      ['以一种访问权限不允许', rx`${GO_DIAL}: connectex: 以一种访问权限不允许的方式`],
    ],
  },
  {
    id: 'refused-tool',
    category: 'refused',
    name: '命令连不上目标',
    why: '{host} 拒绝了连接，或者到不了。',
    becomes: ['proxy-dial', 'none-app'],
    patterns: [
      ['unable to connect to ', rx`unable to connect to '${HOST}' on port (?<port>\d{1,5})`],
      [
        'failed to connect to',
        rx`failed to connect to ${HOST}(?: port |:)(?<port>\d{1,5})(?: \([^)\n]{0,80}\))?(?: after \d{1,8} ms)?: (?:connection refused|no route to host|network is unreachable|host is unreachable|bad access|permission denied)`,
      ],
      [
        'failed to connect to',
        rx`failed to connect to ${HOST}(?: port |:)(?<port>\d{1,5})(?: via [\w.-]{1,253})?(?: after \d{1,4} ms)?: (?:couldn't|could not) connect to server`,
      ],
      [
        'failed to connect to',
        rx`failed to connect to ${HOST}(?: port |:)(?<port>\d{1,5})(?=\s|$|[.,"'\x60*。，；）])(?! after)(?!:)`,
      ],
      ['connect to host', rx`curl: \(7\) couldn't connect to host`],
      [
        ['curl: (7)', 'curl error 7 ', 'curl error (7)'],
        /(?:curl: \(7\)|curl error 7(?= )|curl error \(7\):?)(?! failed (?:to )?connect[^\n]{0,260}(?:refused|timed|no route|unreachable|connect to server|bad access|permission|(?:port |:)\d{1,5}(?:\s*$|[.,])))/i,
      ],
      ["[7] couldn't", /\[7\] couldn't connect to server/i],
      [
        'connect to ',
        rx`connect to ${HOST} port (?<port>\d{1,5})(?: from \S{1,80} port \d{1,5})? failed: (?:connection refused|no route to host|network is unreachable)`,
      ],
      [
        'connecting to ',
        rx`connecting to ${HOST}(?: \([^)\n]{1,253}\))?(?:\|[^|\n]{2,60}\|)?(?::(?<port>\d{1,5}))?\.\.\. failed: (?:connection refused|no route to host|network is unreachable)`,
      ],
      [
        "can't connect to remote host",
        rx`can't connect to remote host(?: \([^)\n]{1,80}\))?: (?:connection refused|network (?:is )?unreachable|no route to host|host is unreachable)`,
      ],
      [
        'ssh: connect to host',
        rx`ssh: connect to host ${HOST} port \d{1,5}: (?:connection refused|no route to host|network is unreachable)`,
      ],
      [
        'errno=connection refused',
        rx`(?:fatal: unable to connect to [^\n]{1,200}|${HOST}\[\d{1,2}: [^\]\n]{2,60}\]: )errno=connection refused`,
      ],
      [
        'failed connect to',
        rx`failed connect to ${HOST}:(?<port>\d{1,5}); (?:connection refused|no route to host|network is unreachable)`,
      ],
      [
        'no connection could be made',
        /no connection could be made because the target machine actively refused it/i,
      ],
      ['积极拒绝', /由于目标计算机积极拒绝/],
      ['无法连接到远程服务器', /无法连接到远程服务器/],
      ['unable to connect to the remote server', /unable to connect to the remote server/i],
      [
        [
          'destination host unreachable',
          'destination net unreachable',
          'destination port unreachable',
        ],
        /destination (?:host|net|port) unreachable/i,
      ],
      [
        ['拒绝连接', '没有到主机的路由', '网络不可达'],
        /失败[:：] ?(?:拒绝连接|没有到主机的路由|网络不可达)/,
      ],
      [['连接被拒绝', '拒绝连接'], /(?:拒绝连接|连接被拒绝)/],
      ['connection refused', rx`connection refused \((?<host>[\w.-]{1,253}):(?<port>\d{1,5})\)`],
      ['connect:errno=1', /(?<!\w)connect:errno=(?:101|111|113)\b/i],
    ],
  },
  {
    id: 'refused-apt',
    category: 'refused',
    name: 'apt 连不上软件源',
    why: '软件源 {host} 拒绝了连接，或者没有路由。',
    tool: 'apt',
    implies: ['apt-no-release', 'apt-unable-locate'],
    becomes: ['proxy-dial'],
    patterns: [
      [
        'could not connect to',
        rx`could not connect to ${HOST}:(?<port>\d{1,5}) \([^)\n]{2,60}\)[.,] - connect \((?:111|113|101): (?:connection refused|no route to host|network is unreachable)`,
      ],
      ['connection refused', rx`connection refused \[IP: (?<ip>[^\s\]]{2,60}) (?<port>\d{1,5})\]`],
      ['无法连接', /无法连接(?:上|到) ?(?<host>[\w.-]{1,253}):(?<port>\d{1,5}) \([^)\n]{2,60}\)/],
    ],
  },
  {
    id: 'refused-apt-unable',
    category: 'refused',
    name: 'apt 连不上软件源（没写原因）',
    why: 'apt 没能连上 {host}，这一行没有写原因；同一台主机前面的行写了的话，以前面为准。',
    role: 'vague',
    tool: 'apt',
    implies: ['apt-no-release', 'apt-unable-locate'],
    becomes: ['proxy-dial'],
    patterns: [
      [
        'unable to connect to',
        rx`unable to connect to ${HOST}:(?<port>\w{1,5}):?(?: \[IP: [^\]\n]{2,80}\])?`,
      ],
    ],
    unless: /RedisConnection|\bredis:/i,
  },
  {
    id: 'refused-apt-unreachable',
    category: 'refused',
    name: 'apt 没有通往软件源的路由',
    why: '到 {host} 没有路由；只有 IPv6 地址报这个错时，IPv4 那条才是关键。',
    tool: 'apt',
    implies: ['apt-no-release', 'apt-unable-locate'],
    patterns: [
      [
        'cannot initiate the connection',
        rx`cannot initiate the connection to ${HOST}:(?<port>\d{1,5}) \([^)\n]{2,60}\)\. - connect \((?:101|113|99): [^)\n]{5,60}\)`,
      ],
      [
        '无法发起与',
        rx`无法发起与 ?${HOST}:(?<port>\d{1,5}) \([^)\n]{2,60}\) ?的连接 - connect \((?:101|113|99): [^)\n]{2,60}\)`,
      ],
    ],
  },
  {
    id: 'refused-apk',
    category: 'refused',
    name: 'apk 连不上软件源',
    why: 'apk 到不了软件源 {host}。',
    tool: 'apk',
    patterns: [
      ['could not connect to server', rx`could not connect to server \(check repositories file\)`],
      ['network error (check', rx`network error \(check internet connection and firewall\)`],
      [
        ['connection refused', 'network unreachable', 'host is unreachable'],
        rx`(?:fetching|ERROR:|WARNING:) ?(?:fetching )?(?<url>https?://[^\s"']{1,300}?): (?:connection refused|network unreachable|host is unreachable)`,
      ],
    ],
  },
  {
    id: 'refused-python',
    category: 'refused',
    name: 'pip 或 Python 连接被拒绝',
    why: '{host} 拒绝了 Python 程序的连接，或者没有路由。',
    tool: 'pip',
    implies: ['pip-no-version'],
    becomes: ['proxy-dial', 'none-app'],
    patterns: [
      ['[errno 111]', rx`\[errno 111\] connection refused`],
      ['[errno 61]', rx`\[errno 61\] connection refused`],
      ['[errno 113]', rx`\[errno 113\] no route to host`],
      ['[errno 101]', rx`\[errno 101\] network is unreachable`],
      ['winerror 10061', /\[?winerror 10061\]?[^\n]{0,120}/i],
      [['winerror 10051', 'winerror 10055'], /\[?winerror 1005[15]\]?[^\n]{0,120}/i],
      ['connectionrefusederror', /ConnectionRefusedError/i],
      ['connect call failed', rx`connect call failed \('(?<ip>[^'\s]{2,60})', (?<port>\d{1,5})`],
    ],
  },
  {
    id: 'refused-node',
    category: 'refused',
    name: 'npm 或 Node 连接被拒绝',
    why: '{host} 拒绝了连接（ECONNREFUSED），或者没有路由。',
    tool: 'node',
    becomes: ['proxy-dial', 'none-app'],
    patterns: [
      [
        'econnrefused',
        rx`connect econnrefused (?<ip>[^\s:]{2,60}|\[[^\]\s]{2,60}\]|::1?):(?<port>\d{1,5})`,
      ],
      ['econnrefused', /\beconnrefused\b/i],
      ['ehostunreach', rx`(?:connect )?\behostunreach(?: (?<ip>[\d.]{7,15}):(?<port>\d{1,5}))?`],
      ['enetunreach', rx`(?:connect )?\benetunreach(?: (?<ip>[\d.]{7,15}):(?<port>\d{1,5}))?`],
      ['connectionrefused', /\bConnectionRefused\b downloading/i],
      // Bun, before there is a connection at all.
      ['failedtoopensocket', /\bFailedToOpenSocket\b(?: downloading|: was there a typo)/i],
    ],
    // A database on the same machine.
    unless:
      /econnrefused (?:127\.0\.0\.1|::1|localhost):(?:5432|3306|27017|6379|5672|9200|1433|11211|9092)\b/i,
  },
  {
    id: 'refused-java',
    category: 'refused',
    name: 'Maven 或 Gradle 连接被拒绝',
    why: '{host} 拒绝了连接，或者没有路由。',
    tool: 'java',
    becomes: ['proxy-dial', 'daemon-tcp-down'],
    patterns: [
      [
        'connect to ',
        rx`connect to (?<host>[\w.-]{1,253})(?::(?<port>\d{1,5}))?(?: \[[^\]\n]{1,200}\])? failed: (?:connection refused|network is unreachable|no route to host)`,
      ],
      [
        ['connectexception', 'noroutetohostexception', 'socketexception'],
        rx`(?:ConnectException|HttpHostConnectException|NoRouteToHostException|SocketException)(?:: [^\n]{0,160}?)?(?:connection refused|no route to host|network is unreachable|host is unreachable)(?: \(connection refused\))?`,
      ],
      ['noroutetohost', /NoRouteToHostException/i],
      [
        'connectexception: failed to connect to',
        rx`ConnectException: Failed to connect to (?<host>[\w.-]{1,253})(?:/(?<ip>[\d.]{7,15}))?:(?<port>\d{1,5})\b`,
      ],
      [
        'connection refused',
        rx`could not (?:transfer|get|head|download)\b[^\n]{0,400}?connection refused`,
      ],
    ],
    // How Java's Docker clients name the engine's socket.
    unless: /unix:\/\/localhost:80: /,
  },
  {
    id: 'refused-generic',
    category: 'refused',
    name: '连接被拒绝（没写目标）',
    why: '某个连接被拒绝，日志没有写清是哪一个目标。',
    role: 'vague',
    patterns: [
      ['connection refused', /\bconnection refused\b/i],
      ['failed to establish a new connection', /failed to establish a new connection/i],
      ['network is unreachable', /\bnetwork is unreachable/i],
      ['unable to connect to', rx`fatal: unable to connect to ${HOST}`],
      [
        ': failed to connect to ',
        rx`unable to access '[^'\n]{1,300}': failed to connect to ${HOST}(?=\s*(?:$|["'\x60|\\,;，。；）]))`,
      ],
    ],
    unless:
      /\bunix |\.sock\b|unix:\/\/|npipe:|PSQLException|SQLSTATE\[|:(?:1433|3306|5432|5672|6379|9092|27017)\b|\bprint\(f?["']|\bconsole\.(?:log|warn|error)\(/i,
  },

  // --- interrupted ---------------------------------------------------------------------------
  {
    id: 'interrupted-eof',
    category: 'interrupted',
    name: '连接被对方关闭（EOF）',
    why: '请求发出之后，连接被关闭，没有收到完整的回答。',
    tool: 'registry',
    becomes: ['mirror-dead'],
    patterns: [
      [': eof', rx`(?:Get|Head|Post|Put|Patch) "?(?<url>https?://[^\s"']{1,2000}?)"?: {1,2}EOF\b`],
      ['unexpected eof', /\bunexpected EOF\b/i],
      ['reading from server: eof', /error reading from server: EOF/i],
      ['server: eof', /from server: EOF/i],
      // Retold with the address left out.
      [
        ['anonymous token:', 'oauth token:', 'do request:'],
        /failed to (?:do request|fetch (?:anonymous|oauth) token): ?(?:\.{3}|…) ?:? ?EOF\b/i,
      ],
      [
        'httpreadseeker: failed open',
        /httpReadSeeker: failed open: [^\n]{0,200}(?:\.{3}|…) ?:? ?EOF\b/i,
      ],
      [': eof', /(?:[\w)"'\]]): EOF(?=\s*(?:$|["'`,;.)\]]|\n))/],
      [
        ['unexpected end of file', 'unexpected end of stream'],
        /(?<!gzip: stdin: )unexpected end of file|unexpected end of stream/i,
      ],
    ],
    unless:
      /\b(?:sh|bash|yaml|json|sed|awk|toml|go|syntax|line \d+|parser?|here-document)\b[^\n]{0,60}unexpected EOF|syntax error|while looking for matching|parsing|unmarshal|yaml:|\b(?:email|username|password|passphrase): EOF\b/i,
  },
  {
    id: 'interrupted-reset',
    category: 'interrupted',
    name: '连接被重置',
    why: '连接中途收到 RST：被防火墙、代理或对方强行切断。',
    becomes: ['mirror-dead', 'dns-poisoned'],
    patterns: [
      [
        'reset by peer',
        rx`(?:read|write) tcp[46]? (?:${ADDRESS}->)?(?<ip>\d{1,3}(?:\.\d{1,3}){3}|\[[^\]\s]{2,60}\]):\d{1,5}: (?:read|write): connection reset by peer`,
      ],
      ['reset by peer', /connection (?:was )?reset by peer/i],
      ['write: broken pipe', /(?:^|[\s:])write: broken pipe\b/i],
      [
        'forcibly closed',
        /wsa(?:recv|send): an existing connection was forcibly closed by the remote host|an existing connection was forcibly closed/i,
      ],
      ['远程主机强迫关闭', /远程主机强迫关闭了一个现有的连接/],
      [['write:errno=104', 'read:errno=104'], /(?:write|read):errno=104/],
      ['connection was reset', /\bconnection was reset\b/i],
      ['connection was aborted', /an established connection was aborted/i],
      ['中止了一个已建立的连接', /中止了一个已建立的连接/],
      ['econnreset', /\beconnreset\b/i],
      ['[errno 104]', /\[errno 104\] connection reset by peer/i],
      ['connectionreseterror', /ConnectionResetError/i],
      [['winerror 10054', 'winerror 10053'], /\[?winerror 1005[34]\]?[^\n]{0,100}/i],
      ['connection reset', /(?:SocketException: |> |: )connection reset\b/i],
      [['连接被对方重', '连接被重置'], /连接被对方重[置设]|连接被重置/],
      ['connection reset', /\bconnection reset(?= \[IP:)/i],
      ['too many connection resets', /too many connection resets/i],
      ['broken pipe', rx`write tcp[46]? ${ADDRESS}->${ADDRESS}: write: broken pipe`],
      ['software caused connection abort', /software caused connection abort/i],
      [
        'recv failure',
        /\brecv failure(?!: (?:operation|connection) timed out)(?:: connection (?:was )?reset(?: by peer)?)?/i,
      ],
    ],
  },
  {
    id: 'interrupted-archive',
    category: 'interrupted',
    name: '解压时数据不完整',
    why: '传给解压程序的数据不完整：前面的下载失败或中途断开。',
    role: 'vague',
    patterns: [['gzip: stdin', /gzip: stdin: unexpected end of file/i]],
  },
  {
    id: 'interrupted-download',
    category: 'interrupted',
    name: '下载中途断开',
    why: '数据没有下完就断了：线路或代理不稳，或者中间设备切断了大文件。',
    becomes: ['mirror-dead'],
    patterns: [
      [
        ['eof occurred in violation', 'unexpected_eof_while'],
        /(?:unexpected_eof_while_reading\] )?eof occurred in violation of protocol|unexpected_eof_while_reading/i,
      ],
      [
        'read error (',
        /read error \((?!(?:connection|operation) timed out)[^)\n]{1,80}\) in headers/i,
      ],
      ['connection closed at byte', /connection closed at byte \d{1,15}/i],
      ['failed size validation', /failed size validation: \d+ != \d+/i],
      // Playwright.
      [
        'download failed: size mismatch',
        rx`download failed: size mismatch, file size: \d{1,15}, expected size: \d{1,15}(?: URL: (?<url>https?://[^\s"']{1,300}))?`,
      ],
      [
        'failed commit on ref',
        rx`failed commit on ref "?(?:layer|unknown|config|manifest|index)-sha256:[0-9a-f]{6,64}"?: (?!.{0,300}(?:unexpected commit digest|unexpected status: 4))`,
      ],
      ['short read', /\bshort read: expected \S{1,20} bytes but got \d+/i],
      ['use of closed network connection', /use of closed network connection/i],
      ['on closed pipe', /failed to (?:copy|push)\b[^\n]{0,300}: io: read\/write on closed pipe/i],
      [
        'download failed after attempts',
        // Where the reason follows, that is the cause.
        /download failed after attempts=\d+(?!: {0,2}(?:net\/http: |dial tcp|read tcp|(?:unexpected )?EOF\b|x509: |tls: |remote error|toomanyrequests|dialing [^\n]{0,300}(?:i\/o timeout|timed out|refused|no such host|properly respond)))/i,
      ],
      ['stream error', /stream error: stream ID \d+; [a-z_\d]{3,24}\b[^\n]{0,60}/i],
      [
        ['sent goaway', 'received goaway', 'via goaway', 'goaway: '],
        /(?:http2: )?(?:server sent|received|via) GOAWAY|\bGOAWAY: /i,
      ],
      ['http2: client', /http2: client connection (?:lost|force closed)/i],
      ['server closed idle connection', /server closed idle connection/i],
      [
        ['transport connection broken', 'http: server closed'],
        /http: server closed|transport connection broken: (?:unexpected EOF|http: ContentLength)/i,
      ],
      [
        'transfer closed with',
        /transfer closed with (?:\d+|outstanding) (?:bytes|read data) remaining|transfer closed with outstanding read data remaining/i,
      ],
      ['incompleteread', /IncompleteRead\(/i],
      [
        ['remote end closed connection', 'remotedisconnected'],
        /remote end closed connection without response|RemoteDisconnected/i,
      ],
      [
        'connection broken',
        /connection broken: (?:IncompleteRead|InvalidChunkLength|ConnectionResetError)/i,
      ],
      ['invalidchunklength', /InvalidChunkLength/i],
      [
        ['incomplete chunked', 'peer closed connection without'],
        /incomplete chunked encoding|peer closed connection without sending complete message body/i,
      ],
      ['socket hang up', /socket hang up/i],
      [
        ['other side closed', 'und_err_socket'],
        /SocketError: other side closed|\bUND_ERR_SOCKET\b/,
      ],
      ['failed writing http request', /failed writing http request/i],
      [
        ['err_stream_premature_close', 'premature close'],
        /err_stream_premature_close|premature close/i,
      ],
      [
        'invalid response body while',
        /invalid response body while trying to fetch (?<url>https?:\/\/[^\s:]{1,300})/i,
      ],
      [
        ['connection closed prematurely', 'premature end of c'],
        /connection closed prematurely|premature end of content-length|premature end of chunk/i,
      ],
      [
        ['nohttpresponse', 'failed to respond'],
        /NoHttpResponseException|[\w.-]:\d{2,5} failed to respond\b/i,
      ],
      ['empty reply from server', /empty reply from server/i],
      ['sideband packet', /unexpected disconnect while reading sideband packet/i],
      ['early eof', /\bearly EOF\b/i],
      ['remote end hung up', /the remote end hung up unexpectedly/i],
      [['index-pack failed', 'invalid index-pack'], /invalid index-pack output|index-pack failed/i],
      [['curl 18 ', 'curl: (18)'], /curl 18 |curl: \(18\)/i],
      [
        'curl: (56)',
        /curl: \(56\)(?! (?:connect tunnel|received http|proxy)|[^\n]{0,160}\balert\b)/i,
      ],
      ['curl 56 ', /curl 56 /i],
      ['curl: (52)', /curl: \(52\)/i],
      ['curl 92 ', /curl 92 /i],
      ['curl: (92)', /curl: \(92\)/i],
      ['curl: (16)', /curl: \(16\)/i],
      ['network connection aborted', /network connection aborted/i],
      [
        'connection closed by',
        /(?:kex_exchange_identification|ssh): [^\n]{0,60}connection closed by/i,
      ],
      ['connection failed', /connection failed \[IP: [^\s\]]{2,60} 443\]/i],
      ['gnutls recv error', /GnuTLS recv error \(-\d{1,4}\)(?:: [^\n]{0,80})?/i],
      ['ssl_error_syscall', /(?<!SSL_connect: )SSL_ERROR_SYSCALL[^\n]{0,80}/i],
      ['undetermined error', /undetermined error(?= \[IP:|\s*$)/i],
      ['unexpected eof while reading', /unexpected eof while reading/i],
      [
        ['remote party has closed', 'connection was closed unexpectedly'],
        /remote party has closed the transport stream|connection was closed unexpectedly/i,
      ],
      [
        ['基础连接已经', '连接被意外关闭'],
        /(?:基础连接已经关闭|(?:基础)?连接被意外关闭)(?!: ?未能为)[^\n]{0,40}/,
      ],
      [
        'underlying connection was closed',
        /the underlying connection was closed(?!: could not establish trust)/i,
      ],
      ['response ended prematurely', /the response ended prematurely/i],
      [
        ['connection was closed', 'connection closed by', 'connection closed unexpectedly'],
        /connection was closed unexpectedly|connection was closed by (?:the )?remote|connection closed (?:unexpectedly|by (?:the )?remote)/i,
      ],
      ['connection closed before', /connection closed before message completed/i],
      [
        ['error reading a body', 'error decoding response'],
        /error reading a body from connection|error decoding response body/i,
      ],
      ['远端意外挂断', /远端意外挂断/],
      ['过早的文件结束符', /过早的文件结束符/],
      [
        ['curl: (55)', 'curl 55 ', '[55] failed'],
        /curl: \(55\)[^\n]{0,60}|curl 55 [^\n]{0,60}|\[55\] failed sending data/i,
      ],
      [
        ['curl error 18', 'curl error 56', 'curl error 92', 'curl error 52', 'curl error 55'],
        /curl error (?:18|52|55|56|92)\b(?!.{0,200}(?:from proxy after connect|connect tunnel failed))[^\n]{0,60}/i,
      ],
      ['partial file', /transferred a partial file/i],
      ['network aborted', /npm (?:err!|error) network aborted/i],
      [
        ['request failed "aborted"', 'error: aborted', 'connresetexception'],
        /request failed "aborted"|\berror: aborted\s*(?:$|at )|connResetException/i,
      ],
      [
        'error reading from server',
        /error reading from server(?:\.| - )(?! ?read \(104)[^\n]{0,60}/i,
      ],
      ['terminated the handshake', /remote host terminated the handshake/i],
      ['connection during handshake', /remote host closed connection during handshake/i],
      ['truncated chunk', /truncated chunk \(/i],
      [
        'end of file reached',
        /EOFError[^\n]{0,20}end of file reached|end of file reached \(https?:/i,
      ],
      ['socket_closed_remotely', /socket_closed_remotely/i],
      [
        ['http2 framing layer', 'http/2 framing layer', 'was not closed cleanly'],
        /error in the http\/?2 framing layer|http\/2 stream \d{1,9} was not closed cleanly/i,
      ],
      [
        [
          'when receiving data from the peer',
          'sending data to the peer',
          'server returned nothing',
        ],
        /(?:failure when receiving data from the peer|failed sending data to the peer|server returned nothing \(no headers, no data\))(?![^\n]{0,240}(?:proxy|tunnel))/i,
      ],
      [
        'client network socket disconnected',
        /client network socket disconnected before secure tls connection was established/i,
      ],
      ['no data received', /awaiting response\.\.\. no data received/i],
      ['connection has been closed', /tls\/ssl connection has been closed \(eof\)/i],
      ['response payload is not completed', /response payload is not completed/i],
      [
        ['serverdisconnectederror', 'server disconnected without'],
        /ServerDisconnectedError|server disconnected without sending a response/i,
      ],
      ['send disconnect: ', /send disconnect: (?:broken pipe|connection reset)[^\n]{0,20}/i],
      [': aborted"', /(?<url>https?:\/\/[^\s"']{1,300}): aborted"/i],
      ['without sending tls close_notify', /without sending tls close_notify/i],
      ['error getting response', /wget: error getting response\b/i],
      ['encountered end of file', /encountered end of file/i],
      ['failed to receive handshake', /schannel: failed to receive handshake[^\n]{0,60}/i],
    ],
  },
  {
    id: 'interrupted-apk',
    category: 'interrupted',
    name: 'apk 的下载断了',
    why: 'apk 从软件源 {host} 读到一半断了：线路或代理不稳，或者中间设备切断了连接。',
    tool: 'apk',
    implies: ['apk-ignored'],
    patterns: [
      [
        [
          '.gz: io error',
          '/main: io error',
          'community: io error',
          '.gz: unexpected end',
          '/main: unexpected end',
          'community: unexpected end',
        ],
        rx`(?<url>https?://[^\s"']{1,300}?(?:\.gz|/main|/community)): (?:io error|unexpected end of file)`,
      ],
      [
        'fetching ',
        rx`fetching (?<url>https?://[^\s"']{1,300}?): (?:io error|unexpected end of file)`,
      ],
    ],
  },
  {
    id: 'interrupted-stalled',
    category: 'interrupted',
    name: '下载停滞',
    why: '下载长时间没有进展，程序一再重试后放弃。',
    patterns: [
      ['component download failed', /component download failed for \S+/i],
      ['could not download', /could not download (?:nonexistent )?(?:rust )?(?:file|component)/i],
    ],
  },
  {
    id: 'interrupted-retry',
    category: 'interrupted',
    name: '下载在重试',
    why: '下载失败后正在重试，还没有写出最后的结果。',
    role: 'retry',
    patterns: [['retrying', /retrying (?:download for|in \d+ seconds?)\b[^\n]{0,80}/i]],
  },
];
