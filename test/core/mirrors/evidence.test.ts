import { describe, expect, it } from 'vitest';
import {
  type Evidence,
  type EvidenceType,
  lastEvidence,
  lastTest,
  sourceUrl,
} from '../../../src/core/mirrors/evidence.ts';

const of = (type: EvidenceType, date?: string): Evidence => ({
  source: 'github:a/b',
  type,
  says: 'x',
  ...(date === undefined ? {} : { date }),
});

describe('lastEvidence', () => {
  it.each<[Evidence[], string]>([
    [[of('report', '2026-01'), of('notice', '2026-03')], '2026-03'],
    [[of('report', '2026-01'), of('list', '2026-06')], '2026-01'],
    [[of('report', '2026-01'), of('related', '2026-06')], '2026-01'],
    [[of('list', '2025-06'), of('list', '2026-06')], '2026-06'],
    [[of('notice'), of('report', '2024-12')], '2024-12'],
    [[of('report', '2026-08'), of('report', '2026-08-03')], '2026-08-03'],
    [[of('notice')], ''],
    [[], ''],
  ])('%j', (evidence, date) => {
    expect(lastEvidence(evidence)).toBe(date);
  });
});

it('lastTest counts pulls only', () => {
  expect(
    lastTest([of('report', '2026-08'), of('ci-test', '2026-05'), of('claimed-test', '2026-06')]),
  ).toBe('2026-06');
  expect(lastTest([of('report', '2026-08')])).toBeUndefined();
});

describe('sourceUrl', () => {
  it.each([
    ['github:tuna/issues#2515', 'https://github.com/tuna/issues/issues/2515'],
    ['github:easzlab/kubeasz@b94acaf', 'https://github.com/easzlab/kubeasz/commit/b94acaf'],
    [
      'github:DaoCloud/public-image-mirror allows.txt@871a1e7',
      'https://github.com/DaoCloud/public-image-mirror/blob/871a1e7/allows.txt',
    ],
    [
      'github:dongyubin/DockerHub README@d623d70',
      'https://github.com/dongyubin/DockerHub/tree/d623d70',
    ],
    ['github:dongyubin/DockerHub README history', 'https://github.com/dongyubin/DockerHub'],
    [
      'https://blog.margrop.net/post/x/ (github:margrop/margrop.github.io)',
      'https://blog.margrop.net/post/x/',
    ],
    ['personal notes', undefined],
  ])('%s', (source, url) => {
    expect(sourceUrl(source)).toBe(url);
  });
});
