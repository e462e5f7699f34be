import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test as base, expect } from '@playwright/test';
import { serveStatic } from '../static-server.ts';
import { expectAlive } from './fixtures.ts';

/** Serves the build for /sub/path/ there, and nothing anywhere else. */
const test = base.extend<object, { site: string; replaced: Map<string, string> }>({
  /** Files that a later release would serve instead, by their path in the build. */
  // biome-ignore lint/correctness/noEmptyPattern: Playwright wants the pattern
  replaced: [async ({}, use) => use(new Map()), { scope: 'worker' }],
  site: [
    async ({ replaced }, use) => {
      const server = await serveStatic(async (pathname) => {
        const inside = /^\/sub\/path\/(.*)$/.exec(pathname)?.[1];
        if (inside === undefined) return undefined;
        const file = join('dist-sub', inside.replace(/(^|\/)$/, '$1index.html'));
        return { file, body: replaced.get(inside) ?? (await readFile(file)) };
      });
      await use(`${server.origin}/sub/path/`);
      server.close();
    },
    { scope: 'worker' },
  ],
});

test.use({ serviceWorkers: 'allow' });

test('the site works below a sub path: links, search, tools, offline', async ({ page, site }) => {
  const missing: string[] = [];
  page.on('response', (response) => {
    if (response.status() >= 400) missing.push(response.url());
  });
  await page.goto(site);
  await page.getByRole('link', { name: '你卡在哪一步', exact: true }).first().click();
  await expect(page).toHaveURL(`${site}start/where-stuck/`);
  await page.waitForLoadState();

  await page.keyboard.press('Control+k');
  await page.getByPlaceholder('搜索').fill('10808');
  await page.locator('.pagefind-ui__result-link').first().click();
  await expect(page).toHaveURL(new RegExp(`^${site}`));

  for (const tool of ['diagnose', 'config', 'noproxy', 'mirrors']) {
    await page.goto(`${site}tools/${tool}/`);
    await expectAlive(page);
  }
  await page.goto(`${site}tools/diagnose/`);
  await page.getByRole('textbox').first().fill('x509: certificate signed by unknown authority');
  await page.locator('main a[href*="/errors/tls-unknown-ca/"]').first().click();
  await expect(page).toHaveURL(`${site}errors/tls-unknown-ca/`);
  expect(missing).toEqual([]);

  await page.evaluate(() => navigator.serviceWorker.ready);
  await expect
    .poll(() => page.evaluate(() => Boolean(navigator.serviceWorker.controller)))
    .toBe(true);
  await page.context().setOffline(true);
  await page.goto(`${site}certs/x509/`);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
});

/** The next release: one page reads otherwise, and the worker knows it. */
async function nextRelease(replaced: Map<string, string>, extra = ''): Promise<void> {
  const file = 'mirror/what/index.html';
  const worker = await readFile('dist-sub/sw.js', 'utf8');
  const page = await readFile(`dist-sub/${file}`, 'utf8');
  const entry = new RegExp(`\\{url:"${file}",revision:"[^"]*"\\}`);
  expect(worker).toMatch(entry);
  replaced.set('sw.js', worker.replace(entry, `{url:"${file}",revision:"next"}${extra}`));
  replaced.set(file, page.replace(/(<h1 id="_top"[^>]*>)[^<]*/, '$1下一版'));
}

test.describe('a new version', () => {
  test.afterEach(({ replaced }) => replaced.clear());

  test('is announced, used whole when asked for, and in every tab', async ({
    page,
    context,
    site,
    replaced,
  }) => {
    const heading = page.getByRole('heading', { level: 1 });
    await page.goto(`${site}mirror/what/`);
    await page.evaluate(() => navigator.serviceWorker.ready);
    await page.reload();
    await expect(page.locator('#site-update')).toHaveCount(0);

    await nextRelease(replaced);
    await page.reload();
    const announcement = page.locator('#site-update');
    await expect(announcement).toContainText('新版本已就绪', { timeout: 30_000 });
    await expect(heading).not.toHaveText('下一版');

    const other = await context.newPage();
    await other.goto(`${site}privacy/`);
    const otherAnnouncement = other.locator('#site-update');
    await expect(otherAnnouncement).toContainText('新版本已就绪', { timeout: 30_000 });

    await announcement.getByRole('button', { name: '刷新使用' }).click();
    await expect(heading).toHaveText('下一版');
    await expect(announcement).toHaveCount(0);
    expect(
      await page.evaluate(async () => {
        const registration = await navigator.serviceWorker.ready;
        return registration.waiting === null && registration.active !== null;
      }),
    ).toBe(true);

    await otherAnnouncement.getByRole('button', { name: '刷新使用' }).click();
    await expect(otherAnnouncement).toHaveCount(0);
  });

  test('that does not arrive whole changes nothing', async ({ page, site, replaced }) => {
    await page.goto(`${site}mirror/what/`);
    await page.evaluate(() => navigator.serviceWorker.ready);
    await page.reload();
    await nextRelease(replaced, ',{url:"not/on/the/server.html",revision:"next"}');
    const state = await page.evaluate(async () => {
      const registration = await navigator.serviceWorker.ready;
      await registration.update().catch(() => {});
      const worker = registration.installing;
      await new Promise<void>((done) => {
        if (!worker || worker.state === 'redundant') done();
        else worker.addEventListener('statechange', () => worker.state !== 'installing' && done());
      });
      return { failed: worker?.state, waiting: registration.waiting };
    });
    expect(state).toEqual({ failed: 'redundant', waiting: null });
    await page.goto(`${site}mirror/what/`);
    await expect(page.getByRole('heading', { level: 1 })).not.toHaveText('下一版');
    await expect(page.locator('#site-update')).toHaveCount(0);
  });
});
