import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';

test.use({ serviceWorkers: 'allow' });

/** Waits until the worker controls the page and everything is in its cache. */
async function becomeOffline(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready;
    if (!navigator.serviceWorker.controller)
      await new Promise((next) =>
        navigator.serviceWorker.addEventListener('controllerchange', next, { once: true }),
      );
  });
  await page.context().setOffline(true);
}

test('one visit, then search and every tool work without a network', async ({ page }) => {
  await page.goto('/mirror/what/');
  await becomeOffline(page);

  await page.goto('/proxy/systemd/');
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await page.keyboard.press('Control+k');
  await page.getByPlaceholder('搜索').fill('证书');
  await expect(page.locator('.pagefind-ui__result').first()).toBeVisible();
  await page.keyboard.press('Escape');

  for (const tool of ['diagnose', 'config', 'noproxy', 'mirrors']) {
    await page.goto(`/tools/${tool}/`);
    // An island that has come alive has lost this mark.
    await expect(page.locator('astro-island[ssr]')).toHaveCount(0);
  }
  await page.goto('/tools/diagnose/');
  await page.getByRole('textbox').first().fill('x509: certificate signed by unknown authority');
  await expect(page.locator('main a[href*="/errors/tls-unknown-ca/"]').first()).toBeVisible();
});

test('an address that is not there gets the 404 page', async ({ page }) => {
  await page.goto('/');
  await becomeOffline(page);
  await page.goto('/no/such/page/');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('没有这个页面');
});

test('the site can be installed', async ({ page, request, baseURL }) => {
  await page.goto('/');
  const href = await page.locator('link[rel=manifest]').getAttribute('href');
  const manifest = await (await request.get(new URL(href ?? '', baseURL).href)).json();
  expect(manifest.name).toContain('拉得动');
  for (const { src } of manifest.icons) {
    const icon = await request.get(new URL(src, new URL(href ?? '', baseURL)).href);
    expect(icon.ok(), src).toBe(true);
  }
});
