import { decodeFile } from '../daemon-json/encoding.ts';
import { Positions } from '../daemon-json/position.ts';
import type { Problem } from '../daemon-json/problem.ts';
import { children, type Der, INTEGER, oidText, readDer, SEQUENCE } from './der.ts';
import { readCertificate, type X509 } from './x509.ts';

export interface Certificate {
  /** Distinguished names, most specific part last, as OpenSSL's `-nameopt RFC2253` turned round: `C=CN, O=Corp, CN=Root`. */
  subject: string;
  issuer: string;
  /** The CN alone, or the whole subject where there is none. */
  name: string;
  /** ISO 8601 UTC, `2026-01-31T00:00:00Z`. */
  notBefore: string;
  notAfter: string;
  /** basicConstraints CA:TRUE (or a version 1 certificate that is its own issuer). */
  isCA: boolean;
  /** keyUsage names as OpenSSL's short ones (`keyCertSign`, …); undefined when the extension is absent. */
  keyUsage?: string[];
  /** Subject alternative names: `DNS:…`, `IP:…`. */
  sans: string[];
  selfSigned: boolean;
  /** Hex, upper case, without separators. */
  serial: string;
  /** The certificate's own PEM block, re-wrapped at 64 columns, LF, without anything around it. */
  pem: string;
  /** 1-based line of BEGIN in the text. */
  line: number;
}

export interface PemFile {
  certificates: Certificate[];
  problems: Problem[];
  /** All certificates' blocks, cleaned, duplicates left out; '' when there is none or a private key was found. */
  clean: string;
}

type Read = X509 & { pem: string; line: number };

const DAY = 86_400_000;

/**
 * Reads a pasted or dropped certificate file. No signature is checked. Never throws.
 *
 * @param file text, or bytes (DER, PKCS#7 and PFX are recognised and named with the openssl command that converts them)
 * @param options.now milliseconds since the epoch, to tell expired from valid; left out: no problem about time
 */
export function parsePem(file: string | Uint8Array, options: { now?: number } = {}): PemFile {
  const reader = new PemReader();
  if (typeof file === 'string') reader.text(file);
  else if (!reader.binary(file)) reader.text(decodeFile(file).text);
  reader.judge(options.now);
  return reader.result();
}

class PemReader {
  readonly #read: Read[] = [];
  readonly #problems: Problem[] = [];
  #privateKey = false;

  result(): PemFile {
    const certificates = this.#read.map(
      ({ weakSignature: _, subjectKey: __, issuerKey: ___, ...certificate }) => certificate,
    );
    const blocks = [...new Set(certificates.map(({ pem }) => pem))];
    this.#problems.sort((a, b) => (a.line ?? 0) - (b.line ?? 0));
    return {
      certificates,
      problems: this.#problems,
      clean: this.#privateKey ? '' : blocks.join(''),
    };
  }

  #report(
    code: string,
    severity: Problem['severity'],
    message: string,
    options: { line?: number; fix?: string } = {},
  ): void {
    const { line, fix } = options;
    this.#problems.push({
      code,
      severity,
      message,
      ...(line !== undefined && { line, column: 1 }),
      ...(fix !== undefined && { fix: { text: fix } }),
      refused: severity === 'error',
    });
  }

  /** @returns false when the bytes are a text */
  binary(bytes: Uint8Array): boolean {
    const magic = bytes.subarray(0, 4).join();
    if (magic === '254,237,254,237' || magic === '206,206,206,206') {
      this.#report('jks', 'error', '这是 Java 的密钥库（JKS），不是 PEM 证书。', {
        fix: '导出证书：keytool -exportcert -rfc -keystore 文件 -alias 别名 -file ca.crt',
      });
      return true;
    }
    const der = readDer(bytes);
    if (der?.tag !== SEQUENCE || children(der) === undefined) return false;
    this.#der(bytes, der, 1);
    return true;
  }

  /** A whole file of DER: a certificate is taken, everything else is named. */
  #der(bytes: Uint8Array, der: Der, line: number): void {
    const certificate = readCertificate(bytes);
    if (certificate) {
      this.#report(
        'der',
        'info',
        '这是 DER（二进制）格式的证书，已经转成 PEM。Docker 和系统证书目录只认 PEM。',
        { line, fix: '自己转换：openssl x509 -inform der -in ca.cer -out ca.crt' },
      );
      this.#read.push({ ...certificate, pem: toPem(der.bytes), line });
      return;
    }
    this.#notCertificate(der, line);
  }

  #notCertificate(der: Der, line: number): void {
    const parts = children(der) ?? [];
    const [first, second] = parts;
    const oid = oidText(first);
    if (oid.startsWith('1.2.840.113549.1.7.')) {
      this.#report(
        'pkcs7',
        'error',
        '这是 PKCS#7（.p7b）格式，里面可能有一串证书，要先转成 PEM。',
        {
          line,
          fix: '转换：openssl pkcs7 -inform der -print_certs -in ca.p7b -out ca.crt',
        },
      );
    } else if (first?.tag === INTEGER && isData(second)) {
      this.#report(
        'pfx',
        'error',
        '这是 PFX（.pfx / .p12）格式，里面通常带私钥，不要上传或粘贴到任何地方。先导出其中的 CA 证书。',
        { line, fix: '导出：openssl pkcs12 -in file.pfx -cacerts -nokeys -out ca.crt' },
      );
    } else if (first?.tag === INTEGER && parts.length >= 3) {
      this.#key(line);
    } else if (first?.tag === SEQUENCE && parts.length === 2 && second?.tag === 0x04) {
      this.#key(line);
    } else {
      this.#report('not-a-certificate', 'error', '这个二进制文件不是证书。', { line });
    }
  }

  #key(line: number): void {
    this.#privateKey = true;
    this.#report(
      'private-key',
      'error',
      '这里有私钥！CA 证书文件里只能放证书，私钥不能交给任何人。内容没有写进任何文件。',
      { line, fix: '删掉私钥，只留 CERTIFICATE 那几段；如果已经在别处贴出过它，请重新签发证书' },
    );
  }

  text(given: string): void {
    const text = unescapeLines(given);
    const positions = new Positions(text);
    const begin =
      /[-\u2010-\u2015\u2212－]{3,}\s*BEGIN ([A-Z0-9 .]+?)\s*[-\u2010-\u2015\u2212－]{3,}/g;
    const end = /[-\u2010-\u2015\u2212－]{3,}\s*END [A-Z0-9 .]+?\s*[-\u2010-\u2015\u2212－]{3,}/g;
    let found = 0;
    for (let match = begin.exec(text); match !== null; match = begin.exec(text)) {
      found++;
      const { line } = positions.at(match.index);
      end.lastIndex = begin.lastIndex;
      const close = end.exec(text);
      const next = text.indexOf('BEGIN ', begin.lastIndex);
      const label = match[1] ?? '';
      if (close === null || (next >= 0 && next < close.index)) {
        if (label.includes('PRIVATE KEY')) this.#key(line);
        else {
          this.#report(
            'pem-no-end',
            'error',
            `这一段没有结束：缺「-----END ${label}-----」，多半没有复制完整。`,
            {
              line,
            },
          );
        }
        continue;
      }
      this.#block(label, text.slice(begin.lastIndex, close.index), line);
      begin.lastIndex = end.lastIndex;
    }
    if (found === 0) this.#bare(text);
  }

  #block(label: string, body: string, line: number): void {
    if (label.includes('PRIVATE KEY')) {
      this.#key(line);
      return;
    }
    if (/^(?:PKCS7|CMS)$/.test(label)) {
      this.#report('pkcs7', 'error', '这是 PKCS#7 格式，里面可能有一串证书，要先取出来。', {
        line,
        fix: '转换：openssl pkcs7 -print_certs -in ca.p7b -out ca.crt',
      });
      return;
    }
    if (!/^(?:X509 |TRUSTED )?CERTIFICATE$/.test(label)) {
      const what: { [label: string]: string } = {
        'CERTIFICATE REQUEST': '证书签名请求（CSR），还没有签发',
        'NEW CERTIFICATE REQUEST': '证书签名请求（CSR），还没有签发',
        'PUBLIC KEY': '公钥',
        'RSA PUBLIC KEY': '公钥',
        'X509 CRL': '吊销列表（CRL）',
      };
      const name = Object.hasOwn(what, label) ? what[label] : label;
      this.#report('pem-other', 'warning', `这一段是${name}，不是证书，已跳过。`, { line });
      return;
    }
    const bytes = decodeBase64(body);
    const certificate = bytes && readCertificate(bytes);
    if (!bytes || !certificate) {
      this.#report(
        'pem-broken',
        'error',
        bytes
          ? '这一段解开后不是证书：内容不完整或被改过。'
          : '这一段里有 Base64 之外的字符，或者缺了一截。',
        { line, fix: '从原文件重新完整复制，包括 BEGIN 和 END 两行' },
      );
      return;
    }
    this.#read.push({ ...certificate, pem: toPem(readDer(bytes)?.bytes ?? bytes), line });
  }

  /** A text without BEGIN and END. */
  #bare(text: string): void {
    const trimmed = text.trim();
    if (trimmed === '') {
      this.#report('empty', 'error', '这里是空的，没有证书。');
      return;
    }
    const bytes = /^MI[A-Za-z0-9+/=\s]+$/.test(trimmed) ? decodeBase64(trimmed) : undefined;
    const der = bytes && readDer(bytes);
    if (bytes && der) {
      const certificate = readCertificate(bytes);
      if (certificate) {
        this.#report(
          'pem-no-armor',
          'info',
          '缺 BEGIN CERTIFICATE 和 END CERTIFICATE 两行，已经补上。',
          {
            line: 1,
          },
        );
        this.#read.push({ ...certificate, pem: toPem(der.bytes), line: 1 });
      } else {
        this.#notCertificate(der, 1);
      }
      return;
    }
    const why = /^(?:ssh-|ecdsa-)/.test(trimmed)
      ? '这是 SSH 公钥，不是 TLS 证书。'
      : /^https?:\/\//i.test(trimmed)
        ? '这是一个网址。请打开它把证书内容粘贴进来。'
        : /^(?:[A-Za-z]:)?[\\/][^\n]*$/.test(trimmed)
          ? '这是文件的路径。请把文件的内容粘贴进来，或把文件拖进来。'
          : '这里没有证书：PEM 证书以 -----BEGIN CERTIFICATE----- 开头。';
    this.#report('no-certificate', 'error', why);
  }

  /** What is right or wrong about the certificates that were read. */
  judge(now: number | undefined): void {
    const seen = new Map<string, number>();
    for (const certificate of this.#read) {
      const { pem, line } = certificate;
      const earlier = seen.get(pem);
      if (earlier !== undefined) {
        this.#report(
          'duplicate',
          'info',
          `「${certificate.name}」与第 ${earlier} 行的是同一张，只留一张。`,
          {
            line,
          },
        );
        continue;
      }
      seen.set(pem, line);
      this.#kind(certificate);
      if (now !== undefined) this.#time(certificate, now);
    }
    this.#chain();
  }

  #kind(certificate: Read): void {
    const { name, line, isCA, selfSigned, keyUsage, sans, weakSignature } = certificate;
    if (!isCA) {
      this.#report(
        selfSigned ? 'self-signed-leaf' : 'not-ca',
        selfSigned ? 'info' : 'warning',
        selfSigned
          ? `「${name}」是自签名的服务器证书，不是 CA：Docker 可以拿它信任这一台服务器，证书一换就要重新安装。`
          : `「${name}」不是 CA 证书（CA:FALSE），是「${certificate.issuer}」签发的服务器证书。要装的是签发者的 CA 证书。`,
        {
          line,
          ...(!selfSigned && {
            fix: '看服务器给出的证书链：openssl s_client -showcerts -connect 主机:443 </dev/null',
          }),
        },
      );
      if (!sans.some((san) => /^(?:DNS|IP):/.test(san))) {
        this.#report(
          'no-san',
          'warning',
          `「${name}」没有 SAN（只有 CN）：Docker 用的 Go 不再看 CN，会报 certificate relies on legacy Common Name field。`,
          { line, fix: '重新签发，带上 subjectAltName' },
        );
      }
    } else if (keyUsage && !keyUsage.includes('keyCertSign')) {
      this.#report(
        'ca-cannot-sign',
        'warning',
        `「${name}」标着 CA，但密钥用途里没有 keyCertSign，不能签发证书，多数程序会拒绝它签的证书。`,
        { line },
      );
    }
    if (weakSignature && !selfSigned) {
      this.#report(
        'weak-signature',
        'warning',
        `「${name}」用 SHA-1 或 MD5 签名，Docker（Go）会拒绝。`,
        { line, fix: '用 SHA-256 重新签发' },
      );
    }
  }

  #time({ name, line, notBefore, notAfter }: Read, now: number): void {
    const from = Date.parse(notBefore);
    const to = Date.parse(notAfter);
    if (to < now) {
      this.#report(
        'expired',
        'error',
        `「${name}」已在 ${notAfter.slice(0, 10)} 过期，装了也没用。`,
        {
          line,
          fix: '向管理员要新的证书',
        },
      );
    } else if (from > now) {
      this.#report(
        'not-yet-valid',
        'warning',
        `「${name}」从 ${notBefore.slice(0, 10)} 起才有效。如果今天已过这一天，请检查系统时间。`,
        { line },
      );
    } else if (to - now < 30 * DAY) {
      const days = Math.max(1, Math.ceil((to - now) / DAY));
      this.#report(
        'expires-soon',
        'warning',
        `「${name}」还有 ${days} 天就过期（${notAfter.slice(0, 10)}）。`,
        {
          line,
        },
      );
    }
  }

  /** Issuers that are missing, and chains in the wrong order. */
  #chain(): void {
    const at = new Map<string, number>();
    this.#read.forEach(({ subjectKey }, i) => {
      if (!at.has(subjectKey)) at.set(subjectKey, i);
    });
    let outOfOrder: Read | undefined;
    this.#read.forEach((certificate, i) => {
      if (certificate.selfSigned) return;
      const issuer = at.get(certificate.issuerKey);
      if (issuer === undefined) {
        if (certificate.isCA) {
          this.#report(
            'missing-issuer',
            'info',
            `「${certificate.name}」是中间 CA，它的签发者「${certificate.issuer}」不在这里。Docker 可以只信任它，curl、apt 等用 OpenSSL 的程序还需要根证书。`,
            { line: certificate.line },
          );
        }
      } else if (issuer < i) {
        outOfOrder ??= certificate;
      }
    });
    if (outOfOrder) {
      this.#report(
        'chain-order',
        'info',
        `证书的顺序反了：「${outOfOrder.name}」应在它的签发者前面。作为 CA 文件不影响使用；给服务器用的证书链要从服务器证书排到根。`,
        { line: outOfOrder.line },
      );
    }
  }
}

function isData(contentInfo: Der | undefined): boolean {
  const [type] = (contentInfo?.tag === SEQUENCE && children(contentInfo)) || [];
  return oidText(type).startsWith('1.2.840.113549.1.7.');
}

/** A PEM that was copied out of JSON, YAML or a shell string has `\n` for its line breaks. */
function unescapeLines(text: string): string {
  if (!text.includes('BEGIN ') || !/-{3,}\s*(?:\\r)?\\n/.test(text)) return text;
  return text.replace(/(?:\\r)?\\n/g, '\n');
}

/** Base64 with any white space, quotes or `>` of a quoted mail in between; undefined when it is something else. */
function decodeBase64(body: string): Uint8Array | undefined {
  // Header lines (`Proc-Type: …`) end with a blank line.
  const headers = /^\s*(?:[A-Za-z0-9-]+:[^\n]*\n(?:[ \t][^\n]*\n)*)+\s*\n/.exec(
    body.slice(0, 2000),
  );
  const base64 = body
    .slice(headers?.[0].length ?? 0)
    .replace(/[\s"'>,\u00a0\u200b\u3000\ufeff]+/g, '');
  if (base64 === '' || !/^[A-Za-z0-9+/]+={0,2}$/.test(base64)) return undefined;
  const padded = base64.replace(/=+$/, '');
  if (padded.length % 4 === 1) return undefined;
  const binary = atob(padded + '='.repeat((4 - (padded.length % 4)) % 4));
  const bytes = new Uint8Array(binary.length);
  for (let i = 0; i < binary.length; i++) bytes[i] = binary.charCodeAt(i);
  return bytes;
}

function toPem(der: Uint8Array): string {
  let binary = '';
  for (let i = 0; i < der.length; i += 8192) {
    binary += String.fromCharCode(...der.subarray(i, i + 8192));
  }
  const lines = btoa(binary).match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`;
}
