import { lookup } from '../mirrors/index.ts';
import { classifyAddress } from './addresses.ts';
import type { Mask } from './redact-kinds.ts';

/** Hosts that may be told: public registries, package sources and the mirrors of the catalogue. */
const PUBLIC =
  /(?:^|\.)(?:docker\.(?:io|com)|dockerstatus\.com|dockerproxy\.\w+|ghcr\.io|github\.(?:com|io)|githubusercontent\.com|gitlab\.com|quay\.io|gcr\.io|pkg\.dev|k8s\.io|kubernetes\.io|mcr\.microsoft\.com|microsoft\.com|azurefd\.net|public\.ecr\.aws|cloudfront\.net|cloudflare\.com|r2\.cloudflarestorage\.com|pypi\.org|pythonhosted\.org|npmjs\.(?:org|com)|npmmirror\.com|taobao\.org|yarnpkg\.com|nodejs\.org|golang\.org|google\.(?:com|cn)|googleapis\.com|goproxy\.(?:cn|io)|maven\.org|apache\.org|gradle\.org|crates\.io|rust-lang\.org|anaconda\.(?:com|org)|debian\.org|ubuntu\.com|alpinelinux\.org|fedoraproject\.org|centos\.org|redhat\.(?:com|io)|rockylinux\.org|opensuse\.org|archlinux\.org|pytorch\.org|nvidia\.com|nuget\.org|dot\.net|curl\.se|openssl\.org|aliyun\.com|tencent\.com|tencentyun\.com|huaweicloud\.com|163\.com|(?:tsinghua|ustc|nju|sjtu|bfsu|zju|hit|lzu)\.edu\.cn|daocloud\.io|facebook\.com|twitter\.com|dropbox\.com|example\.(?:com|org|net)|docker\.internal|containers\.internal|letsencrypt\.org|bootcdn\.cn|sourceforge\.net|jitpack\.io|confluent\.io|openeuler\.org|vmware\.com|dhi\.io|elastic\.co|grafana\.com|hashicorp\.com|kernel\.org|gnu\.org|python\.org|rubygems\.org|packagist\.org|php\.net|cpan\.org|sonatype\.(?:org|com)|dkr\.ecr\.[\w-]{4,20}\.amazonaws\.com(?:\.cn)?)$|^(?:registry|dockerauth)(?:-vpc|-internal)?\.[\w-]{4,20}\.aliyuncs\.com$/i;
/** Words that look like a host and are none. */
const FILE_ENDING =
  /\.(?:json|ya?ml|toml|conf|cfg|ini|go|py|js|mjs|cjs|ts|tsx|jsx|rs|c|h|cpp|java|rb|php|sh|ps1|bat|exe|dll|so|txt|log|md|html?|css|gz|tgz|xz|zip|tar|deb|rpm|apk|whl|crate|crt|pem|key|cert|sock|service|socket|lock|mod|sum|jar|pom|xml|sql|db|pid|env|list|dockerfile|InRelease|Release|service)$/i;

/** Endings that domains have, with those that only private networks use. */
const DOMAIN_ENDING =
  /^(?:com|net|org|io|cn|dev|app|cloud|tech|top|xyz|site|online|shop|info|biz|me|tv|cc|vip|work|ink|club|fun|link|live|run|pub|wiki|art|ltd|group|pro|edu|gov|mil|int|ai|co|uk|us|de|fr|jp|kr|hk|tw|sg|ru|in|eu|ca|au|br|nl|it|es|ch|se|no|fi|pl|cz|at|be|dk|ie|il|za|mx|ar|tr|ua|vn|th|my|id|ph|nz|corp|local|localdomain|lan|internal|intranet|intra|home|private|example|test|invalid|localhost|company|office|ad|arpa|onion|svc|cluster)$/i;

/** Single words in a host's place that name no machine. */
const NO_HOST =
  /^(?:localhost|https?|on|registry|mirror|proxy|docker|file|line|failed|error|timed)$/i;

/** Masks private hosts and addresses, and the accounts in the names of cloud services. */
export function maskHosts(text: string, mask: Mask): string {
  let out = text;
  out = out.replace(/\b(\d{12})(?=\.dkr\.ecr\.)/g, (value) => mask('id', value));
  out = out.replace(
    /\b([a-z0-9]{6,32})(?=\.mirror\.(?:aliyuncs\.com|swr\.myhuaweicloud\.com))/gi,
    (value) => mask('id', value),
  );
  out = out.replace(/\b([\w-]{1,63})(?=\.azurecr\.io)/gi, (value) => mask('host', value));
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
  // Whatever isn't known to be public.
  out = out.replace(
    /\b(?:[a-z0-9_](?:[a-z0-9_-]{0,62})\.){1,8}[a-z][a-z0-9-]{1,23}\b/gi,
    (value) => (isPrivate(value) ? mask('host', value) : value),
  );
  // A single word where only a host can stand.
  out = out.replace(
    /((?:https?:\/\/|lookup |dial (?:tcp|udp)[46]? )(?!<))([a-z0-9][a-z0-9-]{1,62})(?=[:/"\n]| on |$)/gi,
    (all, head: string, host: string) =>
      NO_HOST.test(host) ? all : `${head}${mask('host', host)}`,
  );
  out = out.replace(/(?<=\w@)([a-z][a-z0-9-]{1,62})(?=:[\w~/])/gi, (host) =>
    NO_HOST.test(host) || /^sha\d{3}$/.test(host) ? host : mask('host', host),
  );
  out = out.replace(
    /(^|[\s"'=(])([a-z][a-z0-9-]{1,62})(?=:\d{2,5}\/)/gim,
    (all, head: string, host: string) =>
      NO_HOST.test(host) ? all : `${head}${mask('host', host)}`,
  );
  return out;
}

function isPrivate(host: string): boolean {
  if (/^localhost(?:\.localdomain)?$/i.test(host)) return false;
  if (PUBLIC.test(host) || FILE_ENDING.test(host) || lookup(host) !== undefined) return false;
  // Names of code (`crypto.rsa`) have endings that are no domains.
  return DOMAIN_ENDING.test(host.slice(host.lastIndexOf('.') + 1));
}
