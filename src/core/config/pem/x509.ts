/** X.509 certificates (RFC 5280), read without checking any signature. */
import { formatIPv6 } from '../../noproxy/shared/ip.ts';
import { children, type Der, hex, INTEGER, oidText, readDer, SEQUENCE } from './der.ts';

export interface X509 {
  subject: string;
  issuer: string;
  name: string;
  notBefore: string;
  notAfter: string;
  isCA: boolean;
  keyUsage?: string[];
  sans: string[];
  selfSigned: boolean;
  serial: string;
  /** MD5 or SHA-1: nothing current takes such a signature from anyone but a root. */
  weakSignature: boolean;
  /** Subject and issuer as bytes, to match them with other certificates. */
  subjectKey: string;
  issuerKey: string;
}

const ATTRIBUTES: { [oid: string]: string } = {
  '2.5.4.3': 'CN',
  '2.5.4.4': 'SN',
  '2.5.4.5': 'serialNumber',
  '2.5.4.6': 'C',
  '2.5.4.7': 'L',
  '2.5.4.8': 'ST',
  '2.5.4.9': 'street',
  '2.5.4.10': 'O',
  '2.5.4.11': 'OU',
  '2.5.4.12': 'title',
  '2.5.4.17': 'postalCode',
  '2.5.4.42': 'GN',
  '2.5.4.97': 'organizationIdentifier',
  '0.9.2342.19200300.100.1.1': 'UID',
  '0.9.2342.19200300.100.1.25': 'DC',
  '1.2.840.113549.1.9.1': 'emailAddress',
};

const KEY_USAGE = [
  'digitalSignature',
  'nonRepudiation',
  'keyEncipherment',
  'dataEncipherment',
  'keyAgreement',
  'keyCertSign',
  'cRLSign',
  'encipherOnly',
  'decipherOnly',
];

const WEAK_SIGNATURES = [
  '1.2.840.113549.1.1.2',
  '1.2.840.113549.1.1.4',
  '1.2.840.113549.1.1.5',
  '1.2.840.10040.4.3',
  '1.2.840.10045.4.1',
];

/** Reads one certificate; undefined when the bytes aren't one. What follows it is left alone (`TRUSTED CERTIFICATE`). */
export function readCertificate(bytes: Uint8Array): X509 | undefined {
  const outer = readDer(bytes);
  const parts = outer?.tag === SEQUENCE ? children(outer) : undefined;
  const [tbs, algorithm] = parts ?? [];
  if (tbs?.tag !== SEQUENCE || algorithm?.tag !== SEQUENCE || parts?.length !== 3) return undefined;
  const fields = children(tbs);
  if (fields === undefined) return undefined;
  const versioned = fields[0]?.tag === 0xa0;
  const [serial, , issuer, validity, subject, key] = versioned ? fields.slice(1) : fields;
  if (serial?.tag !== INTEGER || key === undefined) return undefined;
  if (issuer?.tag !== SEQUENCE || subject?.tag !== SEQUENCE || validity?.tag !== SEQUENCE) {
    return undefined;
  }
  const [from, to] = children(validity) ?? [];
  const notBefore = from && readTime(from);
  const notAfter = to && readTime(to);
  if (notBefore === undefined || notAfter === undefined) return undefined;

  const extensions = readExtensions(fields.find(({ tag }) => tag === 0xa3));
  const keyUsage = readKeyUsage(extensions.get('2.5.29.15'));
  const subjectKey = hex(subject.bytes);
  const issuerKey = hex(issuer.bytes);
  const own = extensions.get('2.5.29.14');
  const parent = extensions.get('2.5.29.35');
  const names = readName(subject);
  const subjectText = formatName(names);
  return {
    subject: subjectText,
    issuer: formatName(readName(issuer)),
    name: names.findLast(({ type }) => type === 'CN')?.value || subjectText,
    notBefore,
    notAfter,
    isCA: versioned ? isCA(extensions.get('2.5.29.19')) : subjectKey === issuerKey,
    ...(keyUsage && { keyUsage }),
    sans: readSans(extensions.get('2.5.29.17')),
    selfSigned: subjectKey === issuerKey && sameKey(own, parent),
    serial: hex(serial.content).replace(/^00(?=[89A-F])/, ''),
    weakSignature: WEAK_SIGNATURES.includes(oidText(children(algorithm)?.[0])),
    subjectKey,
    issuerKey,
  };
}

/** The values of the extensions, by OID. */
function readExtensions(wrapper: Der | undefined): Map<string, Der> {
  const found = new Map<string, Der>();
  const list = wrapper && children(wrapper)?.[0];
  for (const extension of (list && children(list)) ?? []) {
    const parts = children(extension) ?? [];
    const value = parts.at(-1);
    const inner = value && readDer(value.content);
    if (inner) found.set(oidText(parts[0]), inner);
  }
  return found;
}

function isCA(basicConstraints: Der | undefined): boolean {
  if (basicConstraints?.tag !== SEQUENCE) return false;
  const [first] = children(basicConstraints) ?? [];
  return first?.tag === 0x01 && (first.content[0] ?? 0) !== 0;
}

function readKeyUsage(value: Der | undefined): string[] | undefined {
  if (value?.tag !== 0x03) return undefined;
  const bits = value.content.subarray(1);
  return KEY_USAGE.filter((_, i) => ((bits[i >> 3] ?? 0) & (0x80 >> (i & 7))) !== 0);
}

/** A key identifier of its own that differs from its issuer's: same name, other key. */
function sameKey(subjectKeyId: Der | undefined, authorityKeyId: Der | undefined): boolean {
  if (subjectKeyId === undefined || authorityKeyId === undefined) return true;
  const parent = children(authorityKeyId)?.find(({ tag }) => tag === 0x80);
  return parent === undefined || hex(parent.content) === hex(subjectKeyId.content);
}

function readSans(value: Der | undefined): string[] {
  if (value?.tag !== SEQUENCE) return [];
  return (children(value) ?? []).flatMap(({ tag, content }) => {
    const text = new TextDecoder('latin1').decode(content);
    if (tag === 0x82) return [`DNS:${text}`];
    if (tag === 0x81) return [`email:${text}`];
    if (tag === 0x86) return [`URI:${text}`];
    if (tag !== 0x87) return [];
    if (content.length === 4) return [`IP:${content.join('.')}`];
    if (content.length !== 16) return [];
    const groups = Array.from(
      { length: 8 },
      (_, i) => (content[i * 2] ?? 0) * 256 + (content[i * 2 + 1] ?? 0),
    );
    return [`IP:${formatIPv6(groups)}`];
  });
}

interface Attribute {
  type: string;
  value: string;
  /** Belongs to the same set as the one before (`+`). */
  joined: boolean;
}

function readName(name: Der): Attribute[] {
  return (children(name) ?? []).flatMap((set) =>
    (children(set) ?? []).map((pair, i) => {
      const [type, value] = children(pair) ?? [];
      const oid = oidText(type);
      const known = Object.hasOwn(ATTRIBUTES, oid) ? ATTRIBUTES[oid] : undefined;
      return { type: known ?? oid, value: value ? readString(value) : '', joined: i > 0 };
    }),
  );
}

function formatName(attributes: readonly Attribute[]): string {
  let text = '';
  for (const { type, value, joined } of attributes) {
    if (text !== '') text += joined ? ' + ' : ', ';
    text += `${type}=${value.replace(/[,+\\]/g, '\\$&')}`;
  }
  return text;
}

function readString({ tag, content }: Der): string {
  if (tag === 0x1e) return new TextDecoder('utf-16be').decode(content);
  if (tag === 0x1c) {
    let text = '';
    for (let i = 0; i + 3 < content.length; i += 4) {
      const code =
        ((content[i + 1] ?? 0) << 16) | ((content[i + 2] ?? 0) << 8) | (content[i + 3] ?? 0);
      text += code <= 0x10ffff ? String.fromCodePoint(code) : '\ufffd';
    }
    return text.toWellFormed();
  }
  // The other types should be ASCII or Latin-1; in practice any encoding turns up.
  for (const label of ['utf-8', 'gb18030']) {
    try {
      return new TextDecoder(label, { fatal: true }).decode(content);
    } catch {
      // Not this one.
    }
  }
  return new TextDecoder('latin1').decode(content);
}

/** UTCTime or GeneralizedTime as `2026-01-31T00:00:00Z`. */
function readTime({ tag, content }: Der): string | undefined {
  const text = new TextDecoder('latin1').decode(content);
  const match = (
    tag === 0x17
      ? /^(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)?Z$/
      : /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)?(?:\.\d+)?Z$/
  ).exec(text);
  if (!match || (tag !== 0x17 && tag !== 0x18)) return undefined;
  const [, year = '', month, day, hour, minute, second = '00'] = match;
  const full = year.length === 2 ? (Number(year) < 50 ? `20${year}` : `19${year}`) : year;
  return `${full}-${month}-${day}T${hour}:${minute}:${second}Z`;
}
