import { describe, expect, it } from 'vitest';
import { checkCodec } from '../../../src/core/mirrors/state.ts';

describe('the link of the mirror check', () => {
  it.each([
    ['https://m.example:5000/hub', 'own=https://m.example:5000/hub'],
    ['https://m.example/?token=geheim', 'own=https://m.example/'],
    ['https://m.example#geheim', 'own=https://m.example'],
    ['https://user:geheim@m.example', ''],
    // The password is being typed: the @ hasn't come yet.
    ['https://user:geheim', ''],
  ])('of %s holds %s', (url, part) => {
    const hash = checkCodec.encode({ own: [url] });
    expect(hash).not.toContain('geheim');
    expect(decodeURIComponent(hash)).toBe(part === '' ? '' : `v=1&${part}`);
  });

  it('brings the form back', () => {
    const state = { chosen: ['1ms'], own: ['https://m.example'], image: 'nginx:1.27' };
    expect(checkCodec.decode(checkCodec.encode(state)).state).toMatchObject(state);
  });
});
