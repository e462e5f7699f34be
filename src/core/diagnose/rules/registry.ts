import type { Rule } from '../types.ts';
import { IMAGE, rx } from './fragments.ts';

/** containerd, BuildKit: `unexpected status from HEAD request to URL: 403 …`, older `unexpected status code URL: 403 …`. */
function status(code: string): RegExp {
  return rx`unexpected status(?: code)?(?: from (?:GET|HEAD|POST|PUT|PATCH|DELETE) request to)? ["<]?(?<url>https?://(?:[^\s"'<>]|<[\w.-]{1,40}>){1,2000}?)(?:[">]? ?:)? (?<status>${code})\b(?: [a-z][a-z -]{1,40})?`;
}
/** regctl: `Unexpected status  Status="503 …" URL="…"`. */
function keyedStatus(code: string): RegExp {
  return rx`unexpected status["']? {1,80}status="?(?<status>${code})\b[^"\n]{0,40}`;
}
/** The forms that name no URL. */
function bareStatus(code: string): RegExp {
  return rx`(?:received unexpected http status|unexpected (?:http )?(?:response )?status(?: code)?(?: \[[^\]\n]{1,200}\]| from [\w-]{1,40}(?: request)?)?|failed with status(?: code)?(?: \[[^\]\n]{1,200}\])?|invalid status code from registry|bad response from registry|error: status(?= \d{3} trying to )|unsupported status code|bad response status|server responded with status|error response from registry:? ?|response status(?: code)?|(?<!established, )statuscode|non-successful response \(status)(?::? |=)(?<status>${code})\b(?: \(?[a-z][a-z -]{1,40}\)?)?`;
}
const STATUS_WORDS = [
  'unexpected http',
  'unexpected status',
  'unexpected response',
  'failed with status',
  'invalid status',
  'unsupported status',
  'bad response',
  'error: status',
  'responded with status',
  'from registry',
  'response status',
  'statuscode',
  'non-successful response',
];
/** A summary with the status alone: `failed to push reg/app:1: 401 Unauthorized`. */
function moved(code: string): RegExp {
  return rx`(?:failed to (?:push|pull|resolve source metadata(?: for)?|resolve reference)|error (?:pushing|pulling))\b(?: [^\s]{1,300})?: (?<status>${code}) [a-z][a-z ]{2,40}`;
}
const MOVED = [
  'failed to push',
  'failed to pull',
  'failed to resolve',
  'error pushing',
  'error pulling',
];
/** Docker's classic store and podman: `error parsing HTTP 403 response body: …`. */
function parsing(code: string): RegExp {
  return rx`error parsing http (?<status>${code}) response body: `;
}

/** The request to a mirror and the code, as people retell it. */
function mirrorStatus(code: string): RegExp {
  return rx`(?<url>https?://[^\s"'<>]{1,300}/v2/[^\s"'<>]{1,500}\?ns=docker\.io)["']?: (?<status>${code})\b(?: [a-z][a-z ]{2,40})?`;
}

/** What the registry answers. Sources: distribution `errcode`, moby `distribution/errors.go`, containerd `remotes/docker`, containers/image, docker/cli credentials. */
export const registryRules: readonly Rule[] = [
  // --- auth ----------------------------------------------------------------------------------
  {
    id: 'auth-denied',
    category: 'auth',
    name: '拉取被拒绝',
    why: '仓库不让你访问 {image}：没有登录、没有权限，或者这个名称根本不存在（仓库不区分这两种情况）。',
    tool: 'registry',
    becomes: ['mirror-denied', 'not-found-official'],
    patterns: [
      [
        'pull access denied',
        rx`pull access denied for ${IMAGE}, repository does not exist or may require '?docker login'?[^\n]{0,120}`,
      ],
      [
        'pull access denied',
        rx`pull access denied, repository does not exist or may require authorization[^\n]{0,160}`,
      ],
      // As people retell it: quotes, placeholders, the end left out.
      ['pull access denied for ', /pull access denied for ["'`]?[^\s,]{1,300}[^\n]{0,80}/i],
      ['error: pull access denied', /error: pull access denied\b[^\n]{0,120}/i],
      [
        ': pull access denied',
        rx`(?:failed to resolve source metadata for|failed to resolve reference) "?${IMAGE}"?: pull access denied\b`,
      ],
      [
        'repository does not exist or may require',
        /repository does not exist or may require ['"]?(?:docker login|authorization)[^\n]{0,80}/i,
      ],
      ['insufficient_scope', /insufficient_scope: authorization failed/i],
      [
        'requested access to the resource is denied',
        /(?:denied: )?requested access to the resource is denied/i,
      ],
      ['denied: requested access', /denied: requested access to th(?:e(?: res[a-z]{0,6})?)?\s*$/im],
      ['denied: access forbidden', /denied: access forbidden/i],
      ['access to the resource is denied', /access to the resource is denied/i],
      [
        ['daemon: denied', 'registry: denied', '": denied'],
        /(?:error response from daemon|error from registry|https?:\/\/[^\s"/]{1,200}\/v2\/[^\s"]{0,300}"): denied(?=[.。]?\s*(?:$|["'`|,}(]))/im,
      ],
      [
        ['not found or access denied', 'not found or permission denied'],
        /error: image [^\n]{1,200} not found or (?:access|permission) denied/i,
      ],
    ],
  },
  {
    id: 'auth-unauthorized',
    category: 'auth',
    name: '没有通过仓库的身份验证',
    why: '{host} 要求登录：没有凭据、密码或令牌不对，或者令牌已过期。',
    tool: 'registry',
    becomes: ['mirror-denied'],
    patterns: [
      ['unauthorized: ', /(?<!npm (?:err!|error) 401 )\bunauthorized: [^\n":<{]{1,100}/i],
      ['unexpected status', status('401')],
      ['unexpected status', keyedStatus('401')],
      [MOVED, moved('401')],
      [STATUS_WORDS, bareStatus('401')],
      ['401 response body', parsing('401')],
      ['?ns=docker.io', mirrorStatus('401')],
      ['no basic auth credentials', /no basic auth credentials/i],
      ['incorrect username or password', /(?:unauthorized: )?incorrect username or password/i],
      [
        ['authentication required', 'unknown: authentication'],
        /(?<!interactive )(?:unauthorized: )?authentication required\b|unknown: authentication is required\b/i,
      ],
      [
        'invalid username/password',
        /unable to retrieve auth token: invalid username\/password[^\n]{0,120}/i,
      ],
      [
        'unable to retrieve auth token',
        /unable to retrieve auth token: (?:40[13] )?(?:unauthorized|forbidden)\b/i,
      ],
      [
        ['access token has expired', 'authorization token has expired'],
        /(?:your |the )?(?:authorization|access) token has expired[^\n]{0,80}/i,
      ],
      ['authorization token has expired', /your authorization token has expired/i],
      [
        'oauth token: ',
        rx`failed to (?:fetch|authorize:)[^\n]{0,40}oauth token: (?:[^\n]{0,300}?: )?40[01]\b[^\n]{0,60}`,
      ],
      ['password is empty', /password is empty/i],
      [
        'error authenticating creds',
        /error authenticating creds for [^\n]{1,200}: (?:unauthorized|invalid)[^\n]{0,80}/i,
      ],
      ['logging into', /logging into [^\n]{1,200}: invalid username\/password/i],
      // Jib, and Docker Hub's token endpoint behind it.
      [
        'make sure your credentials for',
        rx`image failed, perhaps you should make sure your credentials for '(?<host>[\w.:-]{3,200})`,
      ],
      [
        'unauthorized for ',
        rx`unauthorized for (?<host>[\w.:-]{3,200})/[^\s]{1,200}: 40[13] (?:unauthorized|forbidden)`,
      ],
      // As people retell it.
      [
        ['oauth token', 'anonymous token'],
        /fetch (?:oauth|anonymous) token,? (?:with )?status:? 40[13]\b[^\n]{0,20}/i,
      ],
      ['insufficient scopes', /access token has insufficient scopes/i],
      [
        'login did not succeed',
        // Where the reason follows, that is the cause.
        /login did not succeed(?!, error: error response from daemon: (?:get|head|post) )/i,
      ],
      [
        ['error: unauthorized', 'daemon: unauthorized', 'registry: unauthorized'],
        /(?:error|error response from daemon|error from registry): unauthorized(?=\s*(?:$|["'|,}]))/im,
      ],
      [
        ': unauthorized',
        /(?:(?:oauth|anonymous) token|https?:\/\/[^\s"]{1,400}\/(?:v2\/[^\s"]{0,300}|(?:manifests|blobs)\/[^\s"]{1,200}|token\b[^\s"]{0,300})"?): {1,2}unauthorized(?=[.。]?\s*(?:$|["'`|,}(]))/im,
      ],
      ['malformed http authorization', /malformed HTTP Authorization header/i],
      ['invalid registry credentials', /invalid registry credentials/i],
      ['bad credentials', /bad credentials/i],
      // Helm before 3.7, its push plugin, and Harbor's log of a chart's request.
      ['unexpected response: 401', /^\s*(?:error|fatal): unexpected response: 401 unauthorized/im],
      ['could not properly parse', /\b401: could not properly parse response JSON/i],
      [
        '"code":401',
        /\b(?:GET|HEAD|POST|PUT) \/(?:api|chartrepo|v2|service)\/[^\s]{1,300} failed with error: \{"code":401\b/i,
      ],
      ['could not find ', /could not find (?:registry )?credentials for/i],
    ],
    unless:
      /"errors":\s*\[\{"code":"UNAUTHORIZED","message":"authentication required","detail":null\}\]|proxy auth|\bauth-realm\b|\bauth_basic\b|realm[=:] ?["']|_password\b|api\.github\.com|http 401: bad credentials|request failed with status|operation error (?!ECR)\w/i,
  },
  {
    id: 'auth-forbidden',
    category: 'auth',
    name: '仓库拒绝访问（403）',
    why: '{host} 认得你却不允许：账号没有权限、名称里的组织不对，或者对方限制了来源地址。',
    tool: 'registry',
    becomes: ['mirror-denied'],
    patterns: [
      ['unexpected status', status('403')],
      ['unexpected status', keyedStatus('403')],
      [MOVED, moved('403')],
      [STATUS_WORDS, bareStatus('403')],
      ['403 response body', parsing('403')],
      ['?ns=docker.io', mirrorStatus('403')],
      [
        'denied: ',
        /(?:^|[\s:'"])denied: (?!requested access|🚫|<|[^\n]{0,80}(?:only support|allowlist|whitelist|白名单))[^\n:<"]{1,80}/i,
      ],
      [
        'accessdeniedexception',
        /\baccessdeniedexception\b[^\n]{0,80}(?:GetAuthorizationToken|BatchGetImage|GetDownloadUrlForLayer|LayerUpload|\becr\b)[^\n]{0,200}/i,
      ],
      ['not authorized to perform', /not authorized to perform: ecr(?:-public)?:[^\n]{0,200}/i],
      ['permission_denied', /\bpermission_denied: [^\n]{1,160}|\bPERMISSION_DENIED\b/],
      ['permission denied on', /permission denied on resource/i],
      ['artifactregistry.', /permission '?"?artifactregistry\.[^\n]{0,200}denied/i],
      [
        'installation not allowed',
        /installation not allowed to (?:create|write) (?:organization )?package/i,
      ],
      [
        ['permission_denied: write_package', 'permission_denied: read_package'],
        /permission_denied: (?:write_package|read_package)/i,
      ],
      [
        'unauthenticated requests do not have',
        /unauthenticated requests do not have permission "?artifactregistry\.[^\n]{0,200}/i,
      ],
      [
        'not authorized to ',
        /not authorized to (?:read from|write to) (?:destination|source) repository [^\n]{1,200}/i,
      ],
      ['export control', /us export control regulations/i],
      // Skaffold.
      ['no push access to', /no push access to specified image repository/i],
      // Jib.
      [
        'make sure you have permissions for',
        rx`image failed, perhaps you should make sure you have permissions for (?<image>[\w.:-]{3,200}/[\w./-]{1,200})`,
      ],
      ['unexpected response: 403', /^\s*(?:error|fatal): unexpected response: 403 forbidden/im],
      ['could not properly parse', /\b403: could not properly parse response JSON/i],
    ],
    unless:
      /permission denied while trying to connect|mounts denied|(?:access|permission) denied: |access denied for user|request failed with status|operation error (?!ECR)\w/i,
  },
  {
    id: 'auth-helper',
    category: 'auth',
    name: '凭据助手出错',
    why: '客户端调用凭据助手 {helper} 失败：~/.docker/config.json 里写了它，而本机没有装或没有打开。',
    tool: 'docker',
    layer: 'client',
    patterns: [
      [
        'error getting credentials',
        rx`error getting credentials - err: exec: "?(?<helper>docker-credential-[\w.-]{1,60})?[^\n]{0,200}`,
      ],
      ['error getting credentials', /error getting credentials - err: [^\n]{1,240}/i],
      ['error saving credentials', /error saving credentials[^\n]{0,240}/i],
      ['error storing credentials', /error storing credentials[^\n]{0,240}/i],
      [
        'docker-credential-',
        rx`(?<helper>docker-credential-[\w.-]{1,60})"?: executable file not found`,
      ],
      [
        'docker-credential-',
        rx`(?:exec|error)[^\n]{0,60}(?<helper>docker-credential-[\w.-]{1,60})[^\n]{0,120}(?:not found|no such file|resolves to executable in current directory|exit status|exec format error)`,
      ],
      [
        'docker-credential-',
        rx`(?<helper>docker-credential-[\w.-]{1,60})['"]?: (?:invalid argument|permission denied|cannot execute)`,
      ],
      [
        ['docker/credentials', 'docker\\credentials', 'docker.credentials.errors'],
        /docker[/\\]credentials[/\\](?:store|errors)\.py|docker\.credentials\.errors\.\w{1,60}/i,
      ],
      [
        'cannot perform an interactive login',
        /cannot perform an interactive login from a non[- ]tty/i,
      ],
      [
        'keychain cannot be accessed',
        /keychain cannot be accessed because the current session[^\n]{0,80}/i,
      ],
      ['user interaction is not allowed', /user interaction is not allowed/i],
      ['logon session does not exist', /a specified logon session does not exist[^\n]{0,80}/i],
      ['credentials not found', /credentials not found in native keychain/i],
      ['org.freedesktop.secrets', /org\.freedesktop\.secrets[^\n]{0,80}/i],
      ['pass not initialized', /pass not initialized[^\n]{0,80}/i],
    ],
  },

  // --- rate limit ----------------------------------------------------------------------------
  {
    id: 'rate-limit-hub',
    category: 'rate-limit',
    name: 'Docker Hub 拉取次数用完',
    why: 'Docker Hub 按来源 IP（未登录每 6 小时 100 次）或账号计数，这个出口已经用完：登录后有更高的限额。',
    tool: 'registry',
    implies: ['rate-limit'],
    patterns: [
      [
        'pull rate limit',
        /(?:toomanyrequests: )?you have reached your (?:unauthenticated )?pull rate limit[^\n]{0,160}/i,
      ],
      ['increase-rate-limit', /https:\/\/www\.docker\.com\/increase-rate-limit/i],
      ['(hap429)', /too many requests \(hap429\)/i],
      ['too many failed login attempts', /too many failed login attempts[^\n]{0,80}/i],
    ],
  },
  {
    id: 'rate-limit',
    category: 'rate-limit',
    name: '请求太多（429）',
    why: '{host} 认为请求太多，暂时不再回答。',
    tool: 'registry',
    becomes: ['mirror-limit'],
    patterns: [
      // As registries write it; programs' own identifiers are in camel case.
      ['toomanyrequests', /\b(?:toomanyrequests|Toomanyrequests|TOOMANYREQUESTS)\b/],
      ['unexpected status', status('429')],
      ['unexpected status', keyedStatus('429')],
      [STATUS_WORDS, bareStatus('429')],
      ['429 response body', parsing('429')],
      ['429 too many requests', /\b429 too many requests/i],
      ['rate exceeded', /\brate exceeded\b/i],
      [
        'rate limit',
        /(?:api |request |you have exceeded[^\n]{0,40})rate limit(?:ed| exceeded)[^\n]{0,80}/i,
      ],
      ['拉取速率限制', /拉取速率限制/],
      ['quota exceeded', /quota exceeded for quota metric[^\n]{0,160}/i],
      ['您已被限制访问', /您已被限制访问/],
      ['请求频率过快', /请求频率过快/],
      ['err_pnpm_fetch_429', /ERR_PNPM_FETCH_429/i],
      ['traffic quota', /remaining traffic quota is not enough[^\n]{0,120}/i],
    ],
    unless: /\bpip\b|npm (?:err|error)|github api/i,
  },

  // --- mirror --------------------------------------------------------------------------------
  {
    id: 'mirror-whitelist',
    category: 'mirror',
    name: '镜像源的白名单里没有',
    why: '镜像源只提供白名单里的镜像，{image} 不在其中，或者名称写错了。',
    tool: 'registry',
    patterns: [
      ['不在白名单', /不在白名单[^\n]{0,120}/],
      ['not in the allowlist', /this image is not in the allowlist/i],
      [
        ['not in the whitelist', 'not in whitelist', 'not in the allowlist', 'not in allowlist'],
        /(?:image|repository|registry|repo)[^\n]{0,160} not in (?:the )?(?:white|allow)list/i,
      ],
      ['镜像访问被限制', /镜像访问被限制/],
      ['public-image-mirror/issues', /public-image-mirror\/issues\/\d+/i],
    ],
  },
  {
    id: 'mirror-region',
    category: 'mirror',
    name: '镜像源限制来源地区',
    why: '镜像源只接受某个地区或网络的请求；出口走了代理或 VPN 时尤其常见。',
    tool: 'registry',
    patterns: [
      ['only support mainland china', /only support mainland china/i],
      ['is currently', /is currently [\w ]{1,20}-only/i],
      ['usage is restricted', /(?:mirror|service)[^\n]{0,60}usage is restricted to[^\n]{0,80}/i],
    ],
  },
  {
    id: 'mirror-page',
    category: 'mirror',
    name: '镜像源返回了网页',
    why: '镜像源没有回答仓库协议，而是返回了 HTML：拦截页、验证页、登录页或停止服务的说明。',
    tool: 'registry',
    patterns: [
      ['just a moment', /just a moment\.\.\./i],
      ['temporarily rate limited', /this website has been temporarily rate limited/i],
      ['unexpected media type text/html', /unexpected media type text\/html[^\n]{0,120}/i],
      [': <!doctype html>', /(?:denied|toomanyrequests|unknown): <!doctype html>[^\n]{0,300}/i],
      ['x-amz-content-sha256', /missing x-amz-content-sha256/i],
      ['"message":"unauthorized"', /unauthorized: \{"message":"UNAUTHORIZED"\}/i],
      ['no upstream registry configured', /no upstream registry configured/i],
      ['docker registry api v2 only', /docker registry api v2 only/i],
    ],
  },
  {
    id: 'mirror-content',
    category: 'mirror',
    name: '镜像源给的内容不对',
    why: '下载的内容与摘要不符：镜像源的缓存损坏、过期或被改动，换一个镜像源，或者按摘要拉取。',
    tool: 'registry',
    becomes: ['not-found-manifest'],
    patterns: [
      [
        'unexpected commit digest',
        /unexpected commit digest sha256:[\w.…]{2,64}, expected sha256:[\w.…]{2,64}[^\n]{0,80}/i,
      ],
      [
        'verification failed for digest',
        /(?:filesystem layer|image config|manifest) verification failed for digest [^\n]{1,120}/i,
      ],
      [
        'does not match provided',
        /(?:manifest|content) does not match provided (?:manifest )?digest[^\n]{0,160}/i,
      ],
      [
        ['digest did not match', 'digest mismatch'],
        /(?:digest did not match|digest mismatch)[^\n]{0,160}/i,
      ],
      [
        'content at ',
        rx`content at (?<url>https?://[^\s"']{1,500})\s{1,10}not found(?:: not found)?`,
      ],
      // Its host left out.
      [
        'content at ',
        /content at (?:\.{3}|…)[^\s"']{0,300}(?:manifests|blobs)\/sha256:[^\s"']{1,80} not found/i,
      ],
    ],
    unless:
      /\bgo: |go\.sum|\bpip\b|\bnpm\b|verifying module|\bcargo\b|\bgradle\b|\brpm\b|size validation/i,
  },
  {
    id: 'mirror-dead',
    category: 'mirror',
    name: '镜像源连不上',
    why: '请求发给了镜像源 {host}，它没有回答：多半已经停用，换一个或从 registry-mirrors 里删掉。',
    tool: 'registry',
    patterns: [],
  },
  {
    id: 'mirror-denied',
    category: 'mirror',
    name: '镜像源拒绝请求',
    why: '请求发给了镜像源 {host}，被它拒绝（{status}）：停止服务、白名单、限制地区，或者镜像名写错。',
    tool: 'registry',
    patterns: [],
  },
  {
    id: 'mirror-missing',
    category: 'mirror',
    name: '镜像源里没有这个镜像',
    why: '请求发给了镜像源 {host}，它没有这个镜像或这一层。',
    tool: 'registry',
    patterns: [],
  },
  {
    id: 'mirror-error',
    category: 'mirror',
    name: '镜像源出错（5xx）',
    why: '请求发给了镜像源 {host}，它自己出错了（{status}）。',
    tool: 'registry',
    patterns: [],
  },
  {
    id: 'mirror-limit',
    category: 'mirror',
    name: '镜像源限流',
    why: '镜像源 {host} 认为请求太多（429）：它自己的限额用完了，登录 Docker Hub 没有用。',
    tool: 'registry',
    patterns: [],
  },
  {
    id: 'mirror-challenge',
    category: 'mirror',
    name: '镜像源要求登录',
    why: '镜像源 {host} 要求登录，而 dockerd 不会给镜像源发送你的凭据。',
    tool: 'registry',
    patterns: [],
  },

  // --- not found -----------------------------------------------------------------------------
  {
    id: 'not-found-manifest',
    category: 'not-found',
    name: '没有这个标签或镜像',
    why: '仓库回答没有 {image}：标签或名称写错，或者已被删除。',
    tool: 'registry',
    becomes: ['mirror-missing'],
    patterns: [
      [
        'resource not found: repo',
        /resource not found: repo [^\s,]{1,300}, tag [^\s]{1,130} not found/i,
      ],
      ['manifest for ', rx`manifest for ${IMAGE} not found(?:: manifest unknown[^\n]{0,80})?`],
      ['manifest for ', /manifest for [^\s]{1,300} not found/i],
      [['manifest unknown', 'manifest_unknown'], /manifest[_ ]unknown(?:: [^\n]{0,120})?/i],
      ['manifest_unknown', /manifest_unknown(?:: [^\n]{0,120})?/i],
      // Java's "Local host name unknown" is about the machine's own name.
      [['name unknown', 'name_unknown'], /(?<!host )name[_ ]unknown: [^\n]{1,160}/i],
      ['name_unknown', /name_unknown: [^\n]{1,160}/i],
      ['manifest not found', /(?:configuration|image|error): manifest not found\b/i],
      ['name_invalid', /"?code"?: ?"?NAME_INVALID\b[^\n]{0,160}/i],
      // containerd's answer in an event that is cut before the reason.
      [
        'code = notfound',
        /rpc error: code = NotFound desc = (?:failed to (?:pull and unpack image|resolve reference)|\.{3})/i,
      ],
      ['no such manifest', rx`no such manifest: ${IMAGE}`],
      // containers/image before it read the registry's own error.
      [
        'manifest mime type for docker:',
        rx`determining manifest mime type for docker://${IMAGE}: (?:unknown: )?not found\b`,
      ],
      ['not found', rx`failed to resolve reference "?[^\s"]{1,300}"?: [^\s"]{1,300}: not found`],
      ['not found', /failed to resolve reference (?:"[^\s"]{1,300}"|)[ :]{0,3}\.{3} ?: not found/i],
      // Helm, and Flux around it.
      [
        ': not found',
        rx`(?:^\s*error|installation failed|upgrade failed|remote reference): (?<image>[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}(?::\d{1,5})?/[\w./-]{1,200}:[\w.+-]{1,128}): not found`,
      ],
      // Artifactory's log.
      [
        'missing manifest from',
        /missing manifest from [^\n]{1,200}\/manifests\/[^\n]{1,160} not found\b/i,
      ],
      [
        'not found',
        rx`(?:failed to solve: |failed to create LLB definition: |failed to resolve source metadata for )[^\n]{0,300}?(?<image>[\w.-]{1,253}(?::\d{1,5})?/[\w./-]{1,200}(?::[\w.-]{1,128})?): not found`,
      ],
      ['not found', rx`failed to pull image "?(?<image>[^\s"]{1,300}?)"?: (?:image )?not found\b`],
      // What people leave out of it.
      [
        'not found',
        rx`failed to pull image "?(?<image>[^\s"]{1,300}?)"?:(?: rpc error:[^\n]{0,60})? ?(?:\.{3}|…) ?:? ?not found\b`,
      ],
      // Swarm's tasks, whose pull failed.
      [
        'no such image: ',
        rx`(?:^\s*\d{1,4}/\d{1,4}: |\brejected\b[^\n]{0,60}"?)no such image: (?<image>[^\s"]{1,300})`,
      ],
      [
        ': not found',
        rx`^\s*(?<image>[\w-]{1,63}(?:\.[\w-]{1,63}){1,6}(?::\d{1,5})?(?:/[\w.-]{1,128}){1,6}:[\w.-]{1,128}): not found\b`,
      ],
      ['unexpected status', status('404')],
      ['unexpected status', keyedStatus('404')],
      [MOVED, moved('404')],
      [STATUS_WORDS, bareStatus('404')],
      ['404 response body', parsing('404')],
      ['repository name not known', /repository name not known to registry/i],
      ['not found', /: (?:image|repository|artifact|project) [\w.:/@-]{1,200} not found\b/i],
      [
        ['tag does not exist', 'was not found in repository'],
        /tag (?:does not exist|[\w.-]{1,128} was not found in repository)[^\n]{0,120}/i,
      ],
      ['not found in repository', /tag \S{1,128} not found in repository \S{1,200}/i],
      ['artifact ', /artifact [^\s]{1,240} not found/i],
      [['err_image_not_found', 'requested image not found'], /requested image not found/i],
      ['no pull access', /repository [^\n]{1,240} not found: does not exist or no pull access/i],
      ['project not found', /\bproject not found\b/i],
      [
        'repository with name',
        /the repository with name '[^'\n]{1,200}' does not exist in the registry/i,
      ],
      [
        'could not fetch content descriptor',
        /could not fetch content descriptor [^\n]{1,200} from remote: not found/i,
      ],
    ],
    unless:
      /command not found|file not found|page not found|no such file|executable file not found|"\/[^"\n]{1,200}": not found|\[IP: |target stage|calculate checksum|\bmodule\b|\bnpm\b|\bpip\b|content at|media type text\/html|no match for platform|\bpackages?\b|request failed with status|operation error (?!ECR)\w/i,
  },
  {
    id: 'not-found-official',
    category: 'not-found',
    name: '没有这个名称的镜像',
    why: '{image} 没有写组织名，会被当作 Docker Hub 的官方镜像，而官方镜像里没有它：名称写错，或者它本该在本地构建。',
    tool: 'registry',
    patterns: [],
  },
  {
    id: 'not-found-fallback',
    category: 'not-found',
    name: '下一个仓库地址也没有',
    why: '每个候选地址都回答 404：没有这个镜像或标签。',
    role: 'retry',
    tool: 'registry',
    patterns: [
      [
        'http.statusnotfound',
        rx`trying next host - response was http\.StatusNotFound(?:\s{1,4}host="?(?<host>[\w.:-]{1,253}))?`,
      ],
    ],
  },
  {
    id: 'not-found-image-local',
    category: 'none',
    name: '本地没有这个镜像',
    why: '命令要的镜像不在本机，日志里没有拉取的过程。',
    role: 'consequence',
    tool: 'docker',
    patterns: [
      ['no such image', /no such image: [^\n]{1,200}/i],
      ['errimageneverpull', /ErrImageNeverPull/],
    ],
  },

  // --- platform ------------------------------------------------------------------------------
  {
    id: 'platform-no-match',
    category: 'platform',
    name: '没有这个平台的镜像',
    why: '{image} 存在，但没有 {platform} 的版本。',
    tool: 'registry',
    implies: ['not-found-manifest'],
    patterns: [
      [
        'no matching manifest for',
        rx`no matching manifest for (?<platform>[\w./ -]{3,60}?) in the manifest list entries`,
      ],
      ['no matching manifest', /no matching manifest for (?<platform>[\w./-]{3,60})/i],
      ['no match for platform', /no match for platform in (?:the )?manifest[^\n]{0,80}/i],
      ['no match for platform', /no match for platform(?: (?<platform>[\w./-]{3,40}))?/i],
      [
        ['no image found in image', 'no image found in manifest'],
        rx`no image found in (?:image index|manifest list) for architecture "?(?<platform>[\w/-]{2,30})`,
      ],
      [
        ['choosing image instance', 'image from manifest list'],
        /choosing (?:image instance|an? image from manifest list)[^\n]{0,200}/i,
      ],
      [
        ['does not match the specified platform', 'not provide the specified platform'],
        /image (?:with reference [^\n]{1,200} was found but )?does not (?:match the specified platform|provide the specified platform)[^\n]{0,120}/i,
      ],
      [
        'does not provide the specified platform',
        /does not provide the specified platform[^\n]{0,80}/i,
      ],
      [
        'cannot be used on this platform',
        /image operating system "?(?<platform>[\w/-]{3,20})"? cannot be used on this platform/i,
      ],
      [
        ['the specified platform', 'was found but its platform'],
        /was found but (?:its platform|does not match the specified platform)[^\n]{0,120}/i,
      ],
      ['no child with platform', rx`no child with platform (?<platform>[\w/.-]{3,40}) in index`],
      ['windows/amd64', /no matching manifest for windows\/amd64[^\n]{0,80}/i],
      [
        ['unsupported platform', 'unsupported image platform'],
        /unsupported (?:image )?platform:? ["'`]?(?:linux|windows|darwin|freebsd)\b[^\n]{0,80}/i,
      ],
    ],
  },

  // --- registry server -----------------------------------------------------------------------
  {
    id: 'registry-5xx',
    category: 'registry-server',
    name: '仓库服务器出错',
    why: '{host} 自己回答了 {status}：服务器一侧的故障，稍后再试，或查它的状态页。',
    tool: 'registry',
    becomes: ['mirror-error'],
    patterns: [
      ['unexpected status', status('5\\d\\d')],
      ['unexpected status', keyedStatus('5\\d\\d')],
      [MOVED, moved('5\\d\\d')],
      [STATUS_WORDS, bareStatus('5\\d\\d')],
      ['response body', parsing('5\\d\\d|408')],
      ['internal server error', /(?:registry|token|auth)[^\n]{0,80}: 5\d\d internal server error/i],
      [
        'received http code',
        /received http code (?<status>5\d\d) while (?:up|down)loading \w{1,20}/i,
      ],
      ['could not properly parse', rx`\b(?<status>5\d\d): could not properly parse response JSON`],
      // A line of the registry's own access log, or of the server before it.
      [
        [
          'http/1.1" 5',
          'http/1.0" 5',
          'http/2.0" 5',
          ...['1.1', '1.0', '2.0'].map((v) => `http/${v}\\" 5`),
        ],
        rx`\b(?:get|head|post|put|patch) /v2/[^\s"]{0,1000} http/(?:1\.[01]|2\.0)\\?" (?<status>5\d\d) \d`,
      ],
      ['trust server', /unable to reach trust server at this time: (?<status>5\d\d)/i],
      // 413 on a push: the reverse proxy before the registry allows no body of that size.
      ['error parsing http', parsing('4(?!0[134]|29)\\d\\d')],
      ['unexpected status', status('4(?!0[134]|29)\\d\\d')],
      [['unknown blob', 'blob unknown to registry'], /\bblob unknown to registry|unknown blob\b/i],
      [
        ['blob upload unknown', 'blob upload invalid'],
        /blob upload (?:unknown|invalid)[^\n]{0,80}/i,
      ],
      [
        'received unexpected http',
        rx`received unexpected http status: (?<status>(?!40[134]|429)[45]\d\d)\b[^\n]{0,80}`,
      ],
    ],
    unless: /request failed with status|operation error (?!ECR)\w/i,
  },
  {
    id: 'registry-no-json',
    category: 'registry-server',
    name: '回答的不是 JSON',
    why: '{host} 应该回答 JSON，却回了网页或纯文本：多半是反向代理的错误页，或者这个地址后面不是仓库。',
    tool: 'registry',
    becomes: ['mirror-error'],
    patterns: [
      [
        'token response',
        /(?:unable to|failed to|error) decod(?:e|ing) (?:registry )?token response: (?:invalid character|unexpected end of json)[^\n]{0,80}/i,
      ],
    ],
  },
  {
    id: 'registry-not-there',
    category: 'not-found',
    name: '这个地址后面没有仓库',
    why: '{host} 是一台网页服务器，但这条路径上没有仓库：地址或路径写错，或者仓库服务没有启用。',
    tool: 'registry',
    becomes: ['mirror-missing'],
    patterns: [
      [
        '404 response body',
        rx`error parsing http (?<status>404) response body: [^\n]{0,160}page not found`,
      ],
    ],
  },
];
