import AxeBuilder from '@axe-core/playwright';
import { test as base, expect, type Page } from '@playwright/test';

interface Fixtures {
  /** Origins besides the site's own that this test may contact: a test's own loopback servers. */
  allowedOrigins: string[];
  /** Fails the test for a page error, a console error or a request that leaves the site. */
  guard: undefined;
}

export const test = base.extend<Fixtures>({
  allowedOrigins: [[], { option: true }],
  guard: [
    async ({ page, baseURL, allowedOrigins }, use) => {
      const own = new URL(baseURL ?? 'http://localhost').origin;
      const faults: string[] = [];
      page.on('pageerror', (error) => faults.push(`page error: ${error.message}`));
      page.on('console', (message) => {
        // What a mirror answers is that mirror's matter; the browser logs it as an error all the same.
        const foreign =
          allowedOrigins.length > 0 && /Failed to load resource|net::ERR_/.test(message.text());
        if (message.type() === 'error' && !foreign) faults.push(`console: ${message.text()}`);
      });
      page.on('request', (request) => {
        const url = new URL(request.url());
        const local = url.protocol === 'data:' || url.protocol === 'blob:';
        if (!local && url.origin !== own && !allowedOrigins.includes(url.origin))
          faults.push(`request to ${url.origin}`);
      });
      await use(undefined);
      expect(faults, 'no errors and no request that leaves the site').toEqual([]);
    },
    { auto: true },
  ],
});

export { expect };

/** Fails where axe finds a violation of WCAG 2.2 AA or of its best practices. */
export async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  const found = violations.map(
    ({ id, help, nodes }) =>
      `${id}: ${help}\n${nodes.map((node) => `  ${node.target.join(' ')}`).join('\n')}`,
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
