import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { cardName, cardPath, cards, cardText } from '../../src/cards.ts';
import { sidebar } from '../../src/sidebar.ts';

const slugs = (sidebar as { items: { slug: string }[] }[]).flatMap(({ items }) =>
  items.map(({ slug }) => slug),
);

describe('cards', () => {
  it.each(Object.entries(cards))(
    '%s: its picture is as large as said, and of today',
    (name, card) => {
      const png = readFileSync(`public/${cardPath(name)}`);
      expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([1200, 630]);
      expect(png.length / 1024).toBeLessThan(24);
      // `npm run cards` writes into the picture what it drew.
      const text = /iTXtTitle\0{5}(.*)$/s.exec(
        png.subarray(33, 33 + 12 + png.readUInt32BE(33) - 4).toString(),
      )?.[1];
      expect(text).toBe(cardText(card));
    },
  );

  it('has one for each tool and each part of the guide, and no other picture', () => {
    expect([...new Set(slugs.map(cardName))].sort()).toEqual(
      Object.keys(cards)
        .filter((name) => name !== 'home')
        .sort(),
    );
    expect(slugs.filter((slug) => cardName(slug) === 'home')).toEqual([]);
    expect(cardName('')).toBe('home');
    expect(readdirSync('public/og').sort()).toEqual(
      Object.keys(cards)
        .map((name) => cardPath(name).slice('og/'.length))
        .sort(),
    );
  });
});
