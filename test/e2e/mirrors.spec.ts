import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import {
  test as base,
  delayScripts,
  expect,
  expectAccessible,
  expectAlive,
  expectLargeTargets,
  expectNoSidewaysScroll,
  useTheme,
} from './fixtures.ts';
import {
  type Kind,
  type LoopbackMirrors,
  startMirrors,
  trusted,
} from './mirrors/loopback-mirrors.ts';
import { watchOpenRequests } from './mirrors/open-requests.ts';

const test = base.extend<{ mirrors: LoopbackMirrors }>({
  launchOptions: [
    async ({ launchOptions }, use) => {
      const own = `--ignore-certificate-errors-spki-list=${trusted.spkiHash}`;
      await use({ ...launchOptions, args: [...(launchOptions.args ?? []), own] });
    },
    { scope: 'worker' },
  ],
  // biome-ignore lint/correctness/noEmptyPattern: Playwright wants a pattern here
  mirrors: async ({}, use) => {
    const mirrors = await startMirrors();
    await use(mirrors);
    await mirrors.close();
  },
  allowedOrigins: async ({ mirrors }, use) => use(mirrors.origins),
});

// Some runs wait for three five-second limits in a row.
test.setTimeout(180_000);

const paste = (page: Page) => page.getByLabel('自己的镜像源，或粘贴 daemon.json');
const start = (page: Page) => page.getByRole('button', { name: '开始检测' });
const results = (page: Page) => page.getByRole('region', { name: '检测结果表' });
const row = (page: Page, url: string) =>
  results(page).locator(`tr[data-host="${url.replace('https://', '')}"]`);

/** Opens the tool with these addresses and nothing of the catalogue. */
async function open(page: Page, ...urls: string[]) {
  await page.goto('/tools/mirrors/');
  await expectAlive(page);
  await page.getByRole('button', { name: '全不选' }).click();
  await paste(page).fill(urls.join('\n'));
}

async function finished(page: Page) {
  await expect(page.locator('[data-outcome]')).toBeVisible({ timeout: 120_000 });
}

/** Hides the tab, or shows it again, as far as the page can tell. */
async function setHidden(page: Page, hidden: boolean) {
  await page.evaluate((value) => {
    Object.defineProperty(document, 'hidden', { configurable: true, get: () => value });
    document.dispatchEvent(new Event('visibilitychange'));
  }, hidden);
}

test('sends nothing before the click, and says to whom it would', async ({ page, mirrors }) => {
  await open(page, mirrors.url.fast, mirrors.url.slow);
  const before = page.locator('.mc-before');
  await expect(before).toContainText(mirrors.url.fast.replace('https://', ''));
  await expect(before).toContainText('你的 IP 地址');
  await expect(before).toContainText('向下面 2 个主机');
  await page.waitForTimeout(1500);
  expect(mirrors.visits).toEqual([]);
});

test.describe('with the site kept for offline use', () => {
  test.use({ serviceWorkers: 'allow' });

  test('requests to mirrors pass by the service worker', async ({ page, mirrors }) => {
    await page.goto('/tools/mirrors/');
    await page.evaluate(() => navigator.serviceWorker.ready);
    await page.reload();
    await open(page, mirrors.url.fast);
    const own = page.waitForResponse((response) => response.url().endsWith('/privacy/'));
    await page.evaluate(() => fetch('/privacy/'));
    expect((await own).fromServiceWorker(), 'the site’s own files do not').toBe(true);
    const answer = page.waitForResponse((response) => response.url().startsWith(mirrors.url.fast));
    await start(page).click();
    expect((await answer).fromServiceWorker()).toBe(false);
    await finished(page);
  });
});

test('words every kind of answer right, orders by time, keeps to the limits', async ({
  page,
  mirrors,
}) => {
  const answering: Kind[] = [
    'fast',
    'slow',
    'unauthorized',
    'forbidden',
    'limited',
    'redirect',
    'half',
  ];
  const silent: (Kind | 'closed')[] = ['reset', 'untrusted', 'stalled', 'closed'];
  const control: string[] = [];
  page.on('request', (request) => {
    if (request.url().includes('control=')) control.push(request.method());
  });
  await open(page, ...[...silent, ...answering].map((kind) => mirrors.url[kind]));
  const requests = await watchOpenRequests(page, mirrors.origins);
  await start(page).click();
  await finished(page);

  for (const kind of answering) {
    await expect(row(page, mirrors.url[kind]), kind).toContainText('有响应');
    await expect(row(page, mirrors.url[kind]), kind).toContainText('5/5');
  }
  for (const kind of silent) {
    await expect(row(page, mirrors.url[kind]), kind).toContainText('无响应（原因未知）');
    await expect(row(page, mirrors.url[kind]), kind).toContainText('不排名');
  }
  await expect(row(page, mirrors.url.stalled)).toContainText('5 秒内没有回答');
  await expect(row(page, mirrors.url.reset)).toContainText('网络错误');
  await expect(page.locator('[data-outcome="answered"]')).toContainText('401、403、429 和 200');
  await expect(page.locator('.mc-results')).not.toContainText('可用镜像');

  const order = await results(page)
    .locator('tbody tr')
    .evaluateAll((rows) => rows.map((each) => (each as HTMLElement).dataset.host));
  const place = (kind: Kind) => order.indexOf(mirrors.url[kind].replace('https://', ''));
  expect(place('fast')).toBeLessThan(place('slow'));
  expect(place('slow')).toBeLessThan(place('stalled'));
  // Slower than the rest by a second: no tie.
  await expect(row(page, mirrors.url.slow)).toContainText('第 7');

  for (const kind of [
    'slow',
    'unauthorized',
    'forbidden',
    'limited',
    'redirect',
    'half',
  ] as const) {
    expect(mirrors.count(kind), kind).toBe(6);
  }
  expect(mirrors.visits.filter((v) => v.kind === 'fast' && v.path.startsWith('/v2/'))).toHaveLength(
    6,
  );
  for (const kind of ['stalled', 'reset', 'untrusted'] as const) {
    expect(mirrors.count(kind), kind).toBeLessThanOrEqual(8);
  }
  // Three hosts at once and one request at a time to each; both limits are reached.
  expect(requests.mostHosts()).toBe(3);
  expect(requests.mostPerHost()).toBe(1);
  expect(control).toEqual(['HEAD']);
  for (const visit of mirrors.visits) {
    expect(visit.headers.referer).toBeUndefined();
    expect(visit.headers.cookie).toBeUndefined();
    expect(visit.headers.authorization).toBeUndefined();
  }
  await expect(page.getByRole('button', { name: /再等 \d+ 秒可重测/ })).toBeDisabled();
});

test('cancel stops the traffic at once', async ({ page, mirrors }) => {
  await open(page, mirrors.url.stalled, mirrors.url.slow, mirrors.url.half);
  await start(page).click();
  await expect.poll(() => mirrors.count('slow')).toBeGreaterThanOrEqual(2);
  await page.getByRole('button', { name: '取消' }).click();
  await expect(page.locator('[data-outcome="cancelled"]')).toBeVisible();
  await expect
    .poll(() => mirrors.visits.filter((visit) => !visit.answered && !visit.aborted))
    .toEqual([]);
  const sent = mirrors.visits.length;
  await page.waitForTimeout(2000);
  expect(mirrors.visits).toHaveLength(sent);
  await expect(row(page, mirrors.url.stalled)).toContainText('没有测完');
});

test('a hidden tab pauses, a shown one goes on', async ({ page, mirrors }) => {
  await open(page, mirrors.url.slow);
  await start(page).click();
  await expect.poll(() => mirrors.count('slow')).toBeGreaterThanOrEqual(2);
  await setHidden(page, true);
  await expect(page.locator('.mc-progress')).toContainText('已自动暂停');
  await page.waitForTimeout(2000);
  const sent = mirrors.visits.length;
  await page.waitForTimeout(2000);
  expect(mirrors.visits).toHaveLength(sent);
  await setHidden(page, false);
  await finished(page);
  await expect(row(page, mirrors.url.slow)).toContainText('5/5');
  expect(mirrors.count('slow')).toBeLessThanOrEqual(8);
});

test('pauses and goes on by hand', async ({ page, mirrors }) => {
  await open(page, mirrors.url.slow);
  await start(page).click();
  await page.getByRole('button', { name: '暂停' }).click();
  await expect(page.locator('.mc-progress')).toContainText('已暂停');
  await page.waitForTimeout(2000);
  const sent = mirrors.visits.length;
  await page.waitForTimeout(1500);
  expect(mirrors.visits).toHaveLength(sent);
  await page.getByRole('button', { name: '继续' }).click();
  await finished(page);
  expect(mirrors.count('slow')).toBe(6);
});

test('does not ask what a browser cannot measure', async ({ page, mirrors }) => {
  await open(page, 'http://127.0.0.1:9', 'https://203.0.113.5', 'https://198.18.0.7');
  await expect(page.locator('.mc-before')).toContainText('向下面 0 个主机');
  await start(page).click();
  await expect(page.locator('[data-outcome="nothing"]')).toBeVisible();
  await expect(results(page).getByText('浏览器不能测')).toHaveCount(3);
  // Nothing was sent, so there is no cool-down either.
  await expect(start(page)).toBeEnabled();
  expect(mirrors.visits).toEqual([]);
});

test('tells offline from mirrors that fail', async ({ page, mirrors }) => {
  await open(page, mirrors.url.closed);
  await page.route(/control=/, (route) => route.abort());
  await start(page).click();
  await finished(page);
  await expect(page.locator('[data-outcome="offline"]')).toContainText('你的网络断了');
});

test('says when this site answers and no mirror does', async ({ page, mirrors }) => {
  await open(page, mirrors.url.closed, mirrors.url.untrusted);
  await start(page).click();
  await finished(page);
  await expect(page.locator('[data-outcome="all-silent"]')).toContainText('网络是通的');
});

test('warns of dead mirrors in a pasted daemon.json and offers the rest', async ({ page }) => {
  await page.goto('/tools/mirrors/');
  await paste(page).fill(
    JSON.stringify({
      'registry-mirrors': [
        'https://docker.mirrors.ustc.edu.cn',
        'https://docker.m.daocloud.io',
        'http://hub-mirror.c.163.com',
        'https://mirrors.tuna.tsinghua.edu.cn',
      ],
      proxies: { 'http-proxy': 'http://user:secret@10.0.0.1:3128' },
    }),
  );
  const advice = page.locator('.mc-advice');
  await expect(advice).toContainText('已停止（2024-06-06）');
  await expect(advice).toContainText('不是 Docker Hub 的镜像源');
  await expect(advice).toContainText('还剩 1 个');
  const link = advice.getByRole('link', { name: '用这份清单生成配置' });
  expect(decodeURIComponent((await link.getAttribute('href')) ?? '')).toContain(
    '/tools/config/#v=1&mirror=https://docker.m.daocloud.io',
  );
  expect(await page.evaluate(() => location.href)).not.toContain('secret');
  await page.getByText('查看脚本全文').click();
  await expect(page.locator('.mc-script')).not.toContainText('secret');
});

test('keeps what was typed before the scripts arrived', async ({ page }) => {
  await delayScripts(page);
  await page.goto('/tools/mirrors/', { waitUntil: 'commit' });
  await paste(page).fill('http://hub-mirror.c.163.com');
  await expect(page.locator('.mc-advice')).toContainText('已停止', { timeout: 30_000 });
  await expect(paste(page)).toHaveValue('http://hub-mirror.c.163.com');
});

test('counts what was chosen and opened before the scripts arrived', async ({ page }) => {
  await delayScripts(page);
  await page.goto('/tools/mirrors/', { waitUntil: 'commit' });
  const first = page.locator('.mc-option input').first();
  await first.uncheck();
  await page.getByText(/^再看 \d+ 个/).click();
  await expect(page.locator('astro-island[ssr]')).toHaveCount(1);
  await expectAlive(page);
  await expect(first).not.toBeChecked();
  await expect(page.locator('.mc-before strong').first()).toHaveText('5');
  await expect(page.locator('.mc-more[open] .mc-option').first()).toBeVisible();
});

test('keeps the choice in the link', async ({ page }) => {
  await page.goto('/tools/mirrors/');
  await expectAlive(page);
  await page.getByRole('button', { name: '全不选' }).click();
  // Which of them stand in the open depends on the day.
  const openAll = () =>
    page.locator('.mc-set details').evaluateAll((all) => {
      for (const each of all as HTMLDetailsElement[]) each.open = true;
    });
  await openAll();
  await page.getByRole('checkbox', { name: /docker\.1ms\.run/ }).check();
  await paste(page).fill('https://cache.example.org\nhttps://user:secret@b.example.org');
  await page.getByLabel('用哪个镜像来测').fill('nginx:1.27');
  const url = await page.evaluate(() => location.href);
  expect(url).not.toContain('secret');
  await page.goto('/');
  await page.goto(url);
  await openAll();
  await expect(page.getByRole('checkbox', { name: /docker\.1ms\.run/ })).toBeChecked();
  await expect(page.getByRole('checkbox', { name: /docker\.m\.daocloud\.io/ })).not.toBeChecked();
  await expect(paste(page)).toHaveValue('https://cache.example.org');
  await expect(page.getByLabel('用哪个镜像来测')).toHaveValue('nginx:1.27');
});

test('writes the script for the chosen list', async ({ page }) => {
  await open(page, 'http://10.0.0.5:5000', 'https://docker.1ms.run');
  await page.getByText('查看脚本全文').click();
  const script = page.getByRole('region', { name: '测试脚本 test-mirrors.sh' });
  await expect(script).toContainText("'http://10.0.0.5:5000'");
  await expect(script).toContainText("'https://docker.1ms.run'");
  await page.getByLabel('用哪个镜像来测').fill('ghcr.io/owner/app');
  await expect(page.locator('.mc-problems')).toContainText('另一个 registry');
  await page.getByLabel('用哪个镜像来测').fill('nginx:1.27');
  await page.getByRole('tab', { name: /PowerShell/ }).click();
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: '下载 test-mirrors.ps1' }).click();
  const text = await readFile(await (await download).path(), 'utf8');
  expect(text.startsWith('\uFEFF')).toBe(true);
  expect(text).toContain("$Repository = 'library/nginx'");
});

test('asks again for the code of the script when it did not arrive', async ({ page }) => {
  let asked = 0;
  await page.route(/\/_astro\/create\.[^/]*\.js$/, (route) => {
    asked += 1;
    return asked === 1 ? route.abort() : route.fallback();
  });
  await page.goto('/tools/mirrors/');
  await expectAlive(page);
  await page.mouse.move(20, 20);
  await expect.poll(() => asked).toBe(1);
  const copy = page.getByRole('button', { name: '复制脚本' });
  await expect(copy).toBeDisabled();
  // After a pause, the reader's next sign of life asks again.
  await expect(async () => {
    await page.mouse.move(20, 30);
    await page.mouse.move(40, 40);
    await expect(copy).toBeEnabled({ timeout: 500 });
  }).toPass({ timeout: 20_000 });
});

test('reads the script’s output back and hands the best to the generator', async ({ page }) => {
  const digest = `sha256:${'ab'.repeat(32)}`;
  await page.goto('/tools/mirrors/');
  await page
    .getByLabel('脚本的全部输出')
    .fill(
      [
        '@0 begin v=1 tool=bash arch=amd64 route=direct image=library/alpine:latest',
        '@1 url https://slow.example.org',
        '@1 ping http=401 dns=1 tcp=2 tls=3 ttfb=400 ip=1.2.3.4',
        `@1 digest ${digest}`,
        '@1 blob http=200 bytes=1000000 ttfb=100 ms=9000 sum=ok host=cdn',
        '@1 pass',
        '@2 url https://fast.example.org',
        '@2 ping http=401 dns=1 tcp=2 tls=3 ttfb=40 ip=1.2.3.5',
        `@2 digest ${digest}`,
        '@2 blob http=200 bytes=1000000 ttfb=100 ms=500 sum=ok host=cdn',
        '@2 pass',
        '@3 url https://wall.example.org',
        '@3 fail stage=manifest http=403',
        '@3 says <img src=x onerror=alert(1)> not in the allowlist',
        '@0 end pass=2 total=3 differ=0',
      ].join('\n'),
    );
  const table = page.getByRole('region', { name: '脚本结果表' });
  await expect(table.locator('tbody tr').first()).toContainText('fast.example.org');
  await expect(table).toContainText('<img src=x onerror=alert(1)> not in the allowlist');
  await page.getByLabel('用前几个').selectOption('1');
  const link = page.getByRole('link', { name: '用前 1 个生成配置' });
  expect(decodeURIComponent((await link.getAttribute('href')) ?? '')).toMatch(
    /\/tools\/config\/#v=1&mirror=https:\/\/fast\.example\.org$/,
  );
  await page.getByLabel('用前几个').selectOption('2');
  await page.getByRole('link', { name: '用前 2 个生成配置' }).click();
  await expect(page).toHaveURL(/\/tools\/config\/#v=1&mirror=/);
});

test('exports the results', async ({ page, mirrors }) => {
  await open(page, mirrors.url.fast, 'http://plain.example.org');
  await start(page).click();
  await finished(page);
  const save = async (label: string) => {
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: label }).first().click();
    return readFile(await (await download).path(), 'utf8');
  };
  expect(await save('下载 CSV')).toMatch(/^\uFEFF名次,镜像源,[\s\S]*有响应/);
  const json = JSON.parse(await save('下载 JSON'));
  expect(json).toMatchObject({ outcome: 'answered', control: true });
  expect(json.results).toHaveLength(2);
  expect(await save('下载 Markdown')).toContain('| 浏览器不能测 |');
});

for (const theme of ['light', 'dark'] as const) {
  test(`is accessible with results, on a phone too (${theme})`, async ({ page, mirrors }) => {
    await useTheme(page, theme);
    await page.setViewportSize({ width: 320, height: 800 });
    await open(
      page,
      mirrors.url.fast,
      mirrors.url.closed,
      'http://plain.example.org',
      'https://docker.nju.edu.cn.',
    );
    await paste(page).fill(
      [
        mirrors.url.fast,
        mirrors.url.closed,
        'http://plain.example.org',
        'http://hub-mirror.c.163.com',
      ].join('\n'),
    );
    await start(page).click();
    await expect(page.locator('.mc-progress')).toBeVisible();
    await finished(page);
    await expectAccessible(page);
    await expectNoSidewaysScroll(page);
    for (const width of [390, 1280]) {
      await page.setViewportSize({ width, height: 800 });
      await expectLargeTargets(page);
    }
  });
}
