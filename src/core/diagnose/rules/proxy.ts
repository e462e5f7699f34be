import type { Rule } from '../types.ts';
import { ADDRESS, GO_REQUEST, HOST, rx } from './fragments.ts';

/** Reason phrases that proxies send with a refused CONNECT; Go prints the phrase alone. */
const PHRASE = String.raw`(?<status>forbidden(?:\.| by (?:proxy|policy|rule|acl|administrative rules|web security gateway)[^"\n]{0,40})?|access (?:is )?denied[^"\n]{0,60}|bad gateway|service (?:temporarily )?unavailable|gateway time-?out|gateway timeout|not found|host not found|bad request|internal server error|method not allowed|not allowed|blocked[^"\n]{0,60}|policy_denied|proxy error[^"\n]{0,60}|request (?:blocked|denied|rejected)[^"\n]{0,60}|request forbidden[^"\n]{0,60}|connection (?:timed out|not allowed)|unknown host|unable to connect|tunnel (?:or ssl )?forbidden|tunnel connection failed|cannotconnect|network error|network_error|dns_(?:unresolved_hostname|server_failure)|tcp_error|no route to host|not acceptable|request timeout|too many requests|upstream[^"\n]{0,60}|unknown status code)`;
/** How such a message begins, for the search. */
const PHRASES = [
  ': forbidden',
  ': access denied',
  ': access is denied',
  ': bad gateway',
  ': service unavailable',
  ': service temporarily',
  ': gateway time',
  ': not found',
  ': host not found',
  ': bad request',
  ': internal server',
  ': method not',
  ': not allowed',
  ': blocked',
  ': policy_denied',
  ': proxy error',
  ': request ',
  ': connection timed',
  ': connection not',
  ': unknown host',
  ': unable to connect',
  ': tunnel or',
  ': tunnel forb',
  ': tunnel conn',
  ': cannotconnect',
  ': network error',
  ': network_error',
  ': tcp_error',
  ': dns_unresolved',
  ': dns_server_failure',
  ': no route',
  ': not acceptable',
  ': too many requests',
  ': upstream',
  ': unknown status',
];
/** What may follow a message that is over. */
const OVER = String.raw`(?= \([^\n"]{2,160}\)|\s*(?:$|\n|["'|]|[,.;)\]、。]|\*{1,2}(?:\s|$)|\\| (?:-|at|in) ))`;

/** The proxy itself fails. Sources: Go `net/http` transport.go `dialConn`, `x/net/internal/socks`, curl, apt, urllib3, Node agents, JDK. */
export const proxyRules: readonly Rule[] = [
  {
    id: 'proxy-dial',
    category: 'proxy-unreachable',
    name: '连不上代理',
    why: '代理 {proxy} 连不上：代理软件没有运行、端口不对，或者它只听 127.0.0.1，而发起连接的一方在虚拟机、WSL2 或容器里。',
    patterns: [
      [
        'proxyconnect tcp: dial',
        rx`proxyconnect tcp: dial tcp[46]? (?:${ADDRESS}->)?(?<proxy>(?:\[[^\]\s]{2,60}\]|[\w.-]{1,253}):(?:\d{1,5}|[a-z_]{2,16}))(?::? [^"'\n]{0,200})?`,
      ],
      [
        'proxyconnect tcp: dial',
        rx`proxyconnect tcp: dial tcp[46]?: (?:connect: |getsockopt: |connectex: )?(?:i/o timeout|connection refused|connection timed out|no route to host|network is unreachable|no connection could be made|[^"\n]{0,80}no suitable address)`,
      ],
      [
        'proxyconnect tcp',
        /proxyconnect tcp: (?:read|write) tcp[46]? [^\s"]{1,120}->(?<proxy>[^\s"]{1,80}): (?:[^"\n]{0,40}(?:reset by peer|i\/o timeout|broken pipe|timed out))?[^"\n]{0,120}/i,
      ],
      // Addresses as documentation writes them, and names that end otherwise.
      [
        'proxyconnect tcp: dial',
        /proxyconnect tcp: dial tcp[46]? (?!:|lookup)[^\s"]{1,120}: (?:connect: |connectex: |getsockopt: )?(?:connection refused|i\/o timeout|no route to host|network is unreachable|connection timed out)/i,
      ],
      [
        'socks connect',
        rx`socks connect tcp4?6? (?<proxy>[^\s"]{1,120}?)->[^\s"]{1,260}: dial tcp[46]? [^"\n]{0,200}`,
      ],
      [
        'socks connect',
        rx`socks connect tcp4?6? (?<proxy>[^\s"]{1,120}?)->[^\s"]{1,260}: (?:EOF|i/o timeout|read tcp [^"\n]{0,160}|context deadline exceeded)`,
      ],
      [
        'error connecting to proxy',
        rx`error connecting to proxy(?: (?<proxy>https?://[^\s"']{1,200}))?[^\n]{0,160}`,
      ],
      [
        'unable to connect to proxy',
        /unable to connect to proxy['"]?(?![^\n]{0,240}(?:407|tunnel connection failed|wrong[_ ]version|filenotfounderror|oserror\((?:0|22)\b))(?:[^\n]{0,300}(?:connection refused|timed out|no route to host|unreachable|service not known|in name resolution|\(connect timeout))?[^\n]{0,300}/i,
      ],
      [
        'cannot connect to proxy',
        // Not a heading, and not urllib3's message cut before its cause.
        /(?<!^#{1,6} (?:[\d.]{1,6} )?)cannot connect to proxy(?!\.['"],?\s*$)(?![^\n]{0,240}(?:407|tunnel connection failed|wrong[_ ]version|filenotfounderror|oserror\((?:0|22)\b))(?:[^\n]{0,300}(?:connection refused|timed out|no route to host|unreachable|service not known|in name resolution|\(connect timeout))?[^\n]{0,300}/i,
      ],
      [
        [
          'connect to proxy',
          'connect to the proxy',
          'connect to http proxy',
          'connect to the http proxy',
          'connect to socks',
          'connect to the socks',
        ],
        rx`(?:failed to|could not|couldn't|unable to) connect to (?:the )?(?:http |socks[45]? ?)?proxy(?: server)?(?: (?:at )?(?<proxy>[\w.-]{1,253}:\d{1,5}))?`,
      ],
      [
        'tunneling socket could not be established',
        /tunneling socket could not be established, (?:cause=)?(?:connect |getaddrinfo )[^\n]{0,120}/i,
      ],
      [
        [
          'proxy server is refusing',
          'proxy server refusing',
          'proxy server is not resp',
          'proxy server not resp',
        ],
        /proxy server (?:is )?(?:refusing connections|not responding)/i,
      ],
      ['err_proxy_connection_failed', /err_proxy_connection_failed/i],
      [
        'proxyconnect',
        rx`proxyconnect tcp: (?:context deadline exceeded|i/o timeout|net/http: request canceled)`,
      ],
      // Cut in the middle by who tells of it.
      [
        'proxyconnect',
        rx`proxyconnect tcp: ?(?:dial tcp:? ?)?(?:\.{2,6}|…) ?:? ?(?:connect: )?(?:connection refused|i/o timeout|no route to host|connection timed out|network is unreachable)`,
      ],
      ['socks5: ', rx`socks5: (?:couldn't|failed to|could not|unable to) connect to [^\n]{0,120}`],
      [
        ['connection to proxy closed', 'proxy connection timed out'],
        /connection to proxy closed|\bproxy connection timed out/i,
      ],
      [
        'tunnel error: ',
        /tunnel error: [^\n]{0,80}(?:connection refused|unable to connect|connect error|timed out)/i,
      ],
    ],
  },
  {
    id: 'proxy-dns',
    category: 'proxy-unreachable',
    name: '代理的域名解析不了',
    why: '代理 {proxy} 的名称解析不出地址，还没有轮到目标网站。',
    patterns: [
      [
        'proxyconnect tcp: dial',
        rx`proxyconnect tcp: dial tcp[46]?: lookup (?!https?[ :]|tcp/)(?<proxy>[^\s:"]{1,253}?)(?: on [^\s"]{2,80})?: (?:[^"\n]{0,80}(?:no such host|server misbehaving|in name resolution|i/o timeout|connection refused))?[^"\n]{0,200}`,
      ],
      [
        ['could not resolve proxy', "couldn't resolve proxy"],
        rx`(?:curl: \(5\) )?(?:could not|couldn't) resolve proxy(?: name)?:? *'?(?<proxy>[\w.-]{1,253})?`,
      ],
      ['resolve proxy name', rx`(?:could not|couldn't) resolve proxy name`],
      [
        'tunneling socket',
        rx`tunneling socket could not be established, cause=getaddrinfo \w{5,12} (?<proxy>[\w.-]{1,253})`,
      ],
    ],
  },
  {
    id: 'proxy-dial-tool',
    category: 'proxy-unreachable',
    name: '命令连不上代理',
    why: '命令要经过代理 {proxy}，但代理没有回应。',
    implies: ['pip-no-version'],
    patterns: [
      ['failed reading proxy response', /failed reading proxy response[^\n]{0,60}/i],
      [
        'proxyerror',
        rx`ProxyError\((?:MaxRetryError\()?['"]?(?:unable|cannot) to? ?connect to proxy\.?['"]?, (?!.{0,200}(?:407|tunnel connection failed|filenotfounderror|oserror\((?:0|22)\b))(?:[^\n]{0,300}(?:connection refused|timed out|no route to host|unreachable|service not known|in name resolution|\(connect timeout))?[^\n]{0,300}`,
      ],
      [
        'cannot connect to proxy',
        rx`ProxyError\('Cannot connect to proxy\.', (?!.{0,80}(?:407|tunnel connection failed|filenotfounderror|oserror\((?:0|22)\b))(?:[^\n]{0,300}(?:connection refused|timed out|no route to host|unreachable|service not known|in name resolution|\(connect timeout))?[^\n]{0,300}`,
      ],
      [
        'sockshttp',
        rx`SOCKSHTTPS?Connection(?:Pool)?[^\n]{0,300}\s[^\n]{0,60}(?:failed to establish a new connection|connection refused|timed out)[^\n]{0,120}`,
      ],
      [
        [
          'socks4 proxy',
          'socks5 proxy',
          'socks5: ',
          'socks4: ',
          'generalproxyerror',
          'proxyconnectionerror',
          'sockserror',
        ],
        rx`(?:SOCKS[45]: |SOCKS[45] proxy|SOCKSError|GeneralProxyError|ProxyConnectionError)[^\n]{0,80}?(?:connection refused|error connecting to socks[45]? proxy|failed to receive|timed out)[^\n]{0,80}`,
      ],
      [
        'failed to connect to',
        rx`failed to connect to ${HOST}(?: port |:)\d{1,5} (?:via|over proxy) (?<proxy>[\w.:-]{1,253})[^\n]{0,120}`,
      ],
      [
        ["can't complete socks", 'cannot complete socks'],
        rx`(?:can't|cannot) complete socks[45]? connection to [^\n]{0,80}\((?:1|91)\)`,
      ],
      [
        'httphostconnectexception',
        rx`HttpHostConnectException: connect to (?<proxy>(?:127\.0\.0\.1|localhost|proxy[\w.-]{0,200}):(?!237[56]\b)\d{1,5})[^\n]{0,120}failed: [^\n]{0,60}`,
      ],
    ],
  },
  {
    id: 'proxy-auth',
    category: 'proxy-auth',
    name: '代理要求认证',
    why: '代理回答 407：它要用户名和密码，请求里没有带，或者带错了。',
    patterns: [
      [['返回 407', '报错 407', '一直报 407'], /(?:返回|报错|一直报) 407(?!\d)/],
      ['http connect failed', /HTTP CONNECT failed, reason=407[^\n]{0,40}/i],
      [
        'proxy auth',
        /(?:407[ :,-]{0,4}(?:"|')?|[:>] )?proxy (?:authentication|authorization) (?:is )?required[^"\n]{0,60}/i,
      ],
      [
        ['code 407', 'code: 407 from proxy'],
        /(?:received )?http (?:response )?code:? 407 from proxy after connect/i,
      ],
      ['407 from proxy', /\b407 from proxy after connect/i],
      ['response 407', /(?:connect tunnel failed, )?response 407/i],
      [
        [
          'http/1.0 407',
          'http/1.1 407',
          'error 407',
          'error: 407',
          'status 407',
          'code 407',
          'code: 407',
          'status: 407',
          'returned 407',
          'error: (407',
        ],
        /\b(?:http\/1\.[01] 407|error:? 407|error: \(407|(?:status|code):? 407|returned 407)\b[^\n]{0,80}/i,
      ],
      ['error: 407', /error: 407\b/i],
      [
        ['statuscode=407', 'status code=407'],
        /tunneling socket could not be established, status ?code=407/i,
      ],
      ['failed: 407', /\btunnel connection failed: 407\b[^\n]{0,60}/i],
      ['authenticationrequired', new RegExp(`${GO_REQUEST}authenticationrequired`, 'i')],
      [
        'authentication failed',
        rx`socks connect [^\n]{0,300}username/password authentication failed`,
      ],
      [
        ['no acceptable authentication', 'all offered authentication'],
        /no acceptable authentication methods|all offered authentication methods were rejected/i,
      ],
      [
        ['socks5 authentication', 'socks5 auth '],
        /socks5 (?:authentication|auth)(?: required| failed)/i,
      ],
      [
        ['err_proxy_auth', 'proxy_auth_required', 'proxy_auth_unsupported'],
        /err_proxy_auth|proxy_auth_(?:required|unsupported)/i,
      ],
      [
        ['代理身份验证', '代理需要', '代理要求', '代理服务器需要', '代理服务器要求'],
        /需要代理身份验证|代理(?:服务器)?(?:需要|要求)(?:身份)?(?:验证|认证)/,
      ],
      ['http 407', /\bhttp 407\b[^\n]{0,60}/i],
      [
        'unable to tunnel through proxy',
        /unable to tunnel through proxy\. proxy returns "?http\/1\.[01] 407/i,
      ],
      ['proxy returned 407', /proxy returned 407/i],
      ['code e407', /code E407\b/i],
      ['tcp_denied/407', /TCP_DENIED\/407\b/],
      [
        'proxy tunnel request to',
        rx`proxy tunnel request to proxy '(?<proxy>[^\s']{1,200})' failed with status code '?407`,
      ],
      ['when http tunneling', /proxy response ?\(407\) ?!== 200 when HTTP tunneling/i],
      ['no authentication method was', /no authentication method was acceptable/i],
      ['was rejected by the socks', /user was rejected by the socks[45] server/i],
    ],
    // A table of the status codes, in a program or a text.
    unless:
      /407["'\]]{0,2} ?(?:=>?|:|,) ?["'`]Proxy Auth|\b407, "407"|\bcase 407:|\| ?\*{0,2}`?407`?\*{0,2} ?\| ?Proxy Auth/i,
  },
  {
    id: 'proxy-tls-on-http',
    category: 'proxy-protocol',
    name: '把 HTTP 代理写成了 https://',
    why: '客户端按 https:// 去连代理，而代理说的是明文 HTTP：把 HTTPS_PROXY 的值改成 http:// 开头，变量名里的 HTTPS 指的是目标网站。',
    patterns: [
      [
        'proxyconnect tcp',
        /proxyconnect tcp: tls: first record does not l(?:ook like a tls h(?:andshake)?)?[a-z ]{0,24}/i,
      ],
      [
        'proxyconnect tcp',
        /proxyconnect tcp: (?:tls: oversized record|net\/http: tls handshake timeout|tls: unexpected message|tls: received record)[^"\n]{0,80}/i,
      ],
      ['proxyconnect tcp', /proxyconnect tcp: (?:unexpected )?EOF\b/i],
      ['proxyconnect tcp', /proxyconnect tcp: http: server gave http response to https client/i],
      [
        ['proxyerror', 'cannot connect to proxy', 'unable to connect to proxy'],
        /(?:ProxyError|cannot connect to proxy|unable to connect to proxy)[^\n]{0,200}(?:wrong[_ ]version[_ ]number|unknown[_ ]protocol|record[_ ]layer[_ ]failure)[^\n]{0,80}/i,
      ],
      [
        'your proxy appears to only use http',
        /your proxy appears to only use http and not https(?:[^\n]{0,400}wrong[_ ]version[_ ]number)?[^\n]{0,400}/i,
      ],
      ['check_hostname requires', /check_hostname requires server_hostname/i],
      [
        'cannot connect to proxy',
        /ProxyError\('Cannot connect to proxy\.', (?:FileNotFoundError\(2|OSError\(0|OSError\(22)[^\n]{0,80}/i,
      ],
    ],
  },
  {
    id: 'proxy-tls-tool',
    category: 'proxy-protocol',
    name: '代理用明文回答了 TLS',
    why: '{host} 的 443 端口一定是 TLS，收到明文说明回答的是代理：多半把 HTTP 代理写成了 https://。',
    patterns: [],
  },
  {
    id: 'proxy-malformed',
    category: 'proxy-protocol',
    name: '代理端口说的不是 HTTP',
    why: '{proxy} 回答的不是 HTTP 代理的格式：端口多半是 SOCKS 端口、网页服务，或者协议写反了。',
    patterns: [
      [
        'proxyconnect tcp',
        /proxyconnect tcp: (?:net\/http: |http: )?[^"\n]{0,60}malformed http (?:response|status|version)[^\n]{0,80}/i,
      ],
      [
        'malformed http response',
        rx`${GO_REQUEST}(?:net/http: HTTP/1\.x transport connection broken: )?malformed HTTP response "?\\{0,4}x0[0-9][^\n]{0,60}`,
      ],
      // A SOCKS5 server's refusal is sign enough by itself.
      ['malformed http response', rx`malformed HTTP response "?\\{1,4}x05\\{1,4}x(?:00|ff)`],
      ['unexpected protocol version', /unexpected protocol version \d+/i],
      [
        'invalid response from proxy',
        /invalid response from proxy(?!: http\/1\.[01] (?:403|407|5\d\d))[^\n]{0,120}/i,
      ],
      ['proxy connect aborted', /proxy connect aborted/i],
      [
        'unsupported proxy',
        rx`unsupported proxy (?:syntax in|scheme|type|protocol|configured)[^\n]{0,160}`,
      ],
      [
        ['received invalid version', 'sent invalid data', 'sent invalid version'],
        /received invalid version in initial socks[45] response|socks[45]? (?:proxy )?(?:server )?sent invalid (?:data|version)/i,
      ],
      [
        'initial socks',
        /received invalid version in initial socks[45] response|unable to receive initial socks[45] response/i,
      ],
      [
        ['proxy handshake', 'socks handshake'],
        /(?:socks|proxy) handshake (?:failed|error)[^\n]{0,80}/i,
      ],
      ['reply has wrong version', /socks4 reply has wrong version/i],
    ],
  },
  {
    id: 'proxy-url',
    category: 'proxy-protocol',
    name: '代理地址写错',
    why: '代理地址读不懂：少了协议、协议写错，或者密码里的特殊字符没有编码成 %XX。',
    patterns: [
      [
        'lookup http',
        rx`(?:proxyconnect tcp: )?(?:dial tcp[46]?: )?lookup (?<proxy>https?)(?: on [^\s"]{2,80})?(?:: [^"\n]{0,160}|$)`,
      ],
      [
        'too many colons',
        rx`(?:proxyconnect tcp: )?dial tcp[46]?: address (?<proxy>[^\s"]{1,200}): too many colons in address`,
      ],
      [
        'proxyconnect tcp',
        rx`proxyconnect tcp: dial (?:tcp[46]?|unix|unknown)[^"\n]{0,40}: (?:address |lookup tcp/)[^"\n]{0,160}(?:unknown port|invalid port|missing port|nodename nor servname)[^"\n]{0,40}`,
      ],
      ['missing port in address', rx`(?:proxyconnect|proxy)[^"\n]{0,80}missing port in address`],
      ['invalid proxy', rx`invalid proxy (?:url|address|server|configuration|format)[^\n]{0,200}`],
      [
        'unknown scheme',
        /(?:proxy: |socks connect[^\n]{0,80}|proxyconnect[^\n]{0,80})unknown scheme:? ?[^\n]{0,60}/i,
      ],
      [
        ['proxy url', 'parse proxy', 'parsing proxy', 'parse the proxy', 'parsing the proxy'],
        rx`(?:could not|failed to|unable to|error|cannot) pars(?:e|ing) (?:the )?proxy(?: url)?[^\n]{0,200}`,
      ],
      ['socks version from', rx`unable to determine socks version from (?<proxy>[^\s"']{1,200})`],
      ['socks support', /missing dependencies for socks support/i],
      ['not supported proxy scheme', rx`not supported proxy scheme (?<proxy>\S{0,60})`],
      ['proxyschemeunknown', rx`ProxySchemeUnknown[^\n]{0,160}`],
      [
        ['proxy url had', 'proxy url is malformed'],
        rx`proxy url (?:had no scheme|is malformed)[^\n]{0,160}`,
      ],
      [
        ['unknown scheme for proxy', 'unknown url scheme for'],
        rx`unknown scheme for proxy url[^\n]{0,160}|unknown url scheme for proxy[^\n]{0,100}`,
      ],
      [
        'either servername or',
        /proxyconnect tcp: tls: either ServerName or InsecureSkipVerify must be specified/i,
      ],
      ['proxyconnect tcp: dial', rx`proxyconnect tcp: dial tcp :\d{1,5}: [^"\n]{0,80}`],
      ['unsupported protocol', rx`(?:proxy|tunnel)[^\n]{0,80}unsupported protocol[^\n]{0,60}`],
      ['bad port', rx`(?:proxy|curl: \(5\))[^\n]{0,80}bad port[^\n]{0,60}`],
      ['invalidproxyurl', /InvalidProxyURL[^\n]{0,120}/],
      ['invalid protocol: socks', /invalid protocol: socks\w{0,3}:/i],
      [
        ['invalid url escape', 'invalid userinfo'],
        rx`parse "?(?<proxy>https?://[^\s"]{0,200}@[^\s"]{1,200})"?: (?:invalid URL escape|net/url: invalid userinfo)[^\n]{0,40}`,
      ],
    ],
  },
  {
    id: 'proxy-denied-phrase',
    category: 'proxy-denied',
    name: '代理拒绝转发',
    why: '原因只有一句状态短语 {status}，没有数字：这是代理对 CONNECT 的回答，不是仓库的回答。',
    tool: 'registry',
    patterns: [
      [PHRASES, new RegExp(`${GO_REQUEST.replace('{1,2}', '')}${PHRASE}${OVER}`, 'i')],
      ['proxyconnect tcp', new RegExp(`proxyconnect tcp: ${PHRASE}${OVER}`, 'i')],
      // Retold with the address left out.
      [
        ['fetch anonymous token', 'fetch oauth token'],
        new RegExp(
          `failed to fetch (?:anonymous|oauth) token ?:? ?(?:\\.{3}|…) ?:? ?${PHRASE}${OVER}`,
          'i',
        ),
      ],
      // Go writes its own errors in lower case: a capital begins a proxy's home-made phrase.
      [
        [
          'get https://',
          'get "https://',
          'get "https://',
          'head https://',
          'head "https://',
          'head "https://',
        ],
        /(?:Get|Head) "?(?<url>https:\/\/[^\s"'<>]{1,2000}?)"?: {1,2}(?<status>(?!EOF|(?:Get|Head|Post|Put|Patch) ["“]?https?:)[A-Z][A-Za-z-]{2,30}(?: [A-Z][A-Za-z-]{1,30}){0,5})(?=\.?\s*(?:$|["'|,}])| \( [A-Z])/,
      ],
    ],
    unless: /proxy auth|authenticationrequired/i,
  },
  {
    id: 'proxy-denied-tool',
    category: 'proxy-denied',
    name: '代理拒绝建立隧道',
    why: '代理对 CONNECT 回答了 {status}，没有转发到 {host}：域名不在允许列表里，或者代理自己到不了目标。',
    implies: ['pip-no-version'],
    patterns: [
      ['http connect failed', rx`HTTP CONNECT failed, reason=(?<status>(?!407)\d{3})[^\n]{0,40}`],
      [
        'from proxy after connect',
        rx`received http (?:response )?code:? (?<status>(?!407)\d{3}) from proxy after connect`,
      ],
      [
        'invalid response from proxy',
        rx`invalid response from proxy: http/1\.[01] (?<status>403|5\d\d)[^\n\[]{0,80}`,
      ],
      ['connect tunnel failed', rx`connect tunnel failed, response (?<status>(?!407)\d{3})`],
      ['proxy connect', rx`proxy connect(?:ion)? (?:failed|error)[^\n]{0,100}`],
      [
        'tunnel connection failed',
        rx`tunnel connection failed: (?<status>(?!407)\d{3})[^'"\n]{0,60}`,
      ],
      [
        'proxy returns',
        rx`unable to tunnel through proxy\. proxy returns "?http/1\.[01] (?<status>(?!407)\d{3})[^"\n]{0,60}`,
      ],
      [
        'statuscode=',
        rx`tunneling socket could not be established, statuscode=(?<status>(?!407)\d{3})`,
      ],
      ['proxy error', rx`proxy error: (?:"|')?(?<status>http/1\.[01] (?!407)\d{3}[^"'\n]{0,60})`],
      [
        ['proxy response', 'response from proxy', 'proxy returned', 'proxy replied'],
        rx`(?:proxy response|response from proxy|proxy returned|proxy replied)[^\n]{0,40}?\b(?<status>(?!407)[45]\d\d)\b[^\n]{0,40}`,
      ],
      ['proxy tunneling failed', rx`proxy tunneling failed: (?!proxy auth)[^\n]{0,80}`],
      [
        'socks connect',
        rx`socks connect tcp4?6? (?<proxy>[^\s"]{1,120}?)->(?<host>[\w.-]{1,253})[^\s"]{0,8}: (?:unknown error |socks5?[^:\n]{0,20}: )?(?<status>general socks server failure|network unreachable|host unreachable|connection refused|connection not allowed by ruleset|ttl expired|command not supported)`,
      ],
      [
        'complete socks',
        rx`(?:can't|cannot) complete socks[45]? connection to (?<host>[^\s(]{1,253})[^\n]{0,20}\((?:[02-9]|[1-8]\d)\)`,
      ],
      [
        [
          'socks5error',
          'socks server failure',
          'not allowed by ruleset',
          '0x03: network',
          '0x04: host',
          '0x05: connection',
          '0x02: connection',
        ],
        /SOCKS5Error|0x01: general socks server failure|0x02: connection not allowed[^\n]{0,40}|0x03: network unreachable|0x04: host unreachable|0x05: connection refused/i,
      ],
      ['err_tunnel_connection_failed', /err_tunnel_connection_failed/i],
      ['x-squid-error', /x-squid-error: (?<status>[^\n]{1,60})/i],
      [
        [
          'err_access_denied',
          'err_cannot_forward',
          'err_connect_fail',
          'err_dns_fail',
          'err_cannot_connect',
        ],
        /\bERR_(?:ACCESS_DENIED|CANNOT_FORWARD|CONNECT_FAIL|DNS_FAIL|CANNOT_CONNECT)\b/,
      ],
      ['tcp_denied/', rx`TCP_DENIED/(?<status>(?!407)\d{3})`],
      ['tunnel error: unsuccessful', /tunnel error: unsuccessful/i],
      [
        'proxy tunnel request to',
        rx`proxy tunnel request to proxy '(?<proxy>[^\s']{1,200})' failed with status code '?(?<status>(?!407)\d{3})`,
      ],
      [
        'when http tunneling',
        rx`proxy response ?\((?<status>(?!407)\d{3})\) ?!== 200 when HTTP tunneling`,
      ],
      ['proxyerror: ', rx`\bproxyerror: (?<status>(?!407)[45]\d\d) [a-z][a-z ]{2,40}`],
    ],
  },
];
