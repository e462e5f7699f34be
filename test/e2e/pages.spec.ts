import { readdirSync } from 'node:fs';
import { expect, expectAccessible, expectNoSidewaysScroll, test, useTheme } from './fixtures.ts';

const paths = readdirSync('content/docs', { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.mdx') && file !== '404.mdx')
  .map((file) => `/${file.replaceAll('\\', '/').replace(/(?:index)?\.mdx$/, '')}`)
  .map((path) => (path.endsWith('/') ? path : `${path}/`))
  .sort();

for (const theme of ['light', 'dark'] as const) {
  for (const path of paths) {
    test(`${path} is accessible, ${theme}`, async ({ page }) => {
      await useTheme(page, theme);
      await page.goto(path);
      await expectAccessible(page);
    });
  }
}

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 } });
  for (const path of paths) {
    test(`${path} does not scroll sideways`, async ({ page }) => {
      await page.goto(path);
      await expectNoSidewaysScroll(page);
      await page.setViewportSize({ width: 320, height: 640 });
      await expectNoSidewaysScroll(page);
    });
  }
});

test('an unknown address gets the 404 page', async ({ page }) => {
  await page.goto('/404.html');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('没有这个页面');
});
