import { lookup } from '../mirrors/index.ts';
import type { CategoryId } from './categories.ts';
import { isMasked } from './normalise.ts';
import type { Layer, Match, MirrorFact, Surroundings, Tool } from './types.ts';

// --- hosts -----------------------------------------------------------------------------------

const URLS =
  /\bhttps?:\/\/(?:[^\s/"'<>@]{1,200}@)?(\[[0-9a-f:.%]{2,60}\](?::\d{1,5})?|[\w.-]{1,253}(?::\d{1,5})?)([^\s"'<>]{0,2000})/gi;
const HOST_KEYS = /\bhost[=:] ?["']?((?:[\w-]{1,63}\.)*[\w-]{1,63}(?::\d{1,5})?)\b/gi;

/** Addresses that messages mention as reading matter, not as the target. */
const READING =
  /^(?:docs\.|www\.docker\.com|docker\.com|curl\.se|curl\.haxx\.se|aka\.ms|go\.dev|golang\.org|git-scm\.com|stackoverflow\.com|www\.postgresql|pip\.pypa\.io|packaging\.python|help\.|support\.|learn\.microsoft|example\.com$|hub\.docker\.com$|www\.npmjs\.com$|www\.google\.com$|www\.ubuntu\.com$|lists\.freedesktop\.org$|www\.freedesktop\.org$|en\.wikipedia|[\w-]{1,60}\.readthedocs\.)/i;
const READING_PATH =
  /\/(?:issues|blob|wiki|discussions|tree|pull|increase-rate-limit|errors?\/|docs?\/)/i;

/** Host (with port) of a URL text, or `undefined`. */
export function authority(url: string): string | undefined {
  for (const match of url.matchAll(URLS)) return trimHost(match[1] ?? '') || undefined;
  return undefined;
}

function isReading(host: string, rest: string): boolean {
  return READING.test(host) || (READING_PATH.test(rest) && !/\/v2\//.test(rest));
}

/** The URLs of a stretch, without reading matter. */
export function urlsIn(text: string): { url: string; host: string; index: number }[] {
  const found: { url: string; host: string; index: number }[] = [];
  for (const match of text.matchAll(URLS)) {
    const host = trimHost(match[1] ?? '');
    if (host !== '' && !isReading(host, match[2] ?? '')) {
      found.push({ url: match[0], host, index: match.index });
    }
  }
  return found;
}

function trimHost(host: string): string {
  return host.replace(/[.:-]+$/, '');
}

const IMAGE = String.raw`(?![.-])[\w.-]{1,253}(?::\d{1,5}(?=/))?(?:/[\w.-]{1,128}){0,8}(?::[\w.-]{1,128})?(?:@sha256:[0-9a-f<>x]{1,64})?`;
const IMAGE_AFTER: readonly RegExp[] = [
  new RegExp(`repository (${IMAGE}) not found`, 'gi'),
  new RegExp(
    `failed to (?:pull (?:and unpack )?image|resolve (?:reference|source metadata for)|get sandbox image|copy) "?(${IMAGE})`,
    'gi',
  ),
  new RegExp(`(?:pulling|pull|pulled|sandbox|unpack) image "?(${IMAGE})"`, 'gi'),
  new RegExp(
    `(?:\\bload metadata for|unable to find image|(?<!no matching )manifest for|access denied for|initializing source|error initializing source|trying to pull) '?(?:docker://)?(${IMAGE})`,
    'gi',
  ),
  new RegExp(String.raw`refers to (?:a )?repository \[(${IMAGE})\]`, 'gi'),
  new RegExp(
    String.raw`(?:docker|podman|nerdctl|crictl|ctr(?: images?)?|buildah|skopeo)(?: image)? (?:pull|push|run|create)(?: (?:-[itdP]{1,4}|--(?:rm|init|privileged|detach|interactive|tty|quiet|all-tags))(?= )| -{1,2}[\w-]{1,30}(?:[= ][\w:/.=-]{1,60})?){0,8} (${IMAGE})`,
    'gi',
  ),
  new RegExp(String.raw`^\s*(?:Step \d+/\d+ : )?FROM (?:--platform=\S{1,40} )?(${IMAGE})`, 'gim'),
  // Compose names the service first.
  new RegExp(String.raw`\bpulling [\w.-]{1,80} \((${IMAGE})\)`, 'gi'),
  new RegExp(String.raw`\bpulling (?=[\w.-]{1,253}[:/])(${IMAGE}) ?(?:\.\.\.|$)`, 'gim'),
];

/** Words that follow "pull" or "push" in a sentence. */
const NOT_IMAGE =
  /^(?:docker\.io|an?|the|your?|this|it|its|image|images|repository|error|errors|fail|fails|failed|failing|failure|again|from|fully|for|with|is|was|and|or|on|to|in|of|at|not|another|sha256|latest|source|gcr|registry|docker)$/i;

function isImage(text: string): boolean {
  return /[a-z]/i.test(text) && !NOT_IMAGE.test(text.replace(/[.:]+$/, ''));
}

/** The image reference nearest before the end of a stretch, or the first after. */
export function imageIn(text: string): string | undefined {
  let best: string | undefined;
  let at = -1;
  for (const expression of IMAGE_AFTER) {
    for (const match of text.matchAll(expression)) {
      if (match.index > at && match[1] !== undefined && isImage(match[1])) {
        // Cut short by a placeholder: `docker.io/<image>`.
        if (
          /^\/?[<$]/.test(
            text.slice(match.index + match[0].length, match.index + match[0].length + 2),
          )
        )
          continue;
        at = match.index;
        best = match[1];
      }
    }
  }
  return best?.replace(/[.:]+$/, '');
}

/**
 * The registry of an image reference as {@link https://github.com/distribution/reference distribution/reference}
 * decides it: the first component is a host if it has a dot, a colon or an upper-case letter, or is `localhost`.
 */
export function registryOf(image: string): string {
  const slash = image.indexOf('/');
  if (slash < 0) return 'docker.io';
  const first = image.slice(0, slash);
  if (/[.:]/.test(first) || first === 'localhost' || /[A-Z]/.test(first)) {
    return first === 'index.docker.io' ? 'docker.io' : first;
  }
  return 'docker.io';
}

/** Where a registry's API answers. */
export function registryHost(registry: string): string {
  return registry === 'docker.io' ? 'registry-1.docker.io' : registry;
}

const TARGETS: readonly RegExp[] = [
  /-connect ((?:[\w-]{1,63}\.)*[\w-]{1,63})(?::\d{1,5})?/gi,
  /\bdialing ((?:[\w-]{1,63}\.)+[\w-]{1,63})(?::\d{1,5})?/gi,
  /\bin ((?:[\w-]{1,63}\.)+[a-z][\w-]{0,62}(?::\d{1,5})?)(?=[/:])/gi,
  /\b(?:Host|IP): ((?:[\w-]{1,63}\.)+[\w-]{1,63})\.? is not in/gi,
  /container registry ((?:[\w-]{1,63}\.)+[\w-]{1,63}(?::\d{1,5})?)/gi,
  /in connection to ((?:[\w-]{1,63}\.)+[\w-]{1,63})/gi,
  /cannot verify ((?:[\w-]{1,63}\.)+[\w-]{1,63})'s certificate/gi,
  /\bnslookup ((?:[\w-]{1,63}\.)+[\w-]{1,63})/gi,
  /connecting to ((?:[\w-]{1,63}\.)+[\w-]{1,63})/gi,
  /\bping (?:-\w \S{1,10} ){0,3}((?:[\w-]{1,63}\.)+[\w-]{1,63})/gi,
  /connection to (?:host )?'?((?:[\w-]{1,63}\.)+[\w-]{1,63})/gi,
  /((?:[\w-]{1,63}\.){1,8}[\w-]{1,63})['"]?: (?:temporary failure|name or service|no address assoc)/gi,
  /\(host='([^']{1,253})', port=\d{1,5}\)/gi,
];

function lastTarget(text: string): string | undefined {
  let best: string | undefined;
  let at = -1;
  for (const expression of TARGETS) {
    for (const match of text.matchAll(expression)) {
      if (match.index > at) {
        at = match.index;
        best = match[1];
      }
    }
  }
  return best;
}

/** What a match's message is about: the request's URL, its host, the image. */
export interface Target {
  readonly url?: string;
  readonly host?: string;
  readonly image?: string;
}

/** The image that a match's line, or else the lines around it, name. */
export function imageOf(match: Match, around: Surroundings): string | undefined {
  if (match.groups.image !== undefined) return match.groups.image;
  const start =
    match.view === 'line' ? match.text.lastIndexOf('\n', match.from) + 1 : match.from - 600;
  const line = match.text.slice(Math.max(0, start), match.to + 300);
  return imageIn(line) ?? imageIn(tail(around.before, 1500)) ?? imageIn(around.after.slice(0, 600));
}

const APT_STAMP = /^[>\s|]*(?:#\d{1,4} )?(?:[\d.]{1,10} )?\s*$/;
const APT_ASKED = /\b(?:Err|Ign|Fehl|错误|忽略)[:：]?\d{1,4} (https?:\/\/[^\s]{1,300})[^\n]*$/;

/** Finds the URL, host and image that a match belongs to: in its captures, its line, the lines around. */
export function targetOf(match: Match, around: Surroundings): Target {
  const { groups, text, from, to } = match;
  const lineStart = text.lastIndexOf('\n', from) + 1;
  const before = text.slice(match.view === 'line' ? lineStart : Math.max(0, from - 600), from);
  const rest = text.slice(to, to + 600).split('\n')[0] ?? '';
  const inside = text.slice(from, to);

  let url = groups.url;
  let host = url === undefined ? undefined : authority(url);
  if (host === undefined && groups.host !== undefined && plausible(groups.host))
    host = trimHost(groups.host);
  if (url === undefined) {
    const nearest = urlsIn(before).at(-1) ?? urlsIn(inside)[0];
    if (nearest) {
      url = nearest.url;
      host ??= nearest.host;
    }
  }
  if (host === undefined) {
    const key =
      [...`${rest}`.matchAll(HOST_KEYS)][0]?.[1] ?? [...before.matchAll(HOST_KEYS)].at(-1)?.[1];
    host = key ?? lastTarget(before);
  }
  if (host === undefined) {
    const following = urlsIn(rest)[0];
    if (following) {
      url ??= following.url;
      host = following.host;
    }
  }
  let image = groups.image;
  if (host === undefined) image ??= imageIn(`${before}${inside}`) ?? imageIn(rest);
  const explicit = image;
  if (host === undefined && explicit !== undefined && registryOf(explicit) !== 'docker.io')
    host = registryOf(explicit);
  if (host === undefined && groups.ip !== undefined && APT_STAMP.test(before)) {
    // apt writes the reason below the file it asked for.
    const asked = APT_ASKED.exec(tail(around.before, 600).trimEnd())?.[1];
    if (asked !== undefined) {
      url ??= asked;
      host = authority(asked);
    }
  }
  if (host === undefined && groups.ip !== undefined) host = groups.ip.replace(/^\[|\]$/g, '');
  if (host === undefined && explicit?.startsWith('docker.io/')) host = 'registry-1.docker.io';
  if (host === undefined) {
    image ??= imageIn(tail(around.before, 1500)) ?? imageIn(around.after.slice(0, 600));
    const previous = urlsIn(tail(around.before, 1500)).at(-1);
    const next = urlsIn(around.after.slice(0, 600))[0];
    const target = lastTarget(tail(around.before, 1500));
    if (previous) {
      url ??= previous.url;
      host = previous.host;
    } else if (target !== undefined) host = target;
    else if (next) {
      url ??= next.url;
      host = next.host;
    } else if (image !== undefined && registryOf(image) !== 'docker.io') host = registryOf(image);
    else if (image?.startsWith('docker.io/')) host = 'registry-1.docker.io';
    else host = lastTarget(around.after.slice(0, 600));
  }
  return {
    ...(url === undefined ? {} : { url }),
    ...(host === undefined ? {} : { host }),
    ...(image === undefined ? {} : { image }),
  };
}

function plausible(host: string): boolean {
  return (
    /[a-z0-9]/i.test(host) &&
    !/^(?:dial|tcp|udp|on|the|host|http|https|for|to)$/i.test(host) &&
    // A masked address says less than the request's own name.
    !isMasked(host) &&
    !/^(?=.*[xn])(?:(?:\d{1,3}|[xn]{1,3})\.){3}(?:\d{1,3}|[xn]{1,3})$/i.test(host)
  );
}

function tail(text: string, length: number): string {
  return text.length > length ? text.slice(text.length - length) : text;
}

// --- mirrors ---------------------------------------------------------------------------------

const HUB = /(?:^|\.)(?:docker\.io|docker\.com)(?::\d+)?$/i;
const MIRROR_NAME =
  /(?:^|[.-])(?:docker|registry|hub|dockerhub|hub-?docker)[.-]?mirrors?[.-]|(?:^|\.)mirrors?\.(?:aliyuncs|swr|ccs|gcr|baidubce|azk8s|iscas)|^docker\.mirrors\.|^(?:hub|docker|registry)-mirror\.|\.mirror\.(?:aliyuncs|swr)|^dockerhub\.|docker-?registry-?mirror|^mirror\.gcr\.io$|^docker-?proxy\.|^dockerproxy\./i;

/**
 * Whether a request was sent to a registry mirror, and what the catalogue knows of it.
 *
 * @param url the request's URL, if known
 * @param host its host
 * @param line the message, made on demand: a reference to docker.io answered by another host is a mirror, too
 */
export function mirrorOf(
  url: string | undefined,
  host: string | undefined,
  line: () => string,
): MirrorFact | undefined {
  if (host === undefined || HUB.test(host)) return undefined;
  // Nothing is pushed to a mirror.
  if (url !== undefined && /\/blobs\/uploads\//.test(url)) return undefined;
  const asked = url !== undefined && /[?&]ns=/.test(url);
  const entry = known(host);
  const named = MIRROR_NAME.test(host);
  const stands = url !== undefined && /\/v2\//.test(url) && standsForHub(url, host, line);
  if (entry?.kind === 'mirror') {
    const part = MIRROR_PART.get(host.toLowerCase());
    if (part !== undefined && url !== undefined && !asked && !part.test(url)) return undefined;
    if (entry.alsoRegistry === true && !asked && !stands) return undefined;
    return { host, id: entry.id, name: entry.name, status: entry.status };
  }
  if (entry?.kind === 'not-a-mirror') {
    // Mirrors of other registries: normal in an image's name, a mirror all the same.
    if (/^daocloud/.test(entry.id)) return { host, id: entry.id, name: 'DaoCloud' };
    if (!asked && entry.alsoRegistry === true) return undefined;
    if (!asked && !stands && !named) return undefined;
    return { host, id: entry.id, notMirror: true };
  }
  return asked || named || stands ? { host } : undefined;
}

/** Registries of which only one path is a mirror. */
const MIRROR_PART: ReadonlyMap<string, RegExp> = new Map([['cr.yandex', /\/v2\/mirror\//]]);

/** Whether a request to another host was made for an image of Docker Hub. */
function standsForHub(url: string, host: string, line: () => string): boolean {
  const library = /\/v2\/library\/[\w.-]+\/(?:manifests|blobs)\//.test(url);
  const text = line();
  if (/(?:reference|metadata for|image) "?docker\.io\//i.test(text)) return true;
  if (!library) return false;
  // `library` is also the project that Harbor starts with: then the image's own name begins with the host.
  if (PRIVATE_HOST.test(host)) return false;
  return HUB_NAMED.test(host) || !namesImageOf(text, host);
}

/** Names that people give to a mirror of Docker Hub, not to a Harbor. */
const HUB_NAMED = /^(?:docker|docker-?hub|hub|docker-?proxy|docker-?mirror|mirrors?)\d{0,3}\./i;
const PRIVATE_HOST =
  /^(?:localhost|127\.|10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|\[)|^[\w-]{1,63}(?::\d{1,5})?$|\.(?:local|lan|internal|intranet|corp|home|test|localdomain)(?::\d{1,5})?$/i;

function namesImageOf(text: string, host: string): boolean {
  for (let at = text.indexOf(`${host}/`); at >= 0; at = text.indexOf(`${host}/`, at + 1)) {
    if (!/[\w.@/-]/.test(text.charAt(at - 1))) return true;
  }
  return false;
}

const lookups = new Map<string, ReturnType<typeof lookup>>();

/** `lookup()` with a small memory: logs repeat their hosts. */
function known(host: string): ReturnType<typeof lookup> {
  let entry = lookups.get(host);
  if (entry === undefined && !lookups.has(host)) {
    if (lookups.size > 500) lookups.clear();
    entry = lookup(host);
    lookups.set(host, entry);
  }
  return entry;
}

/** Hosts that serve packages, not images; their failures stay what they are. */
export function isPackageTool(tool: Tool | undefined): boolean {
  return tool !== undefined && tool !== 'registry' && tool !== 'docker' && tool !== 'any';
}

// --- layer -----------------------------------------------------------------------------------

const DAEMON_LINE =
  /error response from daemon|\bdockerd\b|\bkubelet\b|failed to pull (?:and unpack )?image|errimagepull|component=containerd|rpc error: code =|failed to get sandbox image|\bcri-?o\b|\bcontainerd\[|attempting next endpoint|upload failed, retrying|FATA\[\d+\] pulling image|error pulling image(?! ref)|failed to register layer|failed to unpack image|handler for (?:post|get)|trying to pull \S+ from https?:|not continuing with pull|download failed after attempts|remote_image\.go|\[ERROR ImagePull\]|kuberuntime|imagepullbackoff|compose \w{1,10} operation failed|failed to deploy a stack|OrbStack|image pull fail(?:ed|s)|download failed, retrying|failed to pull sandbox|no matching manifest|no space left on device|\bPullImage \\?"/i;
const SOLVE =
  /failed to solve|^ERROR: failed to build: |failed to resolve source metadata|\bLLB\b|frontend dockerfile|buildx failed|failed to load cache key/im;
const BUILD_LINE =
  /\bload metadata for|failed to compute cache key|=> ?ERROR|\[internal\]|#\d{1,4} ERROR|#\d{1,4} \[|\berror building (?:image|stage): |\berror pushing image: failed to push to destination|checking push permissions?\b|INFO\[[\d:TZ+-]{4,25}\] (?:Unpacking rootfs|Downloading base image|Retrieving image manifest|Taking snapshot)/im;
/** buildx writes ERROR or error; Helm and others, Error. */
const BUILDX = /^(?:ERROR|error): (?:failed to (?:copy|push|do|authorize)|unexpected status)/m;
/** A build without BuildKit: Podman and Buildah. */
const BUILDAH = /^STEP \d+(?:\/\d+)?: (?:FROM|RUN|COPY|ADD) /m;
/** What Podman prints before it asks a registry. */
const PODMAN =
  /^[ \t]{0,8}trying to pull (?!repository |https?:)[\w.-]{1,200}\/[^\s]{1,200}\.\.\.[ \t]{0,4}$/im;
/** go-containerregistry, in crane, Kaniko, ko, Trivy: the method and the code in capitals. */
const GGCR = /\b(?:GET|HEAD|POST|PUT|PATCH) https?:\/\/[^\s]{1,400}: [A-Z_]{5,40}: /;
const CLIENT_LINE =
  /(?<![/.])\b(?:nerdctl|podman|skopeo|buildah|apptainer|singularity|oras|regctl|imgpkg|vendir|cosign|trivy|crane|helm|oc)\b(?!-)|\bctr(?:: | image| i )|choosing an? image (?:instance )?from manifest list|pinging container registry|initializing source docker:|is not a valid chart repository|\bargocd (?:login|logout|repo|app|appset|cluster|proj|account|admin|version)\b|^\[(?:discovery|preflight)\] |error:? initializing (?:image from )?source|pinging docker registry|unable to connect to (?:the )?server: |kubernetes cluster unreachable|INSTALLATION FAILED|newly downloaded charts|could not download https?:\/\/\S{1,300}\.tgz: |error from server[ :(]|\boci:\/\/|could not login to OCI registry|\bjib-(?:maven|gradle)-plugin|tools\.jib|image scan error|error in image scan|failed to analyze image|unable to initialize a[\w ]{1,12} scanner|reach trust server|contacting notary server|--unix-socket|\berror: failed to connect: dial tcp|conveyor failed|trying to reuse blob|reading blob body from |error pinging docker registry|registry could not be contacted|dockerimagelookup|failed to configure transport|docker manifest inspect|docker buildx imagetools|writing blob:|copying blob|reading manifest \S+ in |creating build container|error pulling image ref|determining manifest MIME type|requesting bearer token: |could not properly parse response JSON|chart pull error: |\bgetting (?:remote config|image): get |calling the GetAuthorizationToken operation|\(gcloud\.[\w.]{1,40}\) |unable to retrieve auth token|trying to pull docker:|unable to copy from source docker:|while preparing a transport|unsupported status code|error authenticating creds|authenticating creds for|logging into "/i;
const NERDCTL =
  /elapsed: [\d.]+ ?s\s+total:|INFO\[\d{4}\] trying next host|FATA\[\d{4}\] failed (?:to (?:resolve|copy|extract|unpack)|commit)/i;
/** The CLI itself asks the registry for these, whatever its message looks like. */
const CLI_ASKS = /\bbuildx imagetools |\bdocker manifest (?:inspect|create|push|annotate)\b/i;
/** ORAS, in Helm, Argo CD, Flux, notation: the method and the URL, quoted. */
const ORAS =
  /\b(?:GET|HEAD|POST|PUT|PATCH|DELETE) "https?:\/\/[^\s"]{1,400}": response status code \d/;
/** What the daemon sent to `docker run`. */
const DOCKER_RUN =
  /\bdocker: (?:unknown: )?(?:failed to (?:copy|resolve reference|do request|authorize)|received unexpected|(?:get|head) "?https?:|error pulling|pull access|manifest |toomanyrequests|denied:|unauthorized|no matching)/i;
/** Progress of a pull or a push, layer by layer. */
const LAYERS =
  /^\s*[0-9a-f]{12}: (?:waiting|preparing|pushing|pushed|pulling fs layer|downloading|download complete|pull complete|verifying checksum|layer already exists|already exists|retrying in|mounted from)\b/im;
/** The cluster's or the service's own API, which the tools of the host ask. */
const CLUSTER =
  /\b(?:kubectl|k3s|k0s|rke2?|talosctl|kubeadm|kubeconfig|minikube)\b|:6443\b|:50000\b|\bapi-?server\b/i;
/** How programs, not dockerd, say that the disk is full. */
const PROGRAM_DISK =
  /\(os error 28\)|\bENOSPC\b|\[Errno 28\]|npm err!|(?:java|system)\.io\.ioexception|\(28: no space|could not extend file|^#\d{1,4} \d{1,5}\.\d{1,3} (?!.{0,300}\/var\/lib\/(?:docker|containerd))/im;
const CRICTL = /\bcrictl\b|FATA\[\d+\] pulling image/i;
const DOCKER_COMMAND =
  /\bdocker(?:\.exe)? (?:image )?(?:pull|push|login|search|run|create|compose|plugin|stack|service|info|swarm)\b|docker-compose|unable to find image|using default tag|the push refers to|pulling from \w|pulling fs layer|already exists$|pull complete|^ERROR: for \S+|\bPulling \S+ \(|Step \d+(?:\/\d+)? : FROM|daemon\.json|registry-mirrors|^\s*\[\+\] (?:running|pulling|up) \d+\/\d+|^\s*\S? ?Image \S{1,200} (?:\[|Pulling)/im;
const RUN_CONTEXT =
  /did not complete successfully|returned a non-zero code|executor failed running|> \[[^\]\n]{0,60}\d+\/\d+\]|=> (?:ERROR|CACHED)? ?\[|Step \d+(?:\/\d+)? : RUN|---> Running in|^[>\s|]*#\d{1,4} \d+(?:\.\d+)? |^[>\s|]*(?:\[ *\d+\.\d+s\] )?\d{1,4}\.\d{1,3} \S|^\s*\d{1,4}\.\d{1,3} {2,8}[├╰×]|>>> RUN |^\s*Dockerfile:\d+|failed to solve|\bbuild-push-action\b|docker(?:[- ]compose)? build|\bdocker image build|\bbuild(?:ing)? (?:the |a |my |our )?(?:docker|container) image\b|buildx|DOCKER_BUILDKIT|failed to build : |Service '\S+' failed to build|^Step \d+(?:\/\d+)? :|^\s*RUN \S|the command '\/bin\/(?:ba)?sh -c|building at STEP "RUN|^\s*STEP \d+\/\d+: RUN |\bwhen building (?:the )?images?\b|构建 ?(?:docker ?)?镜像(?:时|失败|报错|出错)|镜像构建(?:失败|报错|出错|异常)|构建(?:期间|过程中)/im;
/** An instruction quoted in a sentence. */
const RUN_QUOTED = /\bRUN (?:curl|wget|git|apt|apt-get|apk|dnf|yum|pip3?|npm|yarn|go) /;
/** Terraform's own downloads. */
const TERRAFORM =
  /\bterraform init\b|registry\.terraform\.io|provider registry|available provider packages/i;
/** A site that isn't a registry, and a shell in a container that may have asked it. */
const OTHER_SITE =
  /\bhttps?:\/\/(?!\S{0,300}(?:\/v[12]\/|\/token\b|docker\.(?:io|com)\b))[\w.-]{3,253}\.[a-z]{2,20}(?:[/:\s]|$)/i;
const IN_SHELL =
  /\b(?:docker|podman|nerdctl)(?:\.exe)? (?:run|exec) [^\n]{0,300}(?:-it?\b|-ti\b|\b(?:ba)?sh\b)/i;
/** What `docker service logs` writes before each line of a task. */
const SERVICE_LOG = /^\s*[\w.-]{1,80}\.[a-z0-9]{12,25}@[\w.-]{1,120} {1,20}\| /m;
/** Harbor's services, which run in containers. */
const HARBOR_LOG = /\dZ \[(?:ERROR|WARNING|FATAL)\] \[\/?[\w./-]{1,120}\.go:\d{1,5}\]/;
/** A question to the resolver from a container, and what nslookup and dig answer. */
const IN_CONTAINER = /\bdocker (?:run|exec) [^\n]{0,200}\b(?:nslookup|dig|host|getent) \S/i;
const RESOLVER_LINE = /^(?:;; |nslookup: |\*\* server can't find )/im;
const CONTAINER_CONTEXT =
  /\broot@[0-9a-f]{12}(?::| [^\]\n]{1,80}\][#$])|\bdocker(?:\.exe)? (?:container )?(?:run|exec|logs)\b|docker[- ]compose (?:run|exec|logs)|kubectl (?:-n \S{1,60} )?(?:exec|logs|run)|podman (?:run|exec|logs)|nerdctl (?:run|exec)|^\/[\w./-]{0,80} ?# |\bbash-\d\.\d[#$]|^[\w.-]{1,40}[_-]\d{1,2} {1,20}\| |^[a-z][\w.-]{1,40} {2,20}\| \S|^[a-z][\w.-]{1,60} exited with code \d|~ # |in(?:side)?(?: of)? (?:the |a )?container|容器(?:内|里|中)|host\.docker\.internal|\.svc\.cluster\.local|providerName=\S{1,60}acme|\bacme: (?:registering|obtaining|error: \d)|in-container|进入容器/im;
const HOST_CONTEXT =
  /\bsudo |^\s*PS [A-Z]:|^\s*[A-Z]:\\|\b(?:ubuntu|user|alice|\w+)@(?![0-9a-f]{12}:)[\w.-]+:[~/]|^\s*\[\w+@[\w.-]+ [^\]]{1,60}\]|\bbrew |winget|choco |\bgit (?:clone|push|pull|fetch|ls-remote)\b|\bRPC failed; |fatal: unable to access|\bansible\b|^\s*TASK \[|FAILED! => \{|[A-Z]:\\(?:Users|Program Files)\b|\b[D-Z]:\\\w|^[\w.@:~/-]{2,120} ?\$ (?:go|npm|pip3?|yarn|pnpm|cargo|mvn) [a-z]|\/Users\/\w{1,40}\//im;
/** Lines of programs that run in containers and build steps as often as on the host. */
const TOOL_LINE =
  /^\s*(?:#\d+ )?(?:[\d.]+ )?(?:\$ ?)?(?:go(?: [a-z]{3,8})?: |package \S{1,200}: |https fetch failed|npm |yarn |pnpm |pip|curl|fatal: |wget|ping[ :]|nslookup|dig |git |E: |W: |Err:|Ign:|apt|apk |WARNING: (?:fetching|ignoring|retrying)|ERROR: https)|(?:^|\d)\* (?:SSL|TLS|ALPN|Trying|Connected|Closing|Recv|Send|OpenSSL|schannel|GnuTLS|Could not|Failed|connect) |\bSSL(?:CertVerification)?Error\(|HTTPS?ConnectionPool|NewConnectionError|\bProxyError\(|urllib3|getaddrinfo|\bcurl: \(|npm err|Could not (?:transfer|GET|resolve)|\bspurious network error|Gem::|Bundler::|Composer\\|CondaHTTPError|\bUnable to download data from https?:|\btrustAnchors parameter|\blibmamba\b|^\s*(?:RuntimeError: )?Download error \(\d{1,3}\)|\brequest to https?:\S{1,300} failed, reason:|curl error \(?\d|Caused by [\w.]+Error\(|^\s*\[(?:ERROR|WARNING)\] (?:Plugin|Failed to execute goal)|(?:could not|unable to) connect to [\w.-]{1,253}:80\b|\bfile could not be downloaded\b|^\s*(?:#\d+ )?(?:[\d.]+ )?\s{0,8}[├╰]─▶ |failed to connect to \S{1,253} (?:on )?port \d/im;

const WINDOWS_LINE = /\bschannel\b|\b(?:CRYPT|SEC)_E_[A-Z_]{4,}|\bconnectex: |\bWinError \d/;

/** What the few package managers without a life outside images print; most of it while one was built. */
const INSTALLERS: ReadonlySet<Tool> = new Set(['apk', 'go']);
const INSTALLER_LINE = /\bproxy\.golang\.org\b|\bgoproxy\.(?:cn|io)\b/i;

/** What a registry answered: with nothing else around, dockerd is the likeliest to have asked. */
const ANSWERED: ReadonlySet<CategoryId> = new Set([
  'auth',
  'rate-limit',
  'mirror',
  'not-found',
  'platform',
]);

/** The layer that a line names outright, whatever stands around it. */
function saidIn(line: string): Layer | undefined {
  if (/error response from daemon/i.test(line)) return 'daemon';
  if (/error during connect: |an error occurred trying to connect: /i.test(line)) return 'client';
  // The classic builder, whose images dockerd pulls.
  if (
    /Service '[^'\n]{1,80}' failed to build ?: (?:get|head|error pulling|pull access|manifest)\b/i.test(
      line,
    )
  )
    return 'daemon';
  return DOCKER_RUN.test(line) ? 'daemon' : undefined;
}

/** The layer that a match's own line names outright. */
export function saidLayer(match: Match): Layer | undefined {
  return match.rule.layer ?? saidIn(ownLine(match));
}

function ownLine(match: Match): string {
  const lineStart = match.text.lastIndexOf('\n', match.from) + 1;
  const start =
    match.view === 'line' ? Math.max(lineStart, match.from - 1500) : Math.max(0, match.from - 500);
  return match.text.slice(start, match.to + 300);
}

/**
 * Which layer's connection failed.
 *
 * @param match the match
 * @param around the lines around it
 * @param tool the program that printed it, if the rule knows
 */
export function layerOf(match: Match, around: Surroundings, tool: Tool | undefined): Layer {
  const { rule } = match;
  if (rule.layer !== undefined) return rule.layer;
  const line = ownLine(match);
  const whole = `${around.before}\n${line}\n${around.after}`;

  if (rule.category === 'disk' && PROGRAM_DISK.test(line))
    return !RUN_CONTEXT.test(whole) && CONTAINER_CONTEXT.test(whole) ? 'container' : 'build';
  // The kubelet asking a container, the metrics server asking the kubelet.
  if (
    /\b(?:readiness|liveness|startup) probe (?:failed|errored)|unable to (?:fully )?(?:scrape|fetch) metrics\b/i.test(
      line,
    )
  )
    return 'container';
  if (
    isPackageTool(tool) ||
    ((tool === undefined || tool === 'any' || !/\/v2\//.test(line)) &&
      TOOL_LINE.test(line) &&
      !/daemon|failed to solve/i.test(line))
  ) {
    if (CLIENT_LINE.test(line) && !RUN_CONTEXT.test(whole)) return 'client';
    if (RUN_CONTEXT.test(whole) || BUILD_LINE.test(whole)) return 'build';
    if (CONTAINER_CONTEXT.test(whole)) return 'container';
    // Windows' own words: neither an image's step nor its container says them.
    if (WINDOWS_LINE.test(line)) return 'client';
    if (/\bdockerfile\b/i.test(whole) || RUN_QUOTED.test(whole)) return 'build';
    if (DAEMON_LINE.test(line)) return 'daemon';
    if (CLIENT_LINE.test(whole)) return 'client';
    if (tool === 'openssl' || tool === 'git' || tool === 'dotnet' || HOST_CONTEXT.test(whole))
      return 'client';
    return (tool !== undefined && INSTALLERS.has(tool)) || INSTALLER_LINE.test(line)
      ? 'build'
      : 'container';
  }
  if (IN_CONTAINER.test(whole) && RESOLVER_LINE.test(line)) return 'container';
  if (TERRAFORM.test(whole)) {
    if (RUN_CONTEXT.test(whole)) return 'build';
    return CONTAINER_CONTEXT.test(whole) ? 'container' : 'client';
  }
  // Docker's own resolver, which only containers ask.
  if (/\bon 127\.0\.0\.11:53\b/.test(line) && !/\/v2\/|docker\.(?:io|com)\b/.test(line))
    return 'container';
  // Names without a dot are those of services beside a container.
  if (rule.category === 'dns' && /\blookup [a-z][\w-]{1,62}(?: on [^\s]{1,60})?: /i.test(line)) {
    if (!/\/v2\/|\blookup localhost\b/.test(line)) return 'container';
  }
  // The line itself decides before the neighbourhood does.
  const said = saidIn(line);
  if (said !== undefined) return said;
  if (SERVICE_LOG.test(line) || HARBOR_LOG.test(line)) return 'container';
  if (ORAS.test(line)) return 'client';
  // A program's own connection by gRPC.
  if (/transport: authentication handshake failed/i.test(line)) return 'container';
  // How programs log, and none of dockerd's, containerd's or the kubelet's words about an image.
  if (
    rule.category.startsWith('tls-') &&
    /\berr(?:or)?="/.test(line) &&
    !/\/v[12]\/|\bpull|\bpush|image|registr|host=/i.test(line)
  )
    return 'container';
  if (SOLVE.test(line)) return 'build';
  if (NERDCTL.test(line) && !CRICTL.test(whole)) return 'client';
  if (CRICTL.test(line)) return 'daemon';
  // containers/image, whose wrapper in Podman reads like dockerd's.
  if (/determining manifest mime type for docker:/i.test(line) && !/kubelet|cri-?o\b/i.test(whole))
    return BUILDAH.test(whole) ? 'build' : 'client';
  if (DAEMON_LINE.test(line)) return 'daemon';
  if (CLI_ASKS.test(whole) && !RUN_CONTEXT.test(whole.replace(/buildx imagetools/gi, '')))
    return 'client';
  if (BUILD_LINE.test(line) || BUILDX.test(line)) return 'build';
  if (GGCR.test(line)) return 'client';
  if (CLIENT_LINE.test(line) && BUILDAH.test(whole)) return 'build';
  if (CLIENT_LINE.test(line))
    return /kubelet|cri-?o\b/i.test(whole) ||
      (/mirrors also failed/i.test(whole) && !/trying to pull|WARN\[\d/i.test(whole))
      ? 'daemon'
      : 'client';
  if (SOLVE.test(whole) || BUILD_LINE.test(whole) || BUILDX.test(whole)) return 'build';
  if (PODMAN.test(whole) && !/kubelet|error response from daemon/i.test(whole)) return 'client';
  if (DAEMON_LINE.test(whole)) return 'daemon';
  if (
    /unexpected status code \[/i.test(line) &&
    /构建|\bbuild(?:ing)?\b|\bdockerfile\b/i.test(whole)
  )
    return 'build';
  if (NERDCTL.test(whole)) return 'client';
  if (CLIENT_LINE.test(whole)) return 'client';
  if (OTHER_SITE.test(line) && IN_SHELL.test(whole)) return 'container';
  if (DOCKER_COMMAND.test(whole) || LAYERS.test(whole)) return 'daemon';
  if (/failed to resolve reference/i.test(whole)) return 'daemon';
  if (CRICTL.test(whole)) return 'daemon';
  // What BuildKit fails with stands behind `failed to solve`; alone it's what a pull ends with.
  if (/^\W{0,8}(?:docker: )?(?:unknown: )?failed to copy:/im.test(whole)) return 'daemon';
  if (
    /failed to do request:|failed to fetch (?:anonymous|oauth) token|failed to copy:/i.test(whole)
  )
    return /\bkubectl\b|\bpods?\b|\btalos\b|\bk3[sd]\b/i.test(whole) ? 'daemon' : 'build';
  if (/s_client/.test(whole)) return 'client';
  if (RUN_CONTEXT.test(whole)) return 'build';
  if (CONTAINER_CONTEXT.test(whole)) return 'container';
  if (HOST_CONTEXT.test(whole)) return 'client';
  if (INSTALLER_LINE.test(line)) return 'build';
  // A request to some web service, not to a registry: a program's own.
  if (/\bpost "?https?:\/\//i.test(line) && !/\/v2\/|auth\.docker\.io|ipc\/registry/i.test(line))
    return 'container';
  // A cloud's metadata service, which only programs ask.
  if (/\/\/169\.254\.\d/.test(line)) return 'container';
  const registry = /\/v[12]\/|docker\.io|toomanyrequests|unauthorized|denied:|docker login/i;
  if (registry.test(line)) return 'daemon';
  if (/x509/i.test(line)) {
    if (/\bmetrics-server\b|\bto scrape\b/i.test(whole)) return 'container';
    if (
      /\bdocker|\bregistr|\bpull|\bpush|\bimages?\b|harbor|nexus|仓库|镜像|拉取|推送/i.test(whole)
    )
      return 'daemon';
    return CLUSTER.test(whole) || /\b(?:get|head) "?https?:\/\//i.test(line) ? 'client' : 'daemon';
  }
  // Other pages than a registry's: a tool that fetches something for itself.
  if (/\b(?:get|head) "?https?:\/\//i.test(line)) return 'client';
  return ANSWERED.has(rule.category) && tool === 'registry' ? 'daemon' : 'unknown';
}
