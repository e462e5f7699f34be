/**
 * What a cold visit costs on a slow phone, beside the bare text of the same page (the floor), and
 * Lighthouse's scores. Needs a build in `dist` and a browser. Lighthouse is fetched by npx on demand.
 *
 * BENCH_RUNS        visits per page, in turn (default 5); medians are printed
 * BENCH_LIGHTHOUSE  `0` leaves Lighthouse out
 */
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, normalize } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompressSync } from 'node:zlib';
import { type Browser, chromium } from '@playwright/test';
import { ensureBrowser } from '../browser.ts';
import { isText, serveStatic } from '../static-server.ts';

const LIGHTHOUSE = 'lighthouse@13.5.0';
const RUNS = Number(process.env.BENCH_RUNS ?? 5);
const GUIDE = ['/mirror/what/', '/proxy/systemd/', '/certs/x509/', '/errors/timeout/'];
const TOOLS = ['/tools/diagnose/', '/tools/config/', '/tools/noproxy/', '/tools/mirrors/'];
/** A slow phone: 150 ms round trip, 1.6 Mbit/s down; its CPU is made four times slower, too. */
const PHONE = { latency: 150, downloadThroughput: 1.6e6 / 8, uploadThroughput: 750e3 / 8 };

/** The page's article without the site around it: no class, script, icon or style but one line. */
function floorOf(html: string): string {
  const main = /<main[\s\S]*<\/main>/.exec(html)?.[0] ?? '';
  const bare = main
    .replace(/<(script|style|svg|template)\b[\s\S]*?<\/\1>/g, '')
    .replace(/<([a-z][\w-]*)(\s[^>]*?)?(\/?)>/g, (_, tag, attributes = '', end) => {
      const href = / href="[^"]*"/.exec(attributes)?.[0] ?? '';
      return `<${tag}${href}${end}>`;
    });
  return `<!doctype html><html lang="zh-CN"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>floor</title><style>body{max-width:45rem;margin:auto;padding:1rem;font:1rem/1.6 sans-serif}pre{overflow:auto}</style>${bare}`;
}

const bodies = new Map<string, Buffer>();
const { origin, close } = await serveStatic(async (pathname) => {
  const floor = pathname.startsWith('/floor/');
  const path = normalize(floor ? pathname.slice('/floor'.length) : pathname);
  const file = join('dist', path.endsWith('/') ? `${path}index.html` : path);
  const brotli = isText(file);
  let body = bodies.get(pathname);
  if (!body) {
    const content = await readFile(file);
    const plain = floor ? Buffer.from(floorOf(content.toString())) : content;
    body = brotli ? brotliCompressSync(plain) : plain;
    bodies.set(pathname, body);
  }
  return { file, body, brotli };
});

interface Visit {
  kilobytes: number;
  requests: number;
  fcp: number;
  lcp: number;
}

async function visit(browser: Browser, path: string): Promise<Visit> {
  const context = await browser.newContext({
    viewport: { width: 390, height: 844 },
    serviceWorkers: 'block',
  });
  const page = await context.newPage();
  const devtools = await context.newCDPSession(page);
  await devtools.send('Network.enable');
  await devtools.send('Network.emulateNetworkConditions', { offline: false, ...PHONE });
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: 4 });
  let [bytes, requests] = [0, 0];
  devtools.on('Network.loadingFinished', ({ encodedDataLength }) => {
    bytes += encodedDataLength;
    requests++;
  });
  await page.goto(origin + path);
  await page.waitForTimeout(1500);
  const [fcp, lcp] = await page.evaluate(
    () =>
      new Promise<[number, number]>((resolve) => {
        const first = performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? NaN;
        new PerformanceObserver((list) =>
          resolve([first, list.getEntries().at(-1)?.startTime ?? NaN]),
        ).observe({ type: 'largest-contentful-paint', buffered: true });
      }),
  );
  await context.close();
  return { kilobytes: bytes / 1024, requests, fcp, lcp };
}

function median(visits: readonly Visit[], key: keyof Visit): number {
  const sorted = visits.map((each) => each[key]).sort((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? NaN;
}

async function weigh(executablePath: string): Promise<void> {
  const browser = await chromium.launch({
    executablePath,
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  });
  console.log('page                 KB  requests  FCP ms (× floor)  LCP ms (× floor)');
  for (const path of ['/', ...GUIDE, ...TOOLS]) {
    const [pages, floors]: [Visit[], Visit[]] = [[], []];
    for (let run = 0; run < RUNS; run++) {
      floors.push(await visit(browser, `/floor${path}`));
      pages.push(await visit(browser, path));
    }
    const paint = (key: 'fcp' | 'lcp') => {
      const value = median(pages, key);
      return `${value.toFixed(0)} (${(value / median(floors, key)).toFixed(2)})`.padStart(18);
    };
    console.log(
      path.padEnd(18),
      median(pages, 'kilobytes').toFixed(1).padStart(5),
      String(median(pages, 'requests')).padStart(9),
      paint('fcp'),
      paint('lcp'),
    );
  }
  await browser.close();
}

interface Report {
  categories: Record<string, { score: number | null }>;
  audits: Record<string, { score: number | null; scoreDisplayMode: string; title: string }>;
}

/** Runs beside the server, which answers from this process. */
async function lighthouse(chromePath: string): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'lighthouse-'));
  console.log('\nLighthouse, phone: performance / accessibility / best practices / SEO');
  for (const path of ['/', GUIDE[0] ?? '', ...TOOLS]) {
    const file = join(folder, 'report.json');
    const flags = '--headless=new --no-sandbox --disable-gpu --disable-background-networking';
    try {
      await promisify(execFile)(
        'npx',
        [
          '--yes',
          LIGHTHOUSE,
          origin + path,
          '--quiet',
          '--output=json',
          `--output-path=${file}`,
          `--chrome-flags=${flags}`,
        ],
        { env: { ...process.env, CHROME_PATH: chromePath } },
      );
    } catch (error) {
      console.log(`${path}: not run: ${String(error).trim().split('\n').at(-1)}`);
      continue;
    }
    const { categories, audits } = JSON.parse(readFileSync(file, 'utf8')) as Report;
    const scores = Object.values(categories).map(({ score }) => Math.round((score ?? 0) * 100));
    console.log(path.padEnd(18), scores.join(' / '));
    for (const { score, scoreDisplayMode, title } of Object.values(audits))
      if (score !== null && score < 0.9 && scoreDisplayMode !== 'informative')
        console.log(`    ${score}  ${title}`);
  }
  rmSync(folder, { recursive: true });
}

const chromePath = ensureBrowser();
await weigh(chromePath);
if (process.env.BENCH_LIGHTHOUSE !== '0') await lighthouse(chromePath);
close();
