import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Page } from '@playwright/test';
import {
  expectAccessible,
  expectAlive,
  expectLargeTargets,
  expectNoSidewaysScroll,
  expect as quickExpect,
  test,
  useTheme,
} from './fixtures.ts';

// A busy machine takes its time; a failure is a failure all the same.
const expect = quickExpect.configure({ timeout: 20_000 });
test.describe.configure({ timeout: 150_000 });

const PROXY =
  'Error response from daemon: Get "https://registry-1.docker.io/v2/": proxyconnect tcp: dial tcp 127.0.0.1:10808: connect: connection refused';
const CA =
  'Error response from daemon: Get "https://harbor.corp.example/v2/": tls: failed to verify certificate: x509: certificate signed by unknown authority';
const MIRROR =
  'Error response from daemon: failed to resolve reference "docker.io/library/redis:7": unexpected status from HEAD request to https://docker.m.daocloud.io/v2/library/redis/manifests/7?ns=docker.io: 403 Forbidden';

const box = (page: Page) => page.getByLabel('粘贴报错或日志');
const main = (page: Page) => page.locator('.dg-main');

async function open(page: Page): Promise<void> {
  await page.goto('/tools/diagnose/');
  // The island is live once its examples answer.
  await expectAlive(page);
}

test('takes over what was pasted on the home page, once', async ({ page }) => {
  await page.goto('/');
  await expectAlive(page);
  await page.getByLabel('粘贴报错').fill(PROXY);
  await page.getByRole('button', { name: '诊断', exact: true }).click();
  await page.waitForURL('**/tools/diagnose/**');
  await expect(main(page).getByRole('heading', { name: '连不上代理' })).toBeVisible();
  await expect(box(page)).toHaveValue(PROXY);
  expect(await page.evaluate(() => sessionStorage.getItem('diagnose:handover'))).toBeNull();
  await page.goto('/tools/diagnose/');
  await expect(box(page)).toHaveValue('');
});

test('answers as one types, with evidence, facts and steps for the platform', async ({ page }) => {
  await open(page);
  await box(page).fill(PROXY);
  await expect(main(page).getByRole('heading', { level: 3 })).toHaveText(/连不上代理/);
  await expect(main(page).locator('.dg-facts')).toContainText('127.0.0.1:10808');
  await expect(page.locator('.dg-log mark').first()).toContainText('connection refused');
  await page.getByLabel('Docker 跑在哪里').selectOption('desktop-windows');
  await expect(main(page).locator('.dg-steps')).toContainText('Resources');
  await page.getByLabel('Docker 跑在哪里').selectOption('linux');
  await expect(main(page).locator('.dg-steps')).toContainText('systemd');
});

for (const { name, log, heading, hash } of [
  { name: 'a dead proxy', log: PROXY, heading: '连不上代理', hash: ['127.0.0.1:10808'] },
  {
    name: 'an unknown CA',
    log: CA,
    heading: '证书颁发者不受信任',
    hash: ['ca=harbor.corp.example'],
  },
  { name: 'a refusing mirror', log: MIRROR, heading: '镜像源拒绝请求', hash: ['mirror='] },
  {
    name: 'a registry without TLS',
    log: 'Get "https://10.1.2.3:5000/v2/": http: server gave HTTP response to HTTPS client',
    heading: '仓库只提供 HTTP',
    hash: ['insecure=10.1.2.3:5000'],
  },
]) {
  test(`opens the generator filled in for ${name}`, async ({ page }) => {
    await open(page);
    await page.getByLabel('Docker 跑在哪里').selectOption('linux');
    await box(page).fill(log);
    await expect(main(page).getByRole('heading', { level: 3 })).toHaveText(heading);
    const link = main(page).getByRole('link', { name: '用这些值打开生成器' });
    const href = await link.getAttribute('href');
    for (const part of hash) expect(href).toContain(part);
    await link.click();
    await expect(page).toHaveURL(/\/tools\/config\//);
  });
}

test('links each finding to its page', async ({ page }) => {
  await open(page);
  await box(page).fill(MIRROR);
  await expect(main(page).locator('.dg-facts')).toContainText('DaoCloud');
  await main(page).getByRole('link', { name: '读这一类报错的说明' }).click();
  await expect(page).toHaveURL(/\/errors\/mirror\/$/);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
});

test('reads a dropped file, plain and packed', async ({ page }) => {
  const folder = mkdtempSync(join(tmpdir(), 'diagnose-'));
  const noise = 'Nov 11 10:00:00 host01 systemd[1]: Started Session 3 of user root.\n';
  const text = `${noise.repeat(4000)}${CA}\n`;
  const plain = join(folder, 'docker.log');
  const packed = join(folder, 'docker.log.gz');
  writeFileSync(plain, text);
  writeFileSync(packed, gzipSync(text));
  await open(page);
  for (const path of [plain, packed]) {
    await page.getByLabel('打开日志文件').setInputFiles(path);
    await expect(main(page).getByRole('heading', { level: 3 })).toHaveText('证书颁发者不受信任');
    await expect(page.locator('.dg-held')).toContainText('docker.log');
    await expect(main(page).locator('figcaption')).toContainText('4,001');
    await page.getByRole('button', { name: '清空' }).click();
    await expect(main(page)).toHaveCount(0);
  }
  // The same by dropping.
  const data = await page.evaluateHandle((content) => {
    const transfer = new DataTransfer();
    transfer.items.add(new File([content], 'dropped.log'));
    return transfer;
  }, text);
  await page.locator('.dg-input').dispatchEvent('drop', { dataTransfer: data });
  await expect(page.locator('.dg-held')).toContainText('dropped.log');
  await expect(main(page).getByRole('heading', { level: 3 })).toHaveText('证书颁发者不受信任');
});

test('reads Chinese Windows files in UTF-16 and GBK', async ({ page }) => {
  const folder = mkdtempSync(join(tmpdir(), 'diagnose-'));
  const line = 'dial tcp 127.0.0.1:7890: connectex: 由于目标计算机积极拒绝，无法连接。';
  const text = `Get "https://registry-1.docker.io/v2/": ${line}`;
  const utf16 = join(folder, 'utf16.log');
  writeFileSync(utf16, Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')]));
  const gbk = join(folder, 'gbk.log');
  // 由于目标计算机积极拒绝，无法连接。 in GBK.
  writeFileSync(
    gbk,
    Buffer.concat([
      Buffer.from(
        'Get "https://registry-1.docker.io/v2/": dial tcp 127.0.0.1:7890: connectex: ',
        'latin1',
      ),
      Buffer.from('d3c9d3dac4bfb1eabcc6cbe3bbfabbfdbcabbedcbef8a3accedeb7a8c1acbdd3a1a3', 'hex'),
    ]),
  );
  await open(page);
  for (const path of [utf16, gbk]) {
    await page.getByLabel('打开日志文件').setInputFiles(path);
    await expect(main(page).getByRole('heading', { level: 3 })).toHaveText('连不上代理');
    await page.getByRole('button', { name: '清空' }).click();
  }
});

test('stops a large run when asked, and says so', async ({ page }) => {
  test.slow();
  await open(page);
  await page.evaluate(() => {
    const chunk = new TextEncoder().encode(
      'Nov 11 10:00:00 host01 dockerd[812]: time="2026-11-11T10:00:00Z" level=info msg="ignoring event" module=libcontainerd\n'.repeat(
        9000,
      ),
    );
    const transfer = new DataTransfer();
    transfer.items.add(
      new File(
        Array.from({ length: 100 }, () => chunk),
        'journal.log',
      ),
    );
    const drop = new DragEvent('drop', { dataTransfer: transfer, bubbles: true, cancelable: true });
    const cancel = () => {
      const button = [...document.querySelectorAll<HTMLButtonElement>('.dg-progress button')].find(
        (one) => one.textContent?.trim() === '取消',
      );
      if (button) button.click();
      else requestAnimationFrame(cancel);
    };
    document.querySelector('.dg-input')?.dispatchEvent(drop);
    requestAnimationFrame(cancel);
  });
  await expect(page.getByText('已停止：只读了前')).toBeVisible({ timeout: 45_000 });
  await expect(page.locator('.dg-progress')).toHaveCount(0);
});

test('copies a report and a link that hold no secret', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await open(page);
  await box(page).fill(
    `alice@build-7:~$ docker pull harbor.corp.example/team/app:1\n${CA}\nHTTPS_PROXY=http://alice:S3cret%21@10.1.2.3:3128 password=hunter22\n/home/alice/.docker/config.json`,
  );
  await expect(main(page).getByRole('heading', { level: 3 })).toHaveText('证书颁发者不受信任');
  await page.getByRole('button', { name: '复制脱敏报告' }).click();
  const report = await page.evaluate(() => navigator.clipboard.readText());
  expect(report).toContain('certificate signed by unknown authority');
  for (const secret of ['S3cret', 'hunter22', 'alice', 'corp.example', '10.1.2.3', 'build-7']) {
    expect(report, secret).not.toContain(secret);
  }
  await page.getByRole('button', { name: '复制链接' }).click();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  expect(new URL(link).hash).toContain('r=tls-unknown-ca');
  expect(decodeURIComponent(link)).not.toMatch(/alice|corp|hunter/);
  expect(decodeURIComponent(page.url())).not.toMatch(/alice|corp|hunter/);
  expect(await page.title()).not.toContain('alice');
  await page.getByRole('button', { name: /看看遮住了什么/ }).click();
  await expect(page.locator('.dg-masks')).toContainText('密码、令牌、密钥');
});

test('explains the rules of a link without a log', async ({ page }) => {
  await page.goto('/tools/diagnose/#v=1&r=proxy-dial,no-such-rule&p=wsl2');
  await expect(main(page).getByRole('heading', { level: 3 })).toHaveText('连不上代理');
  await expect(page.getByLabel('Docker 跑在哪里')).toHaveValue('wsl2');
  await expect(page.getByText('链接不含日志')).toBeVisible();
});

test('says what to do when nothing is recognised, and when it is no network matter', async ({
  page,
}) => {
  await open(page);
  await box(page).fill('Hello, world.');
  await expect(page.getByRole('heading', { name: '没有认出原因' })).toBeVisible();
  await expect(page.locator('.dg-steps')).toContainText('docker info');
  await box(page).fill('exec /docker-entrypoint.sh: exec format error');
  await expect(page.getByRole('heading', { name: '不是网络问题' })).toBeVisible();
});

test('shows pasted markup as text', async ({ page }) => {
  await open(page);
  await box(page).fill(
    `<img src=x onerror="document.title='run'"><script>document.title='run'</script> ${CA}`,
  );
  await expect(page.locator('.dg-log').last()).toContainText('<script>');
  expect(await page.title()).not.toBe('run');
  expect(await page.locator('.dg img').count()).toBe(0);
});

test('works by keyboard alone', async ({ page }) => {
  await open(page);
  await box(page).focus();
  await page.keyboard.type(`docker pull redis\n${PROXY}`);
  await expect(main(page).getByRole('heading', { level: 3 })).toHaveText('连不上代理');
  await page.keyboard.press('Tab');
  await expect(page.getByLabel('打开日志文件')).toBeFocused();
  await page.keyboard.press('Tab');
  await expect(page.getByRole('button', { name: '清空' })).toBeFocused();
  await page.keyboard.press('Tab');
  await expect(page.getByLabel('Docker 跑在哪里')).toBeFocused();
  const line = main(page).getByRole('button', { name: /看第 2 行/ });
  await line.focus();
  await page.keyboard.press('Enter');
  await expect(
    page.getByRole('region', { name: '日志，证据已标出' }).locator('mark').first(),
  ).toBeFocused();
});

/** Pastes as a reader does, with the browser's own event. */
async function paste(page: Page, text: string): Promise<void> {
  await box(page).focus();
  await page.evaluate((value) => {
    const data = new DataTransfer();
    data.setData('text/plain', value);
    const event = new ClipboardEvent('paste', {
      clipboardData: data,
      bubbles: true,
      cancelable: true,
    });
    // A made-up event inserts nothing by itself.
    if (document.activeElement?.dispatchEvent(event))
      document.execCommand('insertText', false, value);
  }, text);
}

for (const [name, viewport] of [
  ['a laptop', { width: 1280, height: 800 }],
  ['a phone', { width: 390, height: 844 }],
] as const) {
  test(`shows the cause on ${name} without scrolling by hand`, async ({ page }) => {
    await page.setViewportSize(viewport);
    await open(page);
    await paste(page, `${MIRROR}\n${CA}\n${PROXY}`);
    await expect(main(page).getByRole('heading', { level: 3 })).toBeInViewport({ ratio: 1 });
    await expect(main(page).locator('.dg-why')).toBeInViewport({ ratio: 1 });
    await expect(box(page)).toBeFocused();
  });
}

test('does not move the page while one types', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 700 });
  await open(page);
  await box(page).pressSequentially(PROXY.slice(-120));
  await expect(main(page)).toBeVisible();
  expect(await page.evaluate(() => scrollY)).toBe(0);
});

test('hands the proxy and the refused host over to the NO_PROXY tester', async ({ page }) => {
  await open(page);
  await box(page).fill(
    'Error response from daemon: Get "https://harbor.corp.example/v2/": proxyconnect tcp: Forbidden',
  );
  const link = main(page).getByRole('link', { name: '用这些值打开 NO_PROXY 测试器' });
  const hash = decodeURIComponent((await link.getAttribute('href')) ?? '');
  expect(hash).toContain('no=localhost,127.0.0.1,harbor.corp.example');
  expect(hash).toContain('to=https://harbor.corp.example/v2/');
  await link.click();
  await expect(page).toHaveURL(/\/tools\/noproxy\//);
  await expect(page.getByText('harbor.corp.example').first()).toBeVisible();
});

for (const theme of ['light', 'dark'] as const) {
  test(`is accessible and fits a phone in ${theme}`, async ({ page }) => {
    await useTheme(page, theme);
    await page.setViewportSize({ width: 360, height: 740 });
    await open(page);
    await box(page).fill(`${MIRROR}\n${PROXY}\n${CA}`);
    await expect(main(page)).toBeVisible();
    await expectNoSidewaysScroll(page);
    await expectAccessible(page);
    for (const width of [320, 1280]) {
      await page.setViewportSize({ width, height: 740 });
      await expectLargeTargets(page);
    }
  });
}
