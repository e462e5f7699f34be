/** A DNS server with moods. Answers A and AAAA questions; knows nothing of the rest. */
import { createSocket } from 'node:dgram';
import type { Listener } from './listener.ts';

/** `zone`: answers from it; otherwise the way in which it fails. */
export type DnsMood = 'zone' | 'nxdomain' | 'servfail' | 'refused' | 'silent';

/** Addresses of a name; `undefined`: no such name. */
export type Zone = (
  name: string,
) => { readonly v4?: readonly string[]; readonly v6?: readonly string[] } | undefined;

const RCODE = { ok: 0, servfail: 2, nxdomain: 3, refused: 5 } as const;
const A = 1;
const AAAA = 28;

interface Question {
  readonly name: string;
  readonly type: number;
  /** The question section, to be echoed. */
  readonly bytes: Buffer;
}

function readQuestion(message: Buffer): Question | undefined {
  const labels: string[] = [];
  let at = 12;
  for (;;) {
    const length = message[at];
    if (length === undefined || length > 63) return undefined;
    if (length === 0) break;
    labels.push(message.toString('latin1', at + 1, at + 1 + length));
    at += length + 1;
  }
  if (at + 5 > message.length) return undefined;
  return {
    name: labels.join('.').toLowerCase(),
    type: message.readUInt16BE(at + 1),
    bytes: message.subarray(12, at + 5),
  };
}

function addressBytes(address: string, type: number): Buffer {
  if (type === A) return Buffer.from(address.split('.').map(Number));
  const [head = '', tail] = address.split('::');
  const groups = (text: string | undefined) =>
    text ? text.split(':').map((group) => Number.parseInt(group, 16)) : [];
  const first = groups(head);
  const last = groups(tail);
  const all = [...first, ...Array(8 - first.length - last.length).fill(0), ...last];
  return Buffer.from(all.flatMap((group: number) => [group >> 8, group & 0xff]));
}

function reply(
  query: Buffer,
  question: Question,
  code: number,
  addresses: readonly string[],
): Buffer {
  const header = Buffer.alloc(12);
  query.copy(header, 0, 0, 2);
  header.writeUInt16BE(0x8180 | code, 2);
  header.writeUInt16BE(1, 4);
  header.writeUInt16BE(addresses.length, 6);
  const answers = addresses.map((address) => {
    const data = addressBytes(address, question.type);
    const record = Buffer.alloc(12);
    record.writeUInt16BE(0xc00c, 0);
    record.writeUInt16BE(question.type, 2);
    record.writeUInt16BE(1, 4);
    record.writeUInt32BE(60, 6);
    record.writeUInt16BE(data.length, 10);
    return Buffer.concat([record, data]);
  });
  return Buffer.concat([header, question.bytes, ...answers]);
}

/** Serves DNS on UDP port 53 of `host`. `mood` and `zone` are asked at every question. */
export async function serveDns(host: string, mood: () => DnsMood, zone: Zone): Promise<Listener> {
  const socket = createSocket('udp4');
  socket.on('message', (message, from) => {
    const question = readQuestion(message);
    const now = mood();
    if (!question || now === 'silent') return;
    const found = now === 'zone' ? zone(question.name) : undefined;
    const code = now === 'zone' ? (found ? RCODE.ok : RCODE.nxdomain) : RCODE[now];
    const addresses =
      question.type === A ? found?.v4 : question.type === AAAA ? found?.v6 : undefined;
    socket.send(reply(message, question, code, addresses ?? []), from.port, from.address);
  });
  await new Promise<void>((resolve) => socket.bind(53, host, resolve));
  return { close: () => new Promise((resolve) => socket.close(() => resolve())) };
}
