import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createCodec, listField, textField } from '../../src/core/share/index.ts';

const codec = createCodec<{ text: string; list: string[] }>({
  version: 1,
  fields: { text: textField('text'), list: listField('list') },
});

describe('links', () => {
  it.each([
    ['http://user:s3cret@proxy.test:3128', 'http://proxy.test:3128'],
    ['//user:s3cret@proxy.test', '//proxy.test'],
    ['socks5h://s3cret@10.0.0.1', 'socks5h://10.0.0.1'],
    ['a.test,https://u:s3c%40ret@b.test/x@y', 'a.test,https://b.test/x@y'],
    ['alpine@sha256:aa', 'alpine@sha256:aa'],
  ])('carry %s without its login, whichever field holds it', (text, kept) => {
    const hash = codec.encode({ text, list: ['first', text] });
    expect(hash).not.toContain('s3c');
    expect(codec.decode(hash).state).toEqual({ text: kept, list: ['first', kept] });
  });

  it('bring back whatever else is typed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 1 }), (text) => {
        fc.pre(!text.includes('@'));
        expect(codec.decode(`#${codec.encode({ text })}`).state).toEqual({
          text: text.toWellFormed(),
        });
      }),
    );
  });
});
