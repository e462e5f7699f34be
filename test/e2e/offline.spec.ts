import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test as base, type Page } from '@playwright/test';
import { serveStatic } from '../static-server.ts';
import { expect, expectAlive, test } from './fixtures.ts';

test.use({ serviceWorkers: 'allow' });
base.use({ serviceWorkers: 'allow' });

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

/** Uses every tool as a reader would, and looks for its answer. */
async function useTools(page: Page): Promise<void> {
  await page.goto('/tools/diagnose/');
  await page.getByRole('textbox').first().fill('x509: certificate signed by unknown authority');
  await expect(page.locator('main a[href*="/errors/tls-unknown-ca/"]').first()).toBeVisible();

  await page.goto('/tools/config/#v=1&for=proxy&http=http://127.0.0.1:10808');
  await expect(page.locator('[data-artifact="systemd-drop-in"] pre.ui-code').first()).toContainText(
    'HTTP_PROXY=http://127.0.0.1:10808',
  );

  await page.goto('/tools/noproxy/#v=1&no=.corp.test&to=https://git.corp.test');
  await expect(page.locator('main table').first()).toContainText('直连');

  await page.goto('/tools/mirrors/');
  await expectAlive(page);
  await page.getByLabel('自己的镜像源，或粘贴 daemon.json').fill('http://hub-mirror.c.163.com');
  await expect(page.locator('main')).toContainText('hub-mirror.c.163.com');
}

for (const first of ['/', '/mirror/what/', '/tools/noproxy/']) {
  test(`one visit to ${first}, then search and every tool work without a network`, async ({
    page,
  }) => {
    test.slow();
    await page.goto(first);
    await becomeOffline(page);

    await page.goto('/proxy/systemd/?from=a-shared-link');
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(/systemd/);
    await page.keyboard.press('Control+k');
    await page.getByPlaceholder('搜索').fill('证书');
    await expect(page.locator('.pagefind-ui__result').first()).toBeVisible();
    await page.keyboard.press('Escape');
    await useTools(page);
  });
}

test('an address that is not there gets the 404 page', async ({ page }) => {
  await page.goto('/');
  await becomeOffline(page);
  await page.goto('/no/such/page/');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('没有这个页面');
});

test('an address without its last slash leads where it does online', async ({ page }) => {
  await page.goto('/');
  await becomeOffline(page);
  await page.goto('/mirror/what');
  await expect(page).toHaveURL(/\/mirror\/what\/$/);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(/镜像加速/);
});

base('a distant server is asked for several files at a time', async ({ page }) => {
  let [open, most, asked] = [0, 0, 0];
  const server = await serveStatic(async (pathname) => {
    // By this name only the worker asks for a page.
    const counted = pathname.endsWith('index.html') ? 1 : 0;
    asked += counted;
    open += counted;
    most = Math.max(most, open);
    await new Promise((later) => setTimeout(later, 100));
    open -= counted;
    const file = join('dist', pathname.replace(/\/$/, '/index.html'));
    return { file, body: await readFile(file) };
  });
  try {
    await page.goto(`${server.origin}/mirror/what/`);
    await becomeOffline(page);
    await page.goto(`${server.origin}/privacy/`);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('隐私');
    expect(asked).toBeGreaterThan(50);
    expect(most).toBeGreaterThanOrEqual(3);
  } finally {
    server.close();
  }
});

test('the site can be installed', async ({ page, request, baseURL }) => {
  await page.goto('/');
  const href = await page.locator('link[rel=manifest]').getAttribute('href');
  const url = new URL(href ?? '', baseURL);
  const manifest = await (await request.get(url.href)).json();
  expect(manifest.name).toContain('拉得动');
  expect(manifest.lang).toBe('zh-CN');
  expect(new URL(manifest.start_url, url).pathname).toBe('/');
  const icons: { src: string; sizes: string; purpose?: string }[] = manifest.icons;
  for (const size of ['192x192', '512x512'])
    expect(icons.filter(({ sizes, purpose }) => sizes === size && !purpose)).toHaveLength(1);
  expect(icons.some(({ purpose }) => purpose === 'maskable')).toBe(true);
  for (const { src, sizes } of icons) {
    const icon = await request.get(new URL(src, url).href);
    expect(icon.ok(), src).toBe(true);
    // A PNG says its size in its header.
    if (src.endsWith('.png'))
      expect((await icon.body()).readUInt32BE(16), src).toBe(Number.parseInt(sizes, 10));
  }
});
