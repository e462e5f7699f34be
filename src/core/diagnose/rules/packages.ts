import type { Rule } from '../types.ts';
import { rx } from './fragments.ts';

/** Answers of package mirrors and of module proxies, inside RUN steps and containers. Sources: apt-pkg, apk-tools, dnf, pip, npm, cargo, Go modules. */
export const packageRules: readonly Rule[] = [
  {
    id: 'apt-status',
    category: 'mirror',
    name: '软件源没有这个文件',
    why: '软件源 {host} 回答 {status}：源里没有这个版本或架构，或者本地的索引太旧（先 apt-get update）。',
    tool: 'apt',
    becomes: ['proxy-denied-apt'],
    patterns: [
      [
        '404  not found',
        rx`\b(?<status>404) {2}not found(?: \[IP: (?<ip>[^\s\]]{2,60}) (?<port>\d{1,5})\])?`,
      ],
      [
        [
          'forbidden',
          'bad gateway',
          'unavailable',
          'gateway time',
          'bad request',
          'not found ',
          'error [ip',
        ],
        rx`\b(?<status>40[034]|410|451|5\d\d) {1,2}(?:forbidden|bad gateway|[a-z -]{0,30}unavailable|gateway time-?out|bad request|not found|[a-z -]{3,30}error) \[IP: (?<ip>[^\s\]]{2,60}) (?<port>\d{1,5})\]`,
      ],
      ['  forbidden', rx`\b(?<status>403) {2}forbidden`],
      [
        'failed to fetch',
        rx`failed to fetch (?<url>https?://[^\s"']{1,300}) {1,2}(?<status>4(?!07)\d\d|5\d\d) {1,2}[a-z][a-z -]{2,40}(?:\[IP: (?<ip>[^\s\]]{2,60}) (?<port>\d{1,5})\])?`,
      ],
    ],
  },
  {
    id: 'apt-hash',
    category: 'mirror',
    name: '软件源的文件校验不符',
    why: '软件源 {host} 给的文件与索引不符：镜像正在同步、缓存过旧，或者中间的代理改了内容。',
    tool: 'apt',
    patterns: [
      ['hash sum mismatch', /hash sum mismatch(?!: )/i],
      [
        'file has unexpected size',
        /file has unexpected size \(\d+ != \d+\)\. mirror sync in progress\?/i,
      ],
      ['size mismatch', /failed to fetch [^\s]{1,300} {1,3}size mismatch/i],
      ['mirror sync in progress', /mirror sync in progress\?/i],
      ['校验和不符', /(?:哈希|Hash)?校验和不符/],
      ['clearsigned file', /clearsigned file isn't valid, got '?\w{2,12}'?[^\n]{0,80}/i],
      ["isn't valid, got", /isn't valid, got 'nosplit'[^\n]{0,80}/i],
      ['does the network require authentication', /does the network require authentication\?/i],
    ],
  },
  {
    id: 'apt-no-release',
    category: 'mirror',
    name: '软件源不再提供这个发行版',
    why: '软件源 {host} 没有 Release 文件：这个发行版已停止支持、被移走，或者软件源地址写错。',
    role: 'consequence',
    tool: 'apt',
    patterns: [
      [
        'does not have a release file',
        rx`the repository '(?<url>https?://[^\s']{1,300})[^'\n]{0,120}' does not have a release file`,
      ],
      [
        'no longer has a release file',
        rx`the repository '(?<url>https?://[^\s']{1,300})[^'\n]{0,120}' no longer has a release file`,
      ],
      ['没有 release 文件', /没有 Release 文件/],
    ],
  },
  {
    id: 'apt-unable-locate',
    category: 'none',
    name: '找不到软件包',
    why: 'apt 的索引里没有这个包；前面如果有网络错误，那才是原因。',
    role: 'consequence',
    tool: 'apt',
    patterns: [
      ['unable to locate package', /unable to locate package [^\n]{1,80}/i],
      ['has no installation candidate', /package '[^'\n]{1,80}' has no installation candidate/i],
    ],
  },
  {
    id: 'apt-key',
    category: 'none',
    name: '软件源签名的公钥缺失',
    why: '软件源的签名公钥没有装，与网络无关。',
    tool: 'apt',
    patterns: [
      [
        ['no_pubkey ', "signatures couldn't be verified"],
        /no_pubkey [0-9a-f]{8,40}|the following signatures couldn't be verified[^\n]{0,120}/i,
      ],
      [['expkeysig', 'keyexpired'], /expkeysig [^\n]{1,80}|keyexpired/i],
      ['invalid signature was encountered', /at least one invalid signature was encountered/i],
    ],
  },
  {
    id: 'apk-mirror',
    category: 'mirror',
    name: 'Alpine 软件源给的内容不对',
    why: 'apk 从软件源 {host} 拿到的索引或包不对：源正在同步、被劫持，或者没有这个版本。',
    tool: 'apk',
    patterns: [
      // A package file given by hand lacks its author's key, not a repository.
      ['untrusted signature', rx`(?<!(?:^|\s)[\w./+-]{1,200}\.apk): untrusted signature`],
      [['bad signature', 'bad archive'], rx`bad (?:signature|archive)\b`],
      ['remote server returned error', rx`remote server returned error \(try 'apk update'\)`],
      ['package mentioned in index not found', /package mentioned in index not found/i],
      [
        'fetching',
        rx`fetching (?<url>https?://[^\s"']{1,300}?): (?:no such file or directory|http error 4\d\d[^\n]{0,40}|archive does not contain expected data)`,
      ],
      [
        'apkindex',
        rx`(?<url>https?://[^\s"']{1,300}?apkindex[^\s:]{0,40}): (?:no such file or directory|permission denied|http \d{3}[^\n]{0,40})`,
      ],
    ],
  },
  {
    id: 'apk-ignored',
    category: 'mirror',
    name: 'apk 跳过了这个软件源',
    why: 'apk 没能取得 {host} 的索引，跳过了它；前面如果有网络错误，那才是原因。',
    role: 'consequence',
    tool: 'apk',
    patterns: [
      [
        'ignoring http',
        rx`ignoring (?<url>https?://[^\s"']{1,300}?): (?:no such file or\s{1,4}directory|permission denied|http error \d{3})`,
      ],
    ],
  },
  {
    id: 'dnf-mirror',
    category: 'mirror',
    name: 'yum 或 dnf 的软件源不可用',
    why: '软件源 {host} 没有可用的元数据：发行版已停止支持（CentOS 7、8 已移到 vault）、源没有这个文件，或者校验不符。',
    tool: 'dnf',
    role: 'vague',
    patterns: [
      [
        ['download metadata for repo', 'repository metadata'],
        rx`(?:failed to download metadata for repo|cannot (?:download|retrieve) repository metadata)[^\n]{0,300}`,
      ],
      [
        ['repodata/repomd', '[errno 14] http'],
        rx`(?<url>https?://[^\s"']{1,300}repomd\.xml)[^\n]{0,80}: \[errno 14\] http(?:s)? error (?<status>\d{3})[^\n]{0,60}`,
      ],
      [
        '[errno 14] http',
        rx`(?<url>https?://[^\s"']{1,300}): \[errno 14\] https? error (?<status>\d{3})[^\n]{0,60}`,
      ],
      [
        'status code: ',
        rx`status code: (?<status>4(?!07)\d\d|5\d\d) for (?<url>https?://[^\s"']{1,300})`,
      ],
      [
        ['all mirrors were tried', 'mirrors were already tried'],
        /all mirrors were (?:already )?tried(?: without success)?/i,
      ],
      ['no more mirrors to try', /no more mirrors to try/i],
      ['no urls in mirrorlist', /no urls in mirrorlist/i],
      ['cannot prepare internal mirrorlist', /cannot prepare internal mirrorlist[^\n]{0,80}/i],
      ['cannot find a valid baseurl', /cannot find a valid baseurl for repo[^\n]{0,80}/i],
      [
        'checksum doesn',
        /(?:package|metadata|downloading successful, but)[^\n]{0,60}checksum doesn'?t match/i,
      ],
      [
        'not found on medium',
        rx`file '[^'\n]{1,200}' not found on medium '(?<url>https?://[^\s']{1,300})'`,
      ],
    ],
  },
  {
    id: 'pip-hash',
    category: 'mirror',
    name: 'PyPI 镜像的文件校验不符',
    why: '下载的包与索引里的哈希不符：PyPI 镜像的缓存过旧，或者中途被改动。',
    tool: 'pip',
    patterns: [
      [
        'these packages do not match the hashes',
        /these packages do not match the hashes[^\n]{0,120}/i,
      ],
    ],
  },
  {
    id: 'npm-hash',
    category: 'mirror',
    name: 'npm 镜像的文件校验不符',
    why: '下载的包与 package-lock.json 或索引里的 integrity 不符：npm 镜像的缓存过旧，或者文件没有下完整。',
    tool: 'node',
    patterns: [
      [
        ['integrity checksum failed', 'code eintegrity'],
        /\bcode EINTEGRITY\b|integrity checksum failed when using sha\d{1,3}[^\n]{0,60}/i,
      ],
    ],
  },
  {
    id: 'package-status',
    category: 'mirror',
    name: '软件包镜像回答错误',
    why: '软件包镜像 {host} 回答 {status}：它没有这个包，或者拒绝了请求。',
    tool: 'pip',
    patterns: [
      [
        'http error ',
        rx`http error (?<status>403|404|5\d\d) while getting (?<url>https?://[^\s"']{1,300})`,
      ],
      [
        'client error',
        rx`\b(?<status>403|404) client error: [^\n]{1,80} for url: (?<url>https?://[^\s"']{1,300})`,
      ],
      [
        'server error',
        rx`\b(?<status>5\d\d) server error: [^\n]{1,80} for url: (?<url>https?://[^\s"']{1,300})`,
      ],
      [
        ['npm err! ', 'npm error '],
        rx`npm (?:err!|error) (?:code E)?(?<status>403|5\d\d) [^\n]{0,60}- (?:get|put) (?<url>https?://[^\s"']{1,300})`,
      ],
      [
        'http status ',
        rx`http status (?:client|server) error \((?<status>4(?!07)\d\d|5\d\d)[^)\n]{0,40}\) for url \((?<url>https?://[^\s)"']{1,500})\)`,
      ],
      [
        'received status code',
        rx`could not (?:get|head) '?(?<url>https?://[^\s'"]{1,300}?)'?\. received status code (?<status>(?!407)[45]\d\d)[^\n]{0,80}`,
      ],
      [
        'return code is',
        rx`(?<url>https?://[^\s)"']{1,300})\): [^\n]{0,120}return code is:? (?<status>4(?!07)\d\d|5\d\d)[^\n]{0,60}`,
      ],
      [
        'status code: ',
        rx`\((?<url>https?://[^\s)"']{1,300})\): status code: (?<status>4(?!07)\d\d|5\d\d)[^\n]{0,60}`,
      ],
      [
        'condahttperror',
        rx`CondaHTTPError: HTTP (?<status>(?!407)[45]\d\d) [^\n]{1,60} for url <(?<url>https?://[^\s>]{1,300})>`,
      ],
      [
        'unavailableinvalidchannel',
        rx`unavailableinvalidchannel: [^\n]{0,200}http (?<status>\d{3})[^\n]{0,80}`,
      ],
      [
        'reading http',
        rx`(?:go: )?[^\n]{0,200}reading (?<url>https?://[^\s"']{1,300}): (?<status>4(?!04)\d\d|5\d\d) [^\n]{0,60}`,
      ],
      [
        'npm http ',
        rx`npm http (?:fetch (?:get|put|post) )?(?<status>403|5\d\d) (?<url>https?://[^\s"']{1,300})`,
      ],
      // A module's archive is missing only where its version was listed: the proxy's own fault.
      ['reading http', rx`reading (?<url>https?://[^\s"']{1,300}\.zip): (?<status>404) not found`],
    ],
  },
  {
    id: 'http-status-tool',
    category: 'none',
    name: '目标网站回答了错误',
    why: '连接是通的，{host} 自己回答 {status}：地址写错、需要登录，或者它不允许这个来源。',
    tool: 'curl',
    becomes: ['package-status'],
    patterns: [
      [
        'returned error: ',
        rx`(?:curl: \(22\) )?the requested url returned error: (?<status>(?!407)[45]\d\d)[^\n]{0,60}`,
      ],
      [
        [
          'error 400:',
          'error 403:',
          'error 404:',
          'error 401:',
          'error 405:',
          'error 406:',
          'error 408:',
          'error 409:',
        ],
        rx`(?:^|\s)error (?<status>40[01345689]): [a-z][a-z ]{2,40}\.`,
      ],
      [
        [
          'error 500:',
          'error 502:',
          'error 503:',
          'error 504:',
          'error 520:',
          'error 521:',
          'error 522:',
          'error 530:',
        ],
        rx`(?:^|\s)error (?<status>50[0234]|52[012]|530): [a-z][a-z ]{2,40}\.`,
      ],
      [
        'server returned error',
        rx`server returned error: http/1\.[01] (?<status>(?!407)[45]\d\d)[^\n]{0,60}`,
      ],
    ],
  },
  {
    id: 'npm-auth',
    category: 'auth',
    name: 'npm 仓库要求登录',
    why: '连接是通的，{host} 要求登录：.npmrc 里没有凭据、令牌过期，或者凭据写给了另一个地址。',
    tool: 'node',
    patterns: [
      [
        ['npm err! ', 'npm error '],
        rx`npm (?:err!|error) (?:code E401\b|401 unauthorized\b(?:[^\n]{0,60}- (?:get|put|post) (?<url>https?://[^\s"']{1,300}))?)`,
      ],
      ['unable to authenticate, ', /unable to authenticate, (?:need: |your auth)[^\n]{1,120}/i],
      ['npm http ', rx`npm http (?:fetch (?:get|put|post) )?401 (?<url>https?://[^\s"']{1,300})`],
      [
        [' http 401 ', ' http fetch '],
        rx`^\d{1,5} http (?:fetch (?:get|put|post) )?401 (?<url>https?://[^\s"']{1,300})`,
      ],
      ['failed put 401', /\bfailed put 401\b/i],
      [
        'cannot download "',
        rx`cannot download "(?<url>https?://[^\s"]{1,300})":\s{1,10}http error 401\b[^\n]{0,40}`,
      ],
      [
        'err_pnpm_fetch_401',
        rx`ERR_PNPM_FETCH_401\b[^\n]{0,40}?(?:get (?<url>https?://[^\s"']{1,300}))?`,
      ],
      ['request failed ', rx`(?<url>https?://[^\s"']{1,300}): request failed \\?"401 unauthorized`],
      ['invalid authentication (as', /invalid authentication \(as [^)\n]{1,80}\)/i],
    ],
  },
  {
    id: 'package-auth',
    category: 'auth',
    name: '软件包仓库要求登录',
    why: '连接是通的，{host} 要求登录：没有凭据、令牌过期，或者凭据写给了另一个地址。',
    tool: 'pip',
    patterns: [
      ['http error 401 ', rx`http error 401 while getting (?<url>https?://[^\s"']{1,300})`],
      [
        'client error',
        rx`\b401 client error: [^\n]{1,80} for url: (?<url>https?://[^\s"']{1,200}/simple/[^\s"']{0,100})`,
      ],
      [
        'valid authentication credentials',
        rx`index url \((?<url>https?://[^\s)]{1,300})\) could not be queried due to a lack of valid authentication credentials[^\n]{0,60}`,
      ],
      [
        'status: 401',
        rx`authentication failed for (?<url>https?://[^\s"']{1,300}?),? status: 401[^\n]{0,40}`,
      ],
      ['reasonphrase', /\bnot authorized ?, reasonphrase: ?unauthorized/i],
      [
        'does not indicate success: 401',
        /\berror(?: NU\d{4})? ?: {1,4}response status code does not indicate success: 401[^\n]{0,30}/i,
      ],
      [
        '  unauthorized',
        rx`\b401 {2}unauthorized(?: \[IP: (?<ip>[^\s\]]{2,60}) (?<port>\d{1,5})\])?`,
      ],
      [
        'bad response unauthorized',
        rx`bad response unauthorized 401 \((?<url>https?://[^\s)]{1,300})\)`,
      ],
      [
        ['authentication is required for', 'bad username or password for'],
        rx`(?:authentication is required|bad username or password) for (?<host>(?:[\w-]{1,60}\.){1,6}[a-z]{2,20})\.(?=\s|$)`,
      ],
      [
        ['required authentication', 'invalid credentials '],
        rx`(?:the '(?<url>https?://[^\s']{1,300})' url required authentication|invalid credentials (?:\(http 40[13]\) )?for 'https?://[^\s']{1,300}')`,
      ],
      [
        'http response from',
        rx`failed to get successful http response from ['\"\x60]?(?<url>https?://[^\s'\"\x60]{1,300})[^\n]{0,60}, got 401`,
      ],
    ],
  },
  {
    id: 'package-missing',
    category: 'none',
    name: '没有这个软件包',
    why: '连接是通的，{host} 回答 {status}：没有这个包或这个版本。',
    tool: 'pip',
    patterns: [],
  },
  {
    id: 'package-5xx',
    category: 'registry-server',
    name: '软件包仓库出错',
    why: '{host} 自己回答了 {status}：服务器一侧的故障，稍后再试。',
    tool: 'pip',
    patterns: [],
  },
  {
    id: 'proxy-denied-apt',
    category: 'proxy-denied',
    name: '代理拒绝了下载软件包',
    why: '请求没有到达 {host}：中间的代理或网关回答了 {status}，没有转发。',
    tool: 'apt',
    patterns: [],
  },
  {
    id: 'go-verify',
    category: 'mirror',
    name: 'Go 模块代理的内容与校验库不符',
    why: 'GOPROXY 给的模块与 sum.golang.org 的记录不符，或者校验库访问不了。',
    tool: 'go',
    patterns: [
      [
        ['verifying module', 'checksum mismatch', 'sum.golang.org', 'sum.golang.google.cn'],
        rx`verifying (?:module|go\.mod)?[^\n]{0,120}: (?:checksum mismatch|[^\n]{0,160}sum\.golang\.(?:org|google\.cn)[^\n]{0,160}: (?<status>[45]\d\d)[^\n]{0,60})`,
      ],
      ['security error', /security error[^\n]{0,200}this download does not match[^\n]{0,120}/i],
    ],
  },
  {
    id: 'pip-no-version',
    category: 'none',
    name: 'pip 没有找到合适的版本',
    why: 'pip 的索引里没有这个版本；前面如果有网络错误，那才是原因。',
    role: 'consequence',
    tool: 'pip',
    patterns: [
      [
        'could not find a version that satisfies',
        /could not find a version that satisfies the requirement[^\n]{0,160}/i,
      ],
      ['no matching distribution found', /no matching distribution found for[^\n]{0,120}/i],
    ],
  },

  {
    id: 'npm-no-version',
    category: 'none',
    name: 'npm 没有找到这个版本',
    why: '连接是通的，软件源里没有这个版本：版本号写错，或者刚发布的版本还没有同步过来。',
    tool: 'node',
    becomes: ['package-stale'],
    patterns: [
      ['no matching version found for', /no matching version found for [^\n]{1,120}/i],
      ['find any versions for', /couldn't find any versions for [^\n]{1,120}/i],
    ],
  },
  {
    id: 'package-stale',
    category: 'mirror',
    name: '软件包镜像还没有这个版本',
    why: '软件包镜像 {host} 里没有这个版本，原站可能已经有了：镜像同步得慢，换回官方源或手动触发同步。',
    tool: 'node',
    patterns: [],
  },

  // --- warnings before another try -----------------------------------------------------------
  {
    id: 'retry-pip',
    category: 'timeout',
    name: 'pip 在重试',
    why: 'pip 连接失败后自己重试；如果后面成功了，就不是问题。',
    role: 'retry',
    tool: 'pip',
    patterns: [
      ['warning: retrying', /warning: retrying \(retry\(total=\d+[^\n]{0,500}/i],
      ['retrying (retry', /retrying \(retry\(total=\d+[^\n]{0,500}/i],
    ],
  },
];
