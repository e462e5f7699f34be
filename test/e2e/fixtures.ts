import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { test as base, expect, type Page } from '@playwright/test';
import type { AxeResults, RunOptions } from 'axe-core';

const axe = readFileSync(fileURLToPath(import.meta.resolve('axe-core/axe.min.js')), 'utf8');

interface Fixtures {
  /** Origins besides the site's own that this test may contact: a test's own loopback servers. */
  allowedOrigins: string[];
  /** Fails the test for a page error, a console error or a request that leaves the site. */
  guard: undefined;
}

/** Lists what a page does that no page may: errors, and requests to other origins than `origins`. */
function watch(page: Page, origins: readonly string[], foreign: boolean): string[] {
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(`page error: ${error.message}`));
  page.on('console', (message) => {
    // What a mirror answers is that mirror's matter; the browser logs it as an error all the same.
    const expected = foreign && /Failed to load resource|net::ERR_/.test(message.text());
    if (message.type() === 'error' && !expected) faults.push(`console: ${message.text()}`);
  });
  page.on('request', (request) => {
    const url = new URL(request.url());
    const local = url.protocol === 'data:' || url.protocol === 'blob:';
    if (!local && !origins.includes(url.origin)) faults.push(`request to ${url.origin}`);
  });
  return faults;
}

const clean = 'no errors and no request that leaves the site';

export const test = base.extend<Fixtures>({
  allowedOrigins: [[], { option: true }],
  guard: [
    async ({ page, baseURL, allowedOrigins }, use) => {
      const own = new URL(baseURL ?? 'http://localhost').origin;
      const faults = watch(page, [own, ...allowedOrigins], allowedOrigins.length > 0);
      await use(undefined);
      expect(faults, clean).toEqual([]);
    },
    { auto: true },
  ],
});

/** One page for many tests, each of which only looks: a browser takes seconds to make a new one. */
export const sharedPageTest = base.extend<{ sharedPage: Page }, { workerPage: WatchedPage }>({
  workerPage: [
    async ({ browser }, use, { project }) => {
      const { baseURL, locale } = project.use;
      const context = await browser.newContext({ baseURL, locale, serviceWorkers: 'block' });
      const page = await context.newPage();
      await use({ page, faults: watch(page, [new URL(baseURL ?? '').origin], false) });
      await context.close();
    },
    { scope: 'worker' },
  ],
  sharedPage: async ({ workerPage }, use) => {
    // What the test before asked for, perhaps one of another file.
    await workerPage.page.emulateMedia({ media: null, reducedMotion: null, forcedColors: null });
    await use(workerPage.page);
    expect(workerPage.faults.splice(0), clean).toEqual([]);
  },
});

interface WatchedPage {
  page: Page;
  faults: string[];
}

interface AxeWindow {
  axe: { run(options: RunOptions): Promise<AxeResults> };
}

export { expect };

/** Lets scripts arrive late, as they do on a bad line: what the reader does before must count. */
export async function delayScripts(page: Page): Promise<void> {
  await page.route('**/_astro/*.js', async (route) => {
    await new Promise((later) => setTimeout(later, 1000));
    await route.continue();
  });
}

/** Waits until every tool on the page answers. */
export async function expectAlive(page: Page): Promise<void> {
  await expect(page.locator('astro-island[ssr], [data-asleep]')).toHaveCount(0, {
    timeout: 20_000,
  });
}

/** Fails where axe finds a violation of WCAG 2.2 AA or of its best practices. */
export async function expectAccessible(page: Page): Promise<void> {
  // WCAG 2.2's target size, which axe leaves out unless asked.
  await expectNoViolations(page, { rules: { 'target-size': { enabled: true } } });
}

/** Fails where a finger would miss: a target smaller than 24 px, or with less than that to the next. */
export async function expectLargeTargets(page: Page): Promise<void> {
  await expectNoViolations(page, { runOnly: ['target-size'] });
}

async function expectNoViolations(page: Page, options: RunOptions): Promise<void> {
  // Put into the page once and run there: a few times faster than the wrappers for it.
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe);
  const violations = await page.evaluate(async (options) => {
    // Axe measures every box where it lies now. A part out of sight that the browser has not laid out
    // runs over the next one, and what sticks to the window covers a part of what scrolls past it: a
    // reader meets neither, so the parts are laid out, and nothing sticks, for as long as axe looks.
    const sheet = new CSSStyleSheet();
    sheet.replaceSync('* { content-visibility: visible !important }');
    document.adoptedStyleSheets.push(sheet);
    const sticky = [...document.querySelectorAll<HTMLElement>('*')].filter(
      (element) => getComputedStyle(element).position === 'sticky',
    );
    for (const { style } of sticky) Object.assign(style, { position: 'relative', inset: 'auto' });
    const { scrollX, scrollY } = window;
    scrollTo({ top: 0, left: 0, behavior: 'instant' });
    try {
      const { axe } = window as unknown as AxeWindow;
      return (await axe.run({ ...options, resultTypes: ['violations'] })).violations;
    } finally {
      document.adoptedStyleSheets.pop();
      for (const { style } of sticky) Object.assign(style, { position: '', inset: '' });
      scrollTo({ top: scrollY, left: scrollX, behavior: 'instant' });
    }
  }, options);
  const found = violations.map(
    ({ id, help, nodes }) =>
      `${id}: ${help}\n${nodes.map((node) => `  ${node.target.join(' ')}: ${node.failureSummary}`).join('\n')}`,
  );
  expect(found, `axe on ${page.url()}`).toEqual([]);
}

/** Fails where the page is wider than its window: a phone would scroll sideways. */
export async function expectNoSidewaysScroll(page: Page): Promise<void> {
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(overflow, 'pixels the page is wider than its window').toBeLessThanOrEqual(0);
}

/** Sets the theme before the page paints, the way the theme switch stores it. */
export async function useTheme(page: Page, theme: 'light' | 'dark'): Promise<void> {
  await page.addInitScript((value) => localStorage.setItem('starlight-theme', value), theme);
}
