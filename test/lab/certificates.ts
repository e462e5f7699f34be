/** X.509 certificates made on the spot, with any fault wanted: a small DER writer over node:crypto. */
import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';

/** A key and its certificate chain, as PEM. */
export interface Identity {
  readonly key: string;
  readonly cert: string;
}

/** An authority that can sign certificates. */
export interface Authority extends Identity {
  readonly name: string;
  readonly privateKey: KeyObject;
  readonly keyId: Buffer;
}

export interface CertificateOptions {
  readonly commonName: string;
  /** DNS names of the subjectAltName extension; none and no `ips`: no such extension. */
  readonly names?: readonly string[];
  readonly ips?: readonly string[];
  readonly notBefore?: Date;
  readonly notAfter?: Date;
}

const VALID_FROM = new Date('2024-01-01T00:00:00Z');
const VALID_UNTIL = new Date('2049-01-01T00:00:00Z');

function der(tag: number, ...parts: readonly Uint8Array[]): Buffer {
  const content = Buffer.concat(parts);
  if (content.length < 0x80) return Buffer.concat([Buffer.of(tag, content.length), content]);
  const length =
    content.length < 0x100
      ? [0x81, content.length]
      : [0x82, content.length >> 8, content.length & 0xff];
  return Buffer.concat([Buffer.of(tag, ...length), content]);
}

const sequence = (...parts: readonly Uint8Array[]): Buffer => der(0x30, ...parts);
const explicit = (number: number, part: Uint8Array): Buffer => der(0xa0 + number, part);

function oid(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  const bytes = [first * 40 + second];
  for (const arc of rest) {
    const groups = [arc & 0x7f];
    for (let left = arc >>> 7; left > 0; left >>>= 7) groups.unshift((left & 0x7f) | 0x80);
    bytes.push(...groups);
  }
  return der(0x06, Buffer.from(bytes));
}

const ECDSA_SHA256 = sequence(oid('1.2.840.10045.4.3.2'));

/** UTCTime until 2049, GeneralizedTime from 2050 on (RFC 5280, 4.1.2.5). */
function time(date: Date): Buffer {
  const digits = `${date.toISOString().replaceAll(/[-:T]|\.\d+Z$/g, '')}Z`;
  const short = date.getUTCFullYear() < 2050;
  return der(short ? 0x17 : 0x18, Buffer.from(short ? digits.slice(2) : digits));
}

const distinguishedName = (commonName: string): Buffer =>
  sequence(der(0x31, sequence(oid('2.5.4.3'), der(0x0c, Buffer.from(commonName)))));

function extension(id: string, critical: boolean, value: Uint8Array): Buffer {
  return sequence(oid(id), ...(critical ? [der(0x01, Buffer.of(0xff))] : []), der(0x04, value));
}

function subjectAltName({ names = [], ips = [] }: CertificateOptions): Buffer[] {
  if (names.length + ips.length === 0) return [];
  const entries = [
    ...names.map((name) => der(0x82, Buffer.from(name))),
    ...ips.map((ip) => der(0x87, Buffer.from(ip.split('.').map(Number)))),
  ];
  return [extension('2.5.29.17', false, sequence(...entries))];
}

function pem(label: string, bytes: Buffer): string {
  const lines = bytes.toString('base64').match(/.{1,64}/g) ?? [];
  return `-----BEGIN ${label}-----\n${lines.join('\n')}\n-----END ${label}-----\n`;
}

function build(options: CertificateOptions, issuer?: Authority, authority = false): Authority {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const { commonName, notBefore = VALID_FROM, notAfter = VALID_UNTIL } = options;
  const spki = publicKey.export({ type: 'spki', format: 'der' });
  const keyId = createHash('sha1').update(spki).digest();
  const extensions = [
    ...subjectAltName(options),
    // Python's strict verification refuses a certificate without key identifiers.
    extension('2.5.29.14', false, der(0x04, keyId)),
    ...(issuer ? [extension('2.5.29.35', false, sequence(der(0x80, issuer.keyId)))] : []),
    ...(authority
      ? [
          extension('2.5.29.19', true, sequence(der(0x01, Buffer.of(0xff)))),
          extension('2.5.29.15', true, der(0x03, Buffer.of(1, 0x06))),
        ]
      : []),
  ];
  const serial = randomBytes(8);
  serial[0] = 0x40 | ((serial[0] ?? 0) & 0x3f);
  const body = sequence(
    explicit(0, der(0x02, Buffer.of(2))),
    der(0x02, serial),
    ECDSA_SHA256,
    distinguishedName(issuer?.name ?? commonName),
    sequence(time(notBefore), time(notAfter)),
    distinguishedName(commonName),
    spki,
    explicit(3, sequence(...extensions)),
  );
  const signature = sign('sha256', body, issuer?.privateKey ?? privateKey);
  const cert = pem('CERTIFICATE', sequence(body, ECDSA_SHA256, der(0x03, Buffer.of(0), signature)));
  const key = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  return { name: commonName, privateKey, keyId, key, cert };
}

/** A root authority: its own issuer. */
export function createAuthority(name: string): Authority {
  return build({ commonName: name }, undefined, true);
}

/** A server or client certificate signed by `issuer`, its chain included; self-signed without one. */
export function issue(options: CertificateOptions, issuer?: Authority): Identity {
  const { key, cert } = build(options, issuer);
  return { key, cert: issuer ? cert + issuer.cert : cert };
}
