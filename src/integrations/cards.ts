/**
 * `npm run cards`: draws the pictures of src/cards.ts into public/og, with a browser. Run it after an edit there, on a
 * machine with a Chinese font; the ones in the repository are in Noto Sans SC.
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { crc32, deflateSync, inflateSync } from 'node:zlib';
import { chromium } from '@playwright/test';
import { findBrowser } from '../../test/browser.ts';
import { type Card, cardPath, cards, cardText } from '../cards.ts';

const logo = await readFile(new URL('../assets/logo.svg', import.meta.url), 'utf8');

const page = ({ kind, title, line }: Card) => `<!doctype html>
<meta charset="utf-8">
<style>
  * { box-sizing: border-box; margin: 0; }
  body {
    display: flex; flex-direction: column; width: 1200px; height: 630px; padding: 72px 80px 64px;
    border-bottom: 14px solid #14b8a6; background: #0b2d2a; color: #fff;
    font: 34px/1.4 "Noto Sans SC", "Noto Sans CJK SC", "Source Han Sans SC", "PingFang SC", "Microsoft YaHei", sans-serif;
  }
  header { display: flex; align-items: center; gap: 22px; font-size: 40px; font-weight: 700; letter-spacing: .06em; }
  header svg { width: 72px; height: 72px; }
  .kind { margin: auto 0 10px; color: #7ef0dc; }
  h1 { font-size: ${[...title].length > 14 ? 62 : 88}px; line-height: 1.25; }
  .line { margin: 26px 0 auto; color: #c3dedb; white-space: nowrap; }
</style>
<header>${logo}拉得动</header>
<p class="kind">${kind}</p>
<h1>${title}</h1>
<p class="line">${line}</p>`;

function chunk(type: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}

/** The chunks of a PNG by their type, those of one type joined. */
function chunksOf(png: Buffer): Map<string, Buffer> {
  const found = new Map<string, Buffer>();
  for (let at = 8; at < png.length; at += 12 + png.readUInt32BE(at)) {
    const type = png.toString('latin1', at + 4, at + 8);
    const data = png.subarray(at + 8, at + 8 + png.readUInt32BE(at));
    found.set(type, Buffer.concat([found.get(type) ?? Buffer.alloc(0), data]));
  }
  return found;
}

/** The pixels of an RGB picture, with the filter of each line undone. */
function pixelsOf(packed: Buffer, width: number, height: number): Buffer {
  const lines = inflateSync(packed);
  const length = width * 3;
  const pixels = Buffer.alloc(length * height);
  for (let y = 0; y < height; y++) {
    const filter = lines[y * (length + 1)];
    for (let x = 0; x < length; x++) {
      const at = y * length + x;
      const left = x < 3 ? 0 : (pixels[at - 3] ?? 0);
      const up = y === 0 ? 0 : (pixels[at - length] ?? 0);
      const corner = x < 3 || y === 0 ? 0 : (pixels[at - length - 3] ?? 0);
      const [toLeft, toUp, toCorner] = [up - corner, left - corner, left + up - 2 * corner].map(
        Math.abs,
      ) as [number, number, number];
      const paeth = toLeft <= toUp && toLeft <= toCorner ? left : toUp <= toCorner ? up : corner;
      const guess = [0, left, up, (left + up) >> 1, paeth][filter ?? 0] ?? 0;
      pixels[at] = (lines[y * (length + 1) + 1 + x] ?? 0) + guess;
    }
  }
  return pixels;
}

/** The same picture in few colours, a third as large, with what it says in a text chunk. */
function repack(png: Buffer, text: string): Buffer {
  const chunks = chunksOf(png);
  const header = Buffer.from(chunks.get('IHDR') ?? Buffer.alloc(13));
  const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)];
  if (header[8] !== 8 || header[9] !== 2) throw new Error('not an RGB picture');
  const pixels = pixelsOf(chunks.get('IDAT') ?? Buffer.alloc(0), width, height);

  // Colours that look alike become the one that comes first: the areas', before their edges'.
  const palette = new Map<number, number>();
  const colours: number[] = [];
  const lines = Buffer.alloc((width + 1) * height);
  for (let at = 0; at < width * height; at++) {
    const [red = 0, green = 0, blue = 0] = pixels.subarray(at * 3, at * 3 + 3);
    const alike = ((red >> 4) << 8) | ((green >> 4) << 4) | (blue >> 4);
    let index = palette.get(alike);
    if (index === undefined) {
      index = palette.size;
      palette.set(alike, index);
      colours.push(red, green, blue);
    }
    lines[at + Math.floor(at / width) + 1] = index;
  }
  if (palette.size > 256) throw new Error(`${palette.size} colours`);
  header[9] = 3;
  return Buffer.concat([
    png.subarray(0, 8),
    chunk('IHDR', header),
    // Keyword, not compressed, no language, no translated keyword, then UTF-8.
    chunk('iTXt', Buffer.from(`Title\0\0\0\0\0${text}`)),
    chunk('PLTE', Buffer.from(colours)),
    chunk('IDAT', deflateSync(lines, { level: 9, memLevel: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

const folder = new URL('../../public/', import.meta.url);
await mkdir(new URL('og/', folder), { recursive: true });
const browser = await chromium.launch({
  executablePath: findBrowser(),
  // Grey edges, not coloured ones: a picture is scaled.
  args: ['--no-sandbox', '--disable-lcd-text'],
});
const tab = await browser.newPage({ viewport: { width: 1200, height: 630 } });
for (const [name, card] of Object.entries(cards)) {
  await tab.setContent(page(card));
  const width = await tab.evaluate(() => document.documentElement.scrollWidth);
  if (width > 1200) throw new Error(`${name}: the line is too long, ${width} px`);
  const png = repack(await tab.screenshot(), cardText(card));
  await writeFile(new URL(cardPath(name), folder), png);
  console.log(`${cardPath(name)} ${(png.length / 1024).toFixed(1)} KB`);
}
await browser.close();
