import type { Problem } from '../daemon-json/problem.ts';

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

/**
 * Reads a pasted or dropped certificate file. No signature is checked. Never throws.
 *
 * @param file text, or bytes (DER, PKCS#7 and PFX are recognised and named with the openssl command that converts them)
 * @param options.now milliseconds since the epoch, to tell expired from valid; left out: no problem about time
 */
export function parsePem(_file: string | Uint8Array, _options: { now?: number } = {}): PemFile {
  return { certificates: [], problems: [], clean: '' };
}
