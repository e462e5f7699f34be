import { lookup } from '../mirrors/index.ts';
import { classifyAddress } from './addresses.ts';

/** What kind of thing was masked. */
export type MaskKind = 'secret' | 'user' | 'email' | 'host' | 'address' | 'id';

/** Chinese names of the kinds. */
export const maskNames: Readonly<Record<MaskKind, string>> = {
  secret: '密码、令牌、密钥',
  user: '用户名',
  email: '邮箱',
  host: '内网主机名',
  address: '内网地址',
  id: '账号编号',
};

/** One thing that was masked. */
export interface Masked {
  readonly kind: MaskKind;
  readonly placeholder: string;
  readonly count: number;
  /** How long the masked text is, and its first character unless it's a secret: enough to recognise it. */
  readonly hint: string;
}

export interface Redaction {
  readonly text: string;
  readonly masked: readonly Masked[];
}

/** Hosts that may be told: public registries, package sources and the mirrors of the catalogue. */
const PUBLIC =
  /(?:^|\.)(?:docker\.(?:io|com)|dockerstatus\.com|dockerproxy\.\w+|ghcr\.io|github\.(?:com|io)|githubusercontent\.com|gitlab\.com|quay\.io|gcr\.io|pkg\.dev|k8s\.io|kubernetes\.io|mcr\.microsoft\.com|microsoft\.com|azurefd\.net|public\.ecr\.aws|cloudfront\.net|cloudflare\.com|r2\.cloudflarestorage\.com|pypi\.org|pythonhosted\.org|npmjs\.(?:org|com)|npmmirror\.com|taobao\.org|yarnpkg\.com|nodejs\.org|golang\.org|google\.(?:com|cn)|googleapis\.com|goproxy\.(?:cn|io)|maven\.org|apache\.org|gradle\.org|crates\.io|rust-lang\.org|anaconda\.(?:com|org)|debian\.org|ubuntu\.com|alpinelinux\.org|fedoraproject\.org|centos\.org|redhat\.(?:com|io)|rockylinux\.org|opensuse\.org|archlinux\.org|pytorch\.org|nvidia\.com|nuget\.org|dot\.net|curl\.se|openssl\.org|aliyun\.com|tencent\.com|tencentyun\.com|huaweicloud\.com|163\.com|tsinghua\.edu\.cn|ustc\.edu\.cn|nju\.edu\.cn|sjtu\.edu\.cn|bfsu\.edu\.cn|daocloud\.io|facebook\.com|twitter\.com|dropbox\.com|example\.(?:com|org|net)|docker\.internal|containers\.internal|letsencrypt\.org|bootcdn\.cn)$/i;
/** Words that look like a host and are none. */
const FILE_ENDING =
  /\.(?:json|ya?ml|toml|conf|cfg|ini|go|py|js|mjs|cjs|ts|tsx|jsx|rs|c|h|cpp|java|rb|php|sh|ps1|bat|exe|dll|so|txt|log|md|html?|css|gz|tgz|xz|zip|tar|deb|rpm|apk|whl|crate|crt|pem|key|cert|sock|service|socket|lock|mod|sum|jar|pom|xml|sql|db|pid|env|list|dockerfile|InRelease|Release|service)$/i;

/**
 * Masks what a stranger should not read: passwords, tokens and keys, user names, private hosts and
 * addresses. The same thing always gets the same placeholder, so the log stays readable.
 *
 * @param text any text
 * @returns the masked text and what was masked; idempotent
 */
export function redact(text: string): Redaction {
  const seen = new Map<
    string,
    { kind: MaskKind; placeholder: string; count: number; hint: string }
  >();
  const counters: Record<MaskKind, number> = {
    secret: 0,
    user: 0,
    email: 0,
    host: 0,
    address: 0,
    id: 0,
  };
  const mask = (kind: MaskKind, value: string): string => {
    if (/^<(?:secret|user|email|host|address|id)-?\d*>$/.test(value) || value === '') return value;
    const key = `${kind}\0${value.toLowerCase()}`;
    let entry = seen.get(key);
    if (!entry) {
      counters[kind]++;
      entry = {
        kind,
        placeholder: `<${kind}-${counters[kind]}>`,
        count: 0,
        hint:
          kind === 'secret'
            ? `${value.length} 个字符`
            : `${value[0] ?? ''}…（${value.length} 个字符）`,
      };
      seen.set(key, entry);
    }
    entry.count++;
    return entry.placeholder;
  };

  let out = text.toWellFormed();
  // Keys first: they span lines.
  out = out.replace(
    /(-----BEGIN [A-Z ]{0,40}PRIVATE KEY-----)[\s\S]{0,20000}?(-----END [A-Z ]{0,40}PRIVATE KEY-----|$)/g,
    (_all, head: string, _tail: string) => `${head}${mask('secret', _all)}`,
  );
  // URL credentials, also with an @ or a # in the password.
  out = out.replace(
    /\b([a-z][a-z0-9+.-]{1,20}:\/\/)([^\s/"'<>@:]{0,200})(?::([^\s"'<>]{0,200}))?@(?=[\w[.-])/gi,
    (_all, scheme: string, user: string, password: string | undefined) =>
      `${scheme}${mask('user', user)}${password === undefined ? '' : `:${mask('secret', password)}`}@`,
  );
  out = out.replace(
    /\b((?:proxy-)?authorization["']?\s{0,3}[:=]\s{0,3}["']?(?:basic|bearer|digest|negotiate|ntlm|token)?\s{0,3})([\w.~+/=-]{6,4000})/gi,
    (_all, head: string, value: string) => `${head}${mask('secret', value)}`,
  );
  out = out.replace(
    /\b(bearer\s{1,3})([\w.~+/=-]{12,4000})/gi,
    (_all, head: string, value: string) => `${head}${mask('secret', value)}`,
  );
  // Well-known forms of tokens.
  out = out.replace(
    /\b(?:gh[opsur]_[A-Za-z0-9]{20,255}|github_pat_\w{20,255}|glpat-[\w-]{16,64}|dckr_(?:pat|oat)_[\w-]{16,128}|npm_[A-Za-z0-9]{30,64}|pypi-[\w-]{30,300}|xox[abpr]-[\w-]{10,200}|AKIA[0-9A-Z]{16}|ASIA[0-9A-Z]{16}|eyJ[\w-]{8,4000}\.[\w-]{4,8000}(?:\.[\w-]{0,4000})?|sk-[A-Za-z0-9]{20,100})/g,
    (value) => mask('secret', value),
  );
  out = out.replace(
    /\b((?:[\w.-]{0,40}[_.-])?(?:password|passwd|passwort|pwd|secret|token|api[_-]?key|access[_-]?key(?:[_-]?id)?|private[_-]?key|client[_-]?secret|credential|signature|sig|x-amz-(?:signature|credential|security-token)|identitytoken|registrytoken)["']?\s{0,3}(?:=>|[:=])\s{0,3}["']?)(?!\s)([^\s"'&,;<>]{3,4000})/gi,
    (all, head: string, value: string) =>
      /^(?:true|false|null|none|required|empty|expired|invalid|http|https|from|request|has|is|for|\*{2,}|x{3,})$/i.test(
        value,
      ) || /^https?:\/\//.test(value)
        ? all
        : `${head}${mask('secret', value)}`,
  );
  out = out.replace(
    /((?:密码|口令|令牌)(?:是|为)?\s{0,3}[:：=]\s{0,3})([^\s"'，。；,;<>]{3,200})/g,
    (_all, head: string, value: string) => `${head}${mask('secret', value)}`,
  );
  out = out.replace(
    /("auth"\s{0,3}:\s{0,3}")([A-Za-z0-9+/=]{4,4000})(")/g,
    (_all, head: string, value: string, tail: string) => `${head}${mask('secret', value)}${tail}`,
  );
  out = out.replace(
    /((?:^|\s)(?:-p|--password|-u|--username|--user)[= ]{1,2})("[^"\n]{1,200}"|'[^'\n]{1,200}'|[^\s"'<>-][^\s"'<>]{0,200})/g,
    (all, head: string, value: string) => {
      if (/^\d{1,5}(?::\d{1,5})?(?:\/\w+)?$/.test(value)) return all;
      return /-p|--password/.test(head)
        ? `${head}${mask('secret', value)}`
        : `${head}${maskLogin(value, mask)}`;
    },
  );

  out = out.replace(
    /\b[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){0,5}\.[a-z]{2,12}\b(?!:)/gi,
    (value) => mask('email', value),
  );
  // User names in paths and prompts.
  out = out.replace(
    /((?:\/home\/|\/Users\/|\/var\/home\/|[A-Za-z]:\\{1,4}Users\\{1,4}|\/mnt\/[a-z]\/Users\/))([^\s/\\"'<>:]{1,64})/g,
    (all, head: string, value: string) =>
      /^(?:Public|Shared|Default|runner|node|app|www-data|ubuntu|vscode)$/i.test(value)
        ? all
        : `${head}${mask('user', value)}`,
  );
  out = out.replace(
    /(^|[\n[(])([a-z_][\w.-]{0,31})@([\w.-]{1,64})(?=[: ][~/\w]|:~|\s?[#$%\]])/gim,
    (_all, head: string, user: string, host: string) =>
      `${head}${/^(?:root)$/.test(user) ? user : mask('user', user)}@${maskHost(host, mask, true)}`,
  );
  // Machine names of a journal.
  out = out.replace(
    /^((?:[A-Z][a-z]{2}|\d{1,2}月) {1,2}\d{1,2} \d\d:\d\d:\d\d )([\w.-]{1,64})(?= [\w./-]{1,40}(?:\[\d+\])?: )/gm,
    (_all, head: string, host: string) => `${head}${maskHost(host, mask, true)}`,
  );
  // Accounts in the names of cloud registries and accelerators.
  out = out.replace(/\b(\d{12})(?=\.dkr\.ecr\.)/g, (value) => mask('id', value));
  out = out.replace(
    /\b([a-z0-9]{6,32})(?=\.mirror\.(?:aliyuncs\.com|swr\.myhuaweicloud\.com))/gi,
    (value) => mask('id', value),
  );
  out = out.replace(/\b([\w-]{1,63})(?=\.azurecr\.io)/gi, (value) => mask('host', value));
  // Private addresses.
  out = out.replace(/\b\d{1,3}(?:\.\d{1,3}){3}\b/g, (value) => {
    const kind = classifyAddress(value)?.kind;
    return kind === 'private' || kind === 'shared' || kind === 'link-local'
      ? mask('address', value)
      : value;
  });
  out = out.replace(
    /\[?\b(?:f[cd][0-9a-f]{2}|fe[89ab][0-9a-f]):[0-9a-f:]{2,39}(?:%\w{1,16})?\]?/gi,
    (value) => mask('address', value),
  );
  out = out.replace(/\b(?:[0-9a-f]{2}:){5}[0-9a-f]{2}\b/gi, (value) => mask('id', value));
  // Private hosts: whatever isn't known to be public.
  out = out.replace(/\b(?:[a-z0-9_](?:[a-z0-9_-]{0,62})\.){1,8}[a-z][a-z0-9-]{1,23}\b/gi, (value) =>
    maskHost(value, mask, false),
  );
  out = out.replace(
    /((?:https?:\/\/|lookup |@)(?!<))([a-z0-9][a-z0-9-]{1,62})(?=[:/ "\n]|$)/gi,
    (all, head: string, host: string) =>
      /^(?:localhost|https?|on|registry|mirror|proxy)$/i.test(host)
        ? all
        : `${head}${mask('host', host)}`,
  );
  return { text: out, masked: [...seen.values()].filter(({ count }) => count > 0) };
}

type Mask = (kind: MaskKind, value: string) => string;

function maskLogin(value: string, mask: Mask): string {
  const colon = value.indexOf(':');
  return colon < 0
    ? mask('user', value)
    : `${mask('user', value.slice(0, colon))}:${mask('secret', value.slice(colon + 1))}`;
}

function maskHost(host: string, mask: Mask, certain: boolean): string {
  if (/^(?:localhost|localhost\.localdomain)$/i.test(host)) return host;
  if (certain) return mask('host', host);
  if (PUBLIC.test(host) || FILE_ENDING.test(host) || lookup(host) !== undefined) return host;
  const labels = host.split('.');
  const top = labels.at(-1) ?? '';
  // Names of code (`crypto.rsa`, `github.com` is public anyway) have endings that are no domains.
  if (!DOMAIN_ENDING.test(top)) return host;
  return mask('host', host);
}

/** Endings that domains have, with those that only private networks use. */
const DOMAIN_ENDING =
  /^(?:com|net|org|io|cn|dev|app|cloud|tech|top|xyz|site|online|shop|info|biz|me|tv|cc|vip|work|ink|club|fun|link|live|run|pub|wiki|art|ltd|group|pro|edu|gov|mil|int|ai|co|uk|us|de|fr|jp|kr|hk|tw|sg|ru|in|eu|ca|au|br|nl|it|es|ch|se|no|fi|pl|cz|at|be|dk|ie|il|za|mx|ar|tr|ua|vn|th|my|id|ph|nz|corp|local|localdomain|lan|internal|intranet|intra|home|private|example|test|invalid|localhost|company|office|ad|arpa|onion|svc|cluster)$/i;
