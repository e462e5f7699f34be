import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import {
  legendSchema,
  mirrorSchema,
  notMirrorsSchema,
} from '../../src/collections/mirror-schema.ts';

const folder = new URL('../../content/', import.meta.url);
const read = (path: string): unknown => JSON.parse(readFileSync(new URL(path, folder), 'utf8'));
const sound = () => structuredClone(read('mirrors/ustc.json')) as Record<string, unknown>;

it.each(readdirSync(new URL('mirrors/', folder)))('content/mirrors/%s fits the schema', (file) => {
  expect(mirrorSchema.safeParse(read(`mirrors/${file}`)).error).toBeUndefined();
});

it('the legend and the hosts that are no mirrors fit theirs', () => {
  expect(legendSchema.safeParse(read('mirrors-meta/legend.json')).error).toBeUndefined();
  expect(notMirrorsSchema.safeParse(read('mirrors-meta/not-mirrors.json')).error).toBeUndefined();
});

it.each<[string, (mirror: Record<string, unknown>) => void]>([
  ['a stopped service without its end', (m) => delete m.end],
  ['an end on a living service', (m) => Object.assign(m, { status: 'works' })],
  ['an unknown key', (m) => Object.assign(m, { lastEvidence: '2026-08' })],
  ['an unknown status', (m) => Object.assign(m, { status: 'dead' })],
  ['no evidence', (m) => Object.assign(m, { evidence: [] })],
  ['a date that is none', (m) => Object.assign(m, { end: { date: '2026-13', why: 'x' } })],
  ['a match with a scheme', (m) => Object.assign(m, { match: ['https://a.cn'] })],
  ['a match that is not ASCII', (m) => Object.assign(m, { match: ['镜像.cn'] })],
  [
    'evidence without any date',
    (m) => Object.assign(m, { evidence: [{ source: 'https://a.cn', type: 'report', says: 'x' }] }),
  ],
])('refuses %s', (_, spoil) => {
  const mirror = sound();
  spoil(mirror);
  expect(mirrorSchema.safeParse(mirror).success).toBe(false);
});
