import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  isTie,
  rank,
  rankText,
  type Sample,
  summarize,
} from '../../../src/core/mirrors/statistics.ts';

const answered = (...times: number[]): Sample[] => times.map((ms) => ({ ms, ok: true }));
const failed = (...times: number[]): Sample[] => times.map((ms) => ({ ms, ok: false }));

describe('summarize', () => {
  it('keeps the first connection apart', () => {
    const summary = summarize([
      { ms: 400, ok: true, first: true },
      ...answered(100, 120, 110, 140, 130),
    ]);
    expect(summary).toEqual({
      first: 400,
      median: 120,
      quartiles: [110, 130],
      iqr: 20,
      answered: 5,
      total: 5,
    });
  });

  it('counts failures without timing them', () => {
    expect(summarize([...answered(100, 200), ...failed(5000)])).toMatchObject({
      median: 150,
      answered: 2,
      total: 3,
    });
  });

  it.each([
    [[], { answered: 0, total: 0 }],
    [failed(5000, 5000), { answered: 0, total: 2 }],
    [[{ ms: 90, ok: false, first: true }], { answered: 0, total: 0 }],
    [[{ ms: 90, ok: true, first: true }], { first: 90, answered: 0, total: 0 }],
    [
      [...answered(50, Number.NaN, Number.POSITIVE_INFINITY, -1), ...failed(Number.NaN)],
      { median: 50, quartiles: [50, 50], iqr: 0, answered: 1, total: 5 },
    ],
    [[{ ms: Number.NaN, ok: true, first: true }], { answered: 0, total: 0 }],
    [answered(8, 8, 8, 8), { median: 8, quartiles: [8, 8], iqr: 0, answered: 4, total: 4 }],
    [answered(70), { median: 70, quartiles: [70, 70], iqr: 0, answered: 1, total: 1 }],
  ] as [Sample[], object][])('%j', (samples, expected) => {
    expect(summarize(samples)).toEqual(expected);
  });

  it('is a median: half of the samples on each side, order without effect', () => {
    const times = fc.array(fc.double({ min: 0, max: 5000, noNaN: true }), { minLength: 1 });
    fc.assert(
      fc.property(times, (list) => {
        const { median = -1, quartiles: [low, high] = [0, 0] } = summarize(answered(...list));
        expect(list.filter((t) => t < median).length).toBeLessThanOrEqual(list.length / 2);
        expect(list.filter((t) => t > median).length).toBeLessThanOrEqual(list.length / 2);
        expect(low).toBeLessThanOrEqual(median);
        expect(high).toBeGreaterThanOrEqual(median);
        expect(summarize(answered(...[...list].reverse())).median).toBe(median);
      }),
    );
  });
});

describe('isTie', () => {
  it.each([
    [50, 79, true],
    [50, 80, false],
    [150, 179, true],
    [150, 180, false],
    [1000, 1199, true],
    [1000, 1200, false],
    [300, 300, true],
  ])('%d and %d: %s', (a, b, tie) => {
    expect(isTie(a, b)).toBe(tie);
    expect(isTie(b, a)).toBe(tie);
  });
});

describe('rank', () => {
  const host = (median: number, count = 5) => summarize(answered(...Array(count).fill(median)));

  it('ranks what differs', () => {
    expect(rank([host(300), host(100), host(200)]).map(rankText)).toEqual(['第 3', '第 1', '第 2']);
  });

  it('shows ties as ties', () => {
    expect(rank([host(100), host(110), host(300)]).map(rankText)).toEqual([
      '并列 1–2',
      '并列 1–2',
      '第 3',
    ]);
  });

  it('claims no more than the noise allows when ties overlap', () => {
    expect(rank([host(100), host(125), host(150)]).map(rankText)).toEqual([
      '并列 1–2',
      '并列 1–3',
      '并列 2–3',
    ]);
  });

  it('leaves out hosts with fewer than four answers', () => {
    expect(rank([host(100, 3), host(200), summarize([])]).map(rankText)).toEqual([
      '不排名',
      '第 1',
      '不排名',
    ]);
  });

  it('never puts a host behind one that it beats', () => {
    const medians = fc.array(fc.integer({ min: 1, max: 5000 }), { maxLength: 12 });
    fc.assert(
      fc.property(medians, (list) => {
        const places = rank(list.map((median) => host(median)));
        list.forEach((a, i) => {
          list.forEach((b, j) => {
            if (a < b) expect(places[i]?.from).toBeLessThanOrEqual(places[j]?.from ?? 0);
            if (a < b && !isTie(a, b)) expect(places[i]?.to).toBeLessThan(places[j]?.to ?? 0);
          });
        });
      }),
    );
  });
});
