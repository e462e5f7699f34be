import { readdirSync } from 'node:fs';
import {
  expect,
  expectAccessible,
  expectLargeTargets,
  expectNoSidewaysScroll,
  sharedPageTest as test,
} from './fixtures.ts';

const paths = readdirSync('content/docs', { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.mdx') && file !== '404.mdx')
  .map((file) => `/${file.replaceAll('\\', '/').replace(/(?:index)?\.mdx$/, '')}`)
  .map((path) => (path.endsWith('/') ? path : `${path}/`))
  .sort();

for (const path of paths) {
  test(`${path} is accessible in both themes and fits a phone and a finger`, async ({
    sharedPage: page,
  }) => {
    await page.setViewportSize({ width: 1280, height: 720 });
    await page.goto(path);
    for (const theme of ['light', 'dark']) {
      await page.evaluate((name) => {
        document.documentElement.dataset.theme = name;
      }, theme);
      await expectAccessible(page);
    }
    for (const width of [390, 320]) {
      await page.setViewportSize({ width, height: 740 });
      await expectNoSidewaysScroll(page);
      await expectLargeTargets(page);
    }
  });
}

test('an unknown address gets the 404 page', async ({ sharedPage: page }) => {
  await page.goto('/404.html');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('没有这个页面');
});
