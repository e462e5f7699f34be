import { parseReference, referenceProblem } from '../../reference/index.ts';
import { classifyAddress } from '../addresses.ts';

export type ScriptLanguage = 'bash' | 'powershell';

/** What the reader fills in. */
export interface ScriptOptions {
  /** Mirror URLs, `http://` and local addresses too: the script runs where dockerd runs. */
  readonly mirrors: readonly string[];
  /** An image of Docker Hub, e.g. `alpine`, `bitnami/redis:7`, `nginx:1.27@sha256:…`. */
  readonly image: string;
  /** The digest that the reader trusts (`sha256:…`); '' = none. */
  readonly digest?: string;
  /** Bytes of the first layer to download at most. */
  readonly blobLimit?: number;
}

/** What is known of a script before its text is written. */
export interface ScriptPlan {
  readonly fileName: string;
  /** The command that runs the file. */
  readonly command: string;
  /** What was left out or can't be used (Chinese). */
  readonly problems: readonly string[];
  /** The lines that hold the reader's choices; '' when there is nothing to test. */
  readonly settings: string;
}

const DEFAULT_BLOB_LIMIT = 8 * 1024 * 1024;
const MAX_MIRRORS = 30;

/**
 * Reads what the reader filled in. Whatever goes into the script is checked against a narrow set of
 * characters first, so nothing pasted can become a command.
 */
export function planScript(language: ScriptLanguage, options: ScriptOptions): ScriptPlan {
  const problems: string[] = [];
  const mirrors = readMirrors(options.mirrors, problems);
  const image = readImage(options.image, problems);
  const digest = (options.digest ?? '').trim().toLowerCase() || image.digest;
  if (digest !== '' && !/^sha256:[0-9a-f]{64}$/.test(digest)) {
    problems.push('信任的 digest 不对：应是 sha256: 加 64 位十六进制。脚本里先不比较它。');
  }
  const trusted = /^sha256:[0-9a-f]{64}$/.test(digest) ? digest : '';
  const limit = Math.max(
    65_536,
    Math.min(Math.floor(options.blobLimit ?? 0) || DEFAULT_BLOB_LIMIT, 2 ** 30),
  );
  const file =
    language === 'bash'
      ? { fileName: 'test-mirrors.sh', command: 'bash test-mirrors.sh' }
      : {
          fileName: 'test-mirrors.ps1',
          command: 'powershell -ExecutionPolicy Bypass -File .\\test-mirrors.ps1',
        };
  if (mirrors.length === 0 || image.repository === '') return { ...file, problems, settings: '' };
  const values = { mirrors, ...image, trusted, limit };
  const settings = language === 'bash' ? bashSettings(values) : powershellSettings(values);
  return { ...file, problems, settings };
}

interface Values {
  readonly mirrors: readonly string[];
  readonly repository: string;
  readonly tag: string;
  readonly trusted: string;
  readonly limit: number;
}

// Every value is free of quotes by now, so plain single quotes hold in both languages.
function bashSettings({ mirrors, repository, tag, trusted, limit }: Values): string {
  return [
    'MIRRORS=(',
    ...mirrors.map((mirror) => `  '${mirror}'`),
    ')',
    `REPOSITORY='${repository}'`,
    `TAG='${tag}'`,
    `TRUSTED='${trusted}'`,
    `BLOB_LIMIT=${limit}`,
    '',
  ].join('\n');
}

function powershellSettings({ mirrors, repository, tag, trusted, limit }: Values): string {
  return [
    '$Mirrors = @(',
    mirrors.map((mirror) => `  '${mirror}'`).join(',\n'),
    ')',
    `$Repository = '${repository}'`,
    `$Tag = '${tag}'`,
    `$Trusted = '${trusted}'`,
    `$BlobLimit = ${limit}`,
    '',
  ].join('\n');
}

function readMirrors(list: readonly string[], problems: string[]): string[] {
  const urls: string[] = [];
  for (const entry of list) {
    const text = entry.trim();
    if (text === '') continue;
    const withScheme = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `https://${text}`;
    const url = URL.canParse(withScheme) ? new URL(withScheme) : undefined;
    const clean =
      url !== undefined &&
      (url.protocol === 'https:' || url.protocol === 'http:') &&
      url.username === '' &&
      url.password === '' &&
      url.search === '' &&
      url.hash === '' &&
      classifyAddress(url.hostname) !== 'invalid' &&
      /^[A-Za-z0-9.:[\]/_~-]+$/.test(url.host + url.pathname);
    if (url === undefined || !clean) {
      problems.push(
        `跳过「${withoutUserInfo(text)}」：不是脚本能用的地址，请写成 https://主机名 的样子。`,
      );
      continue;
    }
    const normal = `${url.protocol}//${url.host}${url.pathname.replace(/\/+$/, '')}`;
    if (!urls.includes(normal)) urls.push(normal);
  }
  if (urls.length > MAX_MIRRORS) {
    problems.push(
      `一次最多测 ${MAX_MIRRORS} 个，后面的 ${urls.length - MAX_MIRRORS} 个没有放进脚本。`,
    );
  }
  return urls.slice(0, MAX_MIRRORS);
}

function withoutUserInfo(text: string): string {
  return text.replace(/\/\/[^/@]*@/, '//***@').slice(0, 80);
}

/** An image of Docker Hub, with what the script needs of it. */
function readImage(
  text: string,
  problems: string[],
): { repository: string; tag: string; digest: string } {
  const none = { repository: '', tag: '', digest: '' };
  const trimmed = text.trim().slice(0, 400);
  const reference = parseReference(trimmed);
  if (reference.error !== undefined) {
    problems.push(`镜像名「${trimmed.slice(0, 80)}」不对：${referenceProblem(reference)}`);
    return none;
  }
  if (reference.domain !== 'docker.io') {
    problems.push(
      `「${reference.domain}」是另一个 registry，registry mirror 只对 docker.io 生效，请换一个 Docker Hub 镜像来测。`,
    );
    return none;
  }
  const { path, tag = 'latest', digest = '' } = reference;
  return { repository: path, tag, digest };
}
