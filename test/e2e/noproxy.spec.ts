import type { Page } from '@playwright/test';
import {
  delayScripts,
  expect,
  expectAccessible,
  expectAlive,
  expectLargeTargets,
  expectNoSidewaysScroll,
  test,
  useTheme,
} from './fixtures.ts';

// axe and a shared machine are slow.
test.setTimeout(180_000);

const list = (page: Page) => page.getByLabel('NO_PROXY', { exact: true });
const targets = (page: Page) => page.getByLabel('目标', { exact: true });
const table = (page: Page) => page.getByRole('region', { name: '结果表' }).getByRole('table');
const cell = (page: Page, row: string, client: string) =>
  table(page)
    .getByRole('row', { name: row })
    .getByRole('button', { name: new RegExp(`^${client}：`) });
const why = (page: Page) => page.locator('.np-why');

test.beforeEach(async ({ page }) => {
  await page.goto('/tools/noproxy/');
  await expect(list(page)).not.toHaveValue('');
});

test('answers every edit at once, each client by its own rules', async ({ page }) => {
  await list(page).fill('*.corp.example');
  await targets(page).fill('https://git.corp.example');
  await expect(cell(page, 'git.corp.example', 'Go / dockerd')).toHaveText('直连');
  await expect(cell(page, 'git.corp.example', 'curl')).toHaveText('代理');
  await list(page).fill('.corp.example');
  await expect(cell(page, 'git.corp.example', 'curl')).toHaveText('直连');
  await expect(cell(page, 'git.corp.example', 'BusyBox wget')).toHaveText('代理');
});

test('reads URLs as Node does, not as this browser', async ({ page }) => {
  await list(page).fill('*.corp.example');
  await targets(page).fill('https://*.corp.example\nhttp://a b.example');
  await expect(cell(page, '*.corp.example', 'npm')).toHaveText('直连');
  await expect(cell(page, 'a b.example', 'npm')).toHaveText('代理');
  await expect(cell(page, 'a b.example', 'node fetch')).toHaveText('出错');
  await page.getByLabel('HTTPS_PROXY', { exact: true }).fill('http://me:p%w@proxy.example:3128');
  await expect(cell(page, '*.corp.example', 'node fetch')).toHaveText('出错');
});

test('tells why, and why an entry that looks right does not match', async ({ page }) => {
  await list(page).fill('*.corp.example');
  await targets(page).fill('https://git.corp.example');
  await cell(page, 'git.corp.example', 'Go / dockerd').click();
  await expect(why(page)).toContainText('匹配上了「git.corp.example」');
  await cell(page, 'git.corp.example', 'apt').click();
  await expect(why(page)).toContainText('看起来该匹配');
  await expect(why(page)).toContainText('不认 *.');
  await expect(why(page)).toContainText('apt 3.0.4');
});

test('the table is a table, and the keyboard reaches every cell', async ({ page }) => {
  await list(page).fill('corp.example');
  await targets(page).fill('https://corp.example\nhttps://other.example');
  await expect(table(page).getByRole('columnheader', { name: 'apt', exact: true })).toBeVisible();
  await expect(
    table(page)
      .getByRole('rowheader', { name: /corp\.example/ })
      .first(),
  ).toBeVisible();
  const first = cell(page, '^corp.example'.slice(1), 'Go / dockerd').first();
  await first.focus();
  await page.keyboard.press('ArrowRight');
  await expect(cell(page, 'corp.example', 'curl').first()).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await expect(cell(page, 'other.example', 'curl')).toBeFocused();
  await page.keyboard.press('End');
  await expect(cell(page, 'other.example', 'Java')).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(why(page)).toContainText('Java');
  await expect(table(page).locator('button[tabindex="0"]')).toHaveCount(1);
});

test('fits a desktop beside the sidebar, and keeps the answer in view', async ({ page }) => {
  await page.setViewportSize({ width: 1280, height: 800 });
  const widths = () =>
    page
      .getByRole('region', { name: '结果表' })
      .evaluate((region) => region.scrollWidth - region.clientWidth);
  expect(await widths()).toBe(0);
  await page.getByLabel(/列出全部/).check();
  await expect(table(page).getByRole('columnheader', { name: 'Go ≤ 1.24.0' })).toBeVisible();
  expect(await widths()).toBe(0);
  await targets(page).fill(
    Array.from({ length: 30 }, (_, i) => `https://host${i}.example`).join('\n'),
  );
  await cell(page, 'host7.example', 'npm').click();
  await expect(why(page)).toBeInViewport({ ratio: 1 });
  await expect(cell(page, 'host7.example', 'npm')).toBeInViewport({ ratio: 1 });
  await why(page).getByRole('button', { name: '收起' }).click();
  await expect(why(page).getByRole('button')).toHaveCount(0);
});

test('on a phone each target is a card that names its clients', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await list(page).fill('.corp.example');
  await targets(page).fill('https://corp.example\nhttps://git.corp.example');
  const region = page.getByRole('region', { name: '结果表' });
  expect(await region.evaluate((box) => box.scrollWidth - box.clientWidth)).toBe(0);
  const wget = cell(page, 'git.corp.example', 'GNU wget');
  expect(await wget.evaluate((box) => getComputedStyle(box, '::before').content)).toBe(
    '"GNU wget"',
  );
  await wget.click();
  await expect(wget).toBeInViewport({ ratio: 1 });
  await expect(why(page)).toContainText('GNU Wget 1.25.0');
  await expect(why(page)).toBeInViewport();
});

test('takes the variables out of docker info', async ({ page }) => {
  await page.getByText('粘贴一段输出，自动取出变量').click();
  await page
    .getByLabel('粘贴的内容')
    .fill(
      ' HTTP Proxy: http://10.0.0.9:8080\n HTTPS Proxy: http://10.0.0.9:8080\n No Proxy: localhost,.intra.example\n',
    );
  await expect(list(page)).toHaveValue('localhost,.intra.example');
  await expect(page.getByLabel('HTTP_PROXY', { exact: true })).toHaveValue('http://10.0.0.9:8080');
  await expect(page.getByText('从「docker info」里取出：')).toBeVisible();
});

test('expands an image into the hosts of its pull', async ({ page }) => {
  await targets(page).fill('nginx:1.27');
  for (const host of [
    'registry-1.docker.io',
    'auth.docker.io',
    'production.cloudflare.docker.com',
  ]) {
    await expect(table(page).getByRole('rowheader', { name: host })).toBeVisible();
  }
  await targets(page).fill('Bad Name');
  await expect(page.getByText('一行只写一个目标')).toBeVisible();
});

test('fixes entries and rewrites the list portably', async ({ page }) => {
  await list(page).fill('localhost,127.0.0.1,*.corp.example,host.docker.internal');
  await page.getByRole('button', { name: '把 *.corp.example 改成 .corp.example' }).click();
  await expect(list(page)).toHaveValue('localhost,127.0.0.1,.corp.example,host.docker.internal');
  await list(page).fill('Corp.Example; 10.*');
  await page.getByRole('button', { name: '换成这个' }).click();
  await expect(list(page)).toHaveValue('localhost,127.0.0.1,corp.example,.corp.example,10.0.0.0/8');
  const config = page.getByRole('link', { name: '用它生成配置' });
  await expect(config).toHaveAttribute('href', /\/tools\/config\/#.*corp\.example/);
});

test('converts to and from the list of Docker Desktop', async ({ page }) => {
  await list(page).fill('.corp.example,10.0.0.0/8');
  await page.getByRole('tab', { name: 'Docker Desktop' }).click();
  await expect(page.getByText('*.corp.example,10.0.0.0/8', { exact: true })).toBeVisible();
  await page.getByLabel('从 Desktop 的列表换回来').fill('*.docker.com');
  await page.getByRole('button', { name: '换成这个' }).click();
  await expect(list(page)).toHaveValue('.docker.com');
});

test('a link brings everything back, but no login', async ({ page }) => {
  await list(page).fill('一.example,b.example');
  // A login that is still being typed has no @ yet.
  await page.getByLabel('HTTPS_PROXY', { exact: true }).fill('http://me:s3cret');
  await targets(page).fill('https://me:s3cret@b.example/?token=s3cret');
  await expect(page).toHaveURL(/https=&/);
  await page
    .getByLabel('HTTP_PROXY', { exact: true })
    .fill('http://me:s3cret@proxy.corp.example:3128');
  await page.getByLabel(/列出全部/).check();
  await expect(page).toHaveURL(/every=1/);
  await expect(page).not.toHaveURL(/s3cret/);
  const link = page.url();
  await page.goto('about:blank');
  await page.goto(link);
  await expect(list(page)).toHaveValue('一.example,b.example');
  await expect(targets(page)).toHaveValue('https://b.example/');
  await expect(table(page).getByRole('columnheader', { name: 'Go ≤ 1.24.0' })).toBeVisible();
});

test('a list of ten thousand entries is answered too', async ({ page }) => {
  const many = Array.from({ length: 10_000 }, (_, i) => `host${i}.corp.example`).join(',');
  await list(page).fill(`${many},git.acme.test`);
  await targets(page).fill('https://git.acme.test');
  await expect(cell(page, 'git.acme.test', 'npm')).toHaveText('直连');
});

for (const theme of ['light', 'dark'] as const) {
  test(`is accessible and fits a phone, ${theme}`, async ({ page }) => {
    await useTheme(page, theme);
    await page.setViewportSize({ width: 390, height: 844 });
    await page.reload();
    await expect(list(page)).not.toHaveValue('');
    await expectNoSidewaysScroll(page);
    await expectAccessible(page);
    await page.setViewportSize({ width: 320, height: 740 });
    await expectLargeTargets(page);
    await page.setViewportSize({ width: 1280, height: 900 });
    await expectNoSidewaysScroll(page);
    await expectAccessible(page);
  });
}

test('keeps what was typed and chosen before the scripts arrived', async ({ page }) => {
  await delayScripts(page);
  await page.goto('/tools/noproxy/', { waitUntil: 'commit' });
  await page.getByLabel('NO_PROXY', { exact: true }).fill('early.example');
  await page.getByLabel('目标', { exact: true }).fill('https://early.example');
  await page.getByLabel(/^列出全部/).check();
  await expect(page.locator('astro-island[ssr]')).toHaveCount(1);
  await expectAlive(page);
  await expect(page.getByLabel('NO_PROXY', { exact: true })).toHaveValue('early.example');
  await expect(page.locator('.np-matrix tbody tr')).toHaveCount(1);
  await expect(page.locator('.np-matrix thead th[scope=col]')).not.toHaveCount(14);
  await expect(page.locator('.np-matrix')).toHaveClass(/np-many/);
});
