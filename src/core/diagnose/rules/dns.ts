import type { Rule } from '../types.ts';
import { HOST, rx } from './fragments.ts';

const LOOKUP = String.raw`lookup "?(?<host>[^\s:"]{1,253}?)\.?"?(?: on (?<dns>\[[^\]\s]{2,60}\](?::\d{1,5})?|[\w.-]{1,253}(?::\d{1,5})?))?: `;

/** Names that don't resolve. Sources: Go `net`, glibc and musl `gai_strerror`, curl, apt, apk-tools, urllib3, Node `dns`. */
export const dnsRules: readonly Rule[] = [
  {
    id: 'dns-no-such-host',
    category: 'dns',
    name: '域名不存在',
    why: 'DNS 服务器明确回答没有 {host} 这个域名：拼写有误、域名已停用，或者它只在公司内网的 DNS 里才有。',
    tool: 'registry',
    patterns: [
      ['no such host', rx`${LOOKUP}no such host`],
      // Placeholders instead of names, as guides write it.
      ['no such host', /\blookup [^\s]{1,253} on [^\s]{1,80} ?: no such host/i],
      [
        'no such host',
        rx`(?:dial tcp|lookup)[^"\n]{0,120}: (?:getaddrinfow: )?no such host is known`,
      ],
      [
        'no such host',
        rx`(?:could not connect to|cannot connect to|connecting to) (?<host>[\w.-]{1,253})[^"\n]{0,80}no such host`,
      ],
      ['name does not exist', rx`${LOOKUP}(?:dnsquery|getaddrinfow): DNS name does not exist`],
      ['getaddrinfow', rx`${LOOKUP}getaddrinfow: `],
      ['no address associated', rx`${LOOKUP}no address associated with (?:host ?name|name)`],
      ['name does not resolve', rx`${LOOKUP}name does not resolve`],
      ['不知道这样的主机', /(?:lookup (?<host>[^\s:"]{1,253})[^\n]{0,80})?不知道这样的主机/],
    ],
  },
  {
    id: 'dns-server-misbehaving',
    category: 'dns',
    name: 'DNS 服务器出错',
    why: 'DNS 服务器回答了错误（SERVFAIL 或 REFUSED），没有给出 {host} 的地址。',
    tool: 'registry',
    patterns: [
      ['server misbehaving', rx`${LOOKUP}server misbehaving`],
      ['server misbehaving', /(?<=[:("'`*=] ?|^\s{0,20})server misbehaving/i],
      ['cannot unmarshal dns', rx`${LOOKUP}cannot unmarshal DNS message`],
      ['no answer from dns', rx`${LOOKUP}no answer from DNS server`],
    ],
  },
  {
    id: 'dns-timeout',
    category: 'dns',
    name: 'DNS 服务器没有回答',
    why: '查询 {host} 时 DNS 服务器{dns}一直没有回答。',
    tool: 'registry',
    patterns: [
      [
        ['i/o timeout', 'timed out'],
        rx`${LOOKUP}(?:read |dial )?(?:udp|tcp)[^"\n]{0,160}?: (?:read: )?(?:i/o timeout|connect: connection timed out)`,
      ],
      [
        ['i/o timeout', 'context deadline', 'operation was canceled', 'timed out', ': timeout'],
        rx`${LOOKUP}(?:i/o timeout|context deadline exceeded|operation was canceled|operation timed out|connection timed out|timeout)`,
      ],
      [
        [':53: i/o timeout', ':53: read: i/o timeout'],
        rx`(?:read|dial) (?:udp|tcp) [^\s"]{1,80}:53: (?:read: )?i/o timeout`,
      ],
      ['resolving timed out', /resolving timed out after \d{1,8}\b(?: (?:ms|milliseconds))?/i],
      [
        'this is usually a temporary error',
        rx`(?:${LOOKUP})?(?:getaddrinfow: )?this is usually a temporary error`,
      ],
    ],
  },
  {
    id: 'dns-refused',
    category: 'dns',
    name: 'DNS 服务没有运行',
    why: '本机配置的 DNS 服务器{dns}拒绝查询或到不了：那里没有 DNS 服务在听。',
    tool: 'registry',
    patterns: [
      [
        [
          'connection refused',
          'is unreachable',
          'no route to host',
          'operation not permitted',
          'permission denied',
          'host is down',
          'requested address',
        ],
        rx`${LOOKUP}(?:(?:(?:read|dial|write) )?(?:udp|tcp)[^"\n]{0,200}?: )?(?:(?:connect|read|write): )?(?:connection refused|network is unreachable|no route to host|operation not permitted|permission denied|host is down|cannot assign requested address)`,
      ],
      [
        ['dial udp', 'read udp'],
        rx`(?:dial|read) udp [^\s"]{1,80}:53: (?:(?:connect|read): )?(?:connection refused|network is unreachable|no route to host)`,
      ],
      ['no nameservers', /no nameservers (?:found|configured)/i],
    ],
  },
  {
    id: 'dns-temporary',
    category: 'dns',
    name: '域名解析暂时失败',
    why: '系统没能从任何 DNS 服务器得到 {host} 的地址（EAI_AGAIN）：多半是 DNS 没配好，或者网络本身不通。',
    patterns: [
      ['temporary failure in name resolution', rx`${LOOKUP}temporary failure in name resolution`],
      ['temporary failure in name resolution', /temporary failure in name resolution/i],
      ['name or service not known', rx`${LOOKUP}name or service not known`],
      ['nodename nor servname', rx`${LOOKUP}nodename nor servname provided`],
      ['try again', rx`${LOOKUP}try again\b`],
      // PHP on musl.
      ['try again', rx`getaddrinfo(?: for (?<host>[\w.-]{1,253}))? failed: try again\b`],
      ['域名解析暂时失败', /域名解析暂时失败/],
      ['未知的名称或服务', /未知的名称或服务/],
      ['non-recoverable failure in name', /non-recoverable failure in name resolution/i],
      [
        'resource temporarily unavailable (',
        rx`resource temporarily unavailable \((?<host>[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}):\d{1,5}\)`,
      ],
      // .NET before 5, which doesn't name the host.
      [
        'resource temporarily unavailable',
        /: error(?: NU\d{4})? ?: {2,6}resource temporarily unavailable(?= \[|\s*$)/i,
      ],
    ],
  },
  {
    id: 'dns-lookup',
    category: 'dns',
    name: '域名查询出错',
    why: '查询 {host} 的地址时出错，原因不常见；先确认这一层用的 DNS 服务器{dns}。',
    role: 'vague',
    tool: 'registry',
    patterns: [
      ['dial tcp: lookup', rx`dial tcp: ${LOOKUP}(?<detail>[a-z][^"\n]{3,80})`],
      // Quoted or cut before the reason.
      [
        'dial tcp: lookup',
        /dial tcp: lookup(?: ?\.{3}| (?<host>[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}))(?: on (?<dns>[\w.-]{1,60}:\d{1,5}))?(?=:?[ \t]{0,4}(?:$|["'`]))/i,
      ],
    ],
    unless: /lookup (?:https?|tcp\/)|proxyconnect/i,
  },
  {
    id: 'dns-tool',
    category: 'dns',
    name: '找不到主机',
    why: '命令没能解析 {host}。命令在哪里运行，就用哪里的 DNS：宿主机、容器和构建步骤各有各的。',
    patterns: [
      [
        'could not resolve host',
        rx`could not resolve host(?!name\s*(?:$|["'()\][]))(?:name|:)? *'?${HOST}`,
      ],
      ['could not resolve hostname', /could not resolve hostname(?=\s*(?:$|["')\]]))/i],
      [
        'resolve host',
        rx`couldn'?t resolve host(?: name)?(?: for [^\n]{0,300}?\[could not resolve host: (?<host>[\w.-]{1,253})\]?)?`,
      ],
      ['resolve host', rx`couldn'?t resolve host '(?<host>[\w.-]{1,253})'`],
      // R's curl, and gpg.
      [
        'unable to resolve host address',
        /\bwget: unable to resolve host address(?=["'`.。]?\s*$)/im,
      ],
      ['could not resolve hostname', rx`could not resolve hostname \[(?<host>[\w.-]{1,253})\]`],
      [
        'keyserver ',
        /gpg: keyserver (?:receive|search|refresh|send) failed: (?:no name|host not found)/i,
      ],
      ['unable to resolve host', rx`unable to resolve host(?:name)? address:? '?${HOST}`],
      ['could not resolve hostname', rx`could not resolve hostname ${HOST}`],
      ['unable to look up', rx`unable to look up ${HOST}`],
      ['bad address', rx`\bbad address '?${HOST}`],
      ['unknown host', rx`cannot resolve ${HOST}: unknown host`],
      ['unknown host', rx`\bunknown host:? '?(?<host>[\w-]{1,63}(?:\.[\w-]{1,63}){1,8})`],
      ['unknown host', /\bunknown host\b/i],
      ['could not find host', rx`ping request could not find host ${HOST}`],
      [
        [
          'not known',
          'in name resolution',
          'no address associated',
          'does not resolve',
          'try again',
        ],
        rx`ping: ${HOST}: (?:name or service not known|temporary failure in name resolution|no address associated with hostname|name does not resolve|try again)`,
      ],
      ['resolving ', rx`resolving ${HOST}(?: \([^)\n]{1,253}\))?\.\.\. failed: `],
      ['请求找不到主机', rx`请求找不到主机 *${HOST}`],
      ['无法解析主机', /无法解析主机(?:地址|名)?[^\w\n]{0,4}(?<host>[\w.-]{1,253})?/],
      [
        ['无法解析此远程名称', '未能解析此远程名称'],
        /(?:无法|未能)解析此远程名称[^\w\n]{0,4}(?<host>[\w.-]{1,253})?/,
      ],
      ['未能解析此远程名称', /未能解析此远程名称[^\w\n]{0,4}(?<host>[\w.-]{1,253})?/],
      [
        'remote name could not be resolved',
        rx`the remote name could not be resolved:? *'?(?<host>[\w.-]{1,253})?`,
      ],
      [
        'no such host is known',
        rx`no such host is known\.? *(?:\((?<host>[\w.-]{1,253})(?::\d{1,5})?\))?`,
      ],
      [
        'name or service not known',
        rx`name or service not known \((?<host>[\w.-]{1,253}):\d{1,5}\)`,
      ],
      ['name or service not known', /name or service not known/i],
      ['nodename nor servname', /nodename nor servname provided/i],
      ['不知道这样的主机', /不知道这样的主机/],
      ['name does not resolve', /name does not resolve/i],
      ['no address associated', /no address associated with (?:host ?name|name)/i],
      [
        'nxdomain',
        rx`(?:server can'?t find |host )(?<host>[\w.-]{1,253})(?: not found)?: (?:3\()?nxdomain`,
      ],
      [
        ["server can't find", 'server cant find'],
        rx`server can'?t find (?<host>[\w.-]{1,253}): (?:servfail|refused)`,
      ],
      [
        'no servers could be reached',
        /connection timed out; no servers could be reached|no servers could be reached/i,
      ],
      [
        'communications error',
        rx`communications error to (?<dns>[\w.:]{1,60})#\d{1,5}: (?:connection refused|timed out|network unreachable)`,
      ],
      ['could not translate host name', rx`could not translate host name "?(?<host>[\w.-]{1,253})`],
      [
        ["can't resolve", 'cant resolve'],
        rx`can'?t resolve '(?<host>[\w-]{1,63}(?:\.[\w-]{1,63}){1,8})'(?: \(.{0,40}\))?\s*$`,
      ],
      ['dns error', rx`dns error: failed to lookup address information`],
      ['failed to lookup address', /failed to lookup address information/i],
      // vpnkit, Docker Desktop's proxy.
      ['failed to lookup host', rx`failed to lookup host: ${HOST}`],
      ['failed to resolve address', rx`failed to resolve address for ${HOST}`],
      ['dns lookup failed', rx`dns lookup failed(?: for (?<host>[\w.-]{1,253}))?`],
      ['err_name_not_resolved', /err_name_not_resolved/i],
      ['dns_probe', /dns_probe_(?:finished_nxdomain|possible|finished_bad_config)/i],
      [
        'unknownhosterror',
        rx`UnknownHostError: (?:no such name|timed out)[^\n]{0,20}\((?<url>https?://[^\s)]{1,300})\)`,
      ],
      ['no such name (', rx`- no such name \((?<url>https?://[^\s)]{1,300})\)`],
      ['could not reach host', rx`could not reach host ${HOST}\. check your network connection`],
      [
        ['curl: (6)', 'curl error 6 '],
        /(?:curl: \(6\)(?! could(?: not|n't) resolve host(?:name|:)? ?['\w])|curl error 6 (?!could(?: not|n't) resolve))[^\n]{0,80}/i,
      ],
      [['unresolved address', 'unresolvedaddress'], /unresolved ?address(?:exception)?/i],
      ['resolve call failed', rx`(?:${HOST}: )?resolve call failed: `],
    ],
  },
  {
    id: 'dns-apt',
    category: 'dns',
    name: 'apt 解析不了软件源域名',
    why: 'apt 没能解析软件源 {host}：这一步所在的容器或构建环境没有可用的 DNS。',
    tool: 'apt',
    implies: ['apt-no-release', 'apt-unable-locate'],
    patterns: [
      ['temporary failure resolving', rx`temporary failure resolving "?'?${HOST}`],
      ['could not resolve', rx`could not resolve '${HOST}'`],
      ['something wicked happened', rx`something wicked happened resolving '${HOST}`],
      ['system error resolving', rx`system error resolving '${HOST}`],
      ['解析域名', /(?:暂时不能|无法|不能|暂时无法)解析域名 *["'“‘]?(?<host>[\w.-]{1,253})/],
    ],
  },
  {
    id: 'dns-apk',
    category: 'dns',
    name: 'apk 解析不了软件源域名',
    why: 'apk 没能解析软件源 {host}：temporary error 就是 DNS 没有回答。',
    tool: 'apk',
    patterns: [
      ['temporary error', rx`temporary error \(try again later\)`],
      ['temporary error', rx`\bfetching (?:https?://)?${HOST}[^\s"']{0,200}: temporary error\b`],
      ['dns lookup error', rx`dns lookup error`],
      [
        ['dns: transient', 'dns: name does', 'dns: address family', 'dns: non-recov'],
        rx`\bdns: (?:transient error|name does not exist|address family|non-recoverable)`,
      ],
      ['dns error', rx`\bdns error \(try again later\)`],
    ],
  },
  {
    id: 'dns-python',
    category: 'dns',
    name: 'pip 或 Python 解析不了域名',
    why: 'Python 程序没能解析 {host}。',
    tool: 'pip',
    implies: ['pip-no-version'],
    patterns: [
      [
        'failed to resolve',
        rx`(?:NameResolutionError|failed to resolve)[^\n]{0,120}?failed to resolve '${HOST}'`,
      ],
      ['failed to resolve', rx`failed to resolve '${HOST}' \(\[errno`],
      [
        '[errno -',
        /\[errno -[235]\] (?:temporary failure in name resolution|name or service not known|name does not resolve|try again|no address associated with hostname)/i,
      ],
      ['getaddrinfo failed', /\[errno 1100[1-4]\] getaddrinfo failed|getaddrinfo failed/i],
      [
        ['(getaddrinfo: ', ' getaddrinfo: '],
        rx`(?:tcp connection to ${HOST}:\d{1,5} \(| )getaddrinfo: (?:try again|name or service not known|name does not resolve|temporary failure in name resolution|no address associated with hostname|nodename nor servname[^\n)]{0,40}|no such host is known)`,
      ],
      ['nodename nor servname', /\[errno 8\] nodename nor servname provided/i],
      ['gaierror', /\bgaierror\b[^\n]{0,120}/i],
    ],
  },
  {
    id: 'dns-node',
    category: 'dns',
    name: 'npm 或 Node 解析不了域名',
    why: 'Node 程序没能解析 {host}（ENOTFOUND 是域名不存在，EAI_AGAIN 是 DNS 没有回答）。',
    tool: 'node',
    patterns: [
      ['getaddrinfo e', rx`getaddrinfo (?:enotfound|eai_again|enodata)(?: ${HOST})?(?::\d{1,5})?`],
      ['code enotfound', /code enotfound/i],
      ['code eai_again', /code eai_again/i],
      ['enotfound', rx`\benotfound (?<host>[\w-]{1,63}(?:\.[\w-]{1,63}){1,8})`],
      ['eai_again', rx`\beai_again(?: (?<host>[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}))?`],
    ],
  },
  {
    id: 'dns-java',
    category: 'dns',
    name: 'Maven 或 Gradle 解析不了域名',
    why: 'Java 程序没能解析 {host}；Gradle 往往只写出域名，不写原因。',
    tool: 'java',
    patterns: [
      ['unknownhostexception', rx`UnknownHostException(?:: (?<host>[\w.-]{1,253}))?`],
      [
        'could not ',
        rx`could not (?:get|head) '?https?://(?<host>[\w.-]{1,253})(?::\d{1,5})?/[^'\s]{0,500}'?\.?\s{1,80}(?:>\s{1,4})?\k<host>(?=\s|$)`,
      ],
      [
        'could not download',
        rx`could not download [^\n]{1,200}\s{1,80}(?:> could not get resource '[^'\n]{1,400}'\.\s{1,80})?>\s{1,4}(?<host>(?:[\w-]{1,63}\.){1,8}[a-z]{2,24})(?=\s|$)`,
      ],
      [
        'unknown host',
        rx`(?:could not transfer|failed to transfer|cannot access)[^\n]{0,500}?unknown host (?<host>[\w.-]{1,253})`,
      ],
      [
        'could not transfer',
        rx`could not transfer [^\n]{0,600}?\): (?<host>(?:[\w-]{1,63}\.){1,8}[a-z]{2,24})(?:: (?:name or service not known|temporary failure in name resolution|unknown error|try again|nodename nor servname[^\n]{0,40}|no address associated with hostname))?(?= ->|$|:? \[|\n)`,
      ],
    ],
  },
  {
    id: 'dns-poisoned',
    category: 'dns',
    name: 'DNS 结果被污染',
    why: '{host} 被解析到 {ip}，这是 {owner} 的地址，从来不是 Docker 的：DNS 返回了错误的结果，换镜像源的域名或走代理才有用。',
    tool: 'registry',
    patterns: [],
  },
  {
    id: 'dns-loopback',
    category: 'dns',
    name: '域名被解析到本机',
    why: '{host} 被解析到本机地址 {ip}：hosts 文件里有旧记录，或者 DNS、广告过滤把它指到了本机。',
    tool: 'registry',
    patterns: [],
  },
];
