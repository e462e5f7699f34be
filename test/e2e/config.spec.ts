import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { PEM } from '../core/config/arbitrary.ts';
import {
  delayScripts,
  expect,
  expectAccessible,
  expectLargeTargets,
  expectNoSidewaysScroll,
  test,
  useTheme,
} from './fixtures.ts';

const PAGE = '/tools/config/';

test.use({ permissions: ['clipboard-read', 'clipboard-write'] });

/** Opens the generator, with a link's hash, and waits until it answers. */
async function open(page: Page, hash = ''): Promise<void> {
  await page.goto(PAGE + (hash ? `#${hash}` : ''));
  await expect(page.locator('astro-island:not([ssr]) .cf-tool:not([data-asleep])')).toBeVisible();
}

const artifact = (page: Page, id: string) => page.locator(`[data-artifact="${id}"]`);
const code = (page: Page, id: string) => artifact(page, id).locator('pre.ui-code');
const clipboard = (page: Page) => page.evaluate(() => navigator.clipboard.readText());

async function more(page: Page, section: string): Promise<void> {
  await page.locator('.cf-others > summary').click();
  await page.locator(`#cf-${section} > summary`).click();
}

test('answers with a file before anything is chosen', async ({ page }) => {
  await open(page);
  await expect(code(page, 'daemon.json')).toContainText('"registry-mirrors"');
  await expect(page).toHaveURL(/\/tools\/config\/$/);
});

test('builds a proxy configuration by keyboard alone', async ({ page }) => {
  test.slow();
  await open(page);
  const press = (key: string) => page.keyboard.press(key);
  await page.locator('input[name="cf-target"]:checked').focus();
  await press('Tab');
  await press('Tab');
  await expect(page.locator('input[name="cf-goal"]:checked')).toBeFocused();
  await press('ArrowDown');
  await expect(page.getByLabel('代理地址', { exact: true })).toBeVisible();
  for (let i = 0; i < 30; i++) {
    await press('Tab');
    if (
      await page
        .getByLabel('代理地址', { exact: true })
        .evaluate((el) => el === document.activeElement)
    )
      break;
  }
  await page.keyboard.type('http://127.0.0.1:10808');
  await expect(code(page, 'systemd-drop-in')).toHaveText(
    /\[Service\]\s+Environment="HTTP_PROXY=http:\/\/127\.0\.0\.1:10808"\s+Environment="HTTPS_PROXY=http:\/\/127\.0\.0\.1:10808"\s+Environment="NO_PROXY=localhost,127\.0\.0\.1"/,
  );
  const copy = artifact(page, 'systemd-drop-in').getByRole('button', { name: /^复制 / });
  for (let i = 0; i < 60; i++) {
    await press('Tab');
    if (await copy.evaluate((el) => el === document.activeElement)) break;
  }
  await expect(copy).toBeFocused();
  await press('Enter');
  await expect.poll(() => clipboard(page)).toContain('HTTPS_PROXY=http://127.0.0.1:10808');
});

test('merges into a real daemon.json and keeps all of it', async ({ page }) => {
  const existing = `{
    "runtimes": {
        "nvidia": {
            "path": "nvidia-container-runtime",
            "runtimeArgs": []
        }
    },
    "default-runtime": "nvidia",
    "data-root": "/data/docker",
    "log-driver": "json-file",
    "log-opts": {
        "max-size": "100m",
        "max-file": "3"
    },
    "registry-mirrors": ["https://docker.mirrors.ustc.edu.cn"]
}
`;
  await open(page);
  await more(page, 'existing');
  await page.getByRole('textbox', { name: 'daemon.json' }).fill(existing);
  await expect(code(page, 'daemon.json')).toContainText('data-root');
  const text = (await code(page, 'daemon.json').textContent()) ?? '';
  const merged = JSON.parse(text);
  const before = JSON.parse(existing);
  expect({ ...merged, 'registry-mirrors': before['registry-mirrors'] }).toEqual(before);
  expect(Object.keys(merged)).toEqual(Object.keys(before));
  expect(text).toContain('\n    "data-root": "/data/docker"');
  expect(merged['registry-mirrors']).toEqual([
    'https://docker.m.daocloud.io',
    'https://docker.1ms.run',
  ]);
  await expect(page.locator('#cf-existing')).toContainText('docker.mirrors.ustc.edu.cn');
  await artifact(page, 'daemon.json').getByRole('tab', { name: '与原文件的差别' }).click();
  await expect(artifact(page, 'daemon.json').locator('.cf-added').first()).toBeVisible();
  await expect(artifact(page, 'daemon.json').locator('.cf-removed')).toContainText(['ustc']);
});

test('opens a shared link, and its own link opens the same again', async ({ page }) => {
  await open(page, 'v=1&where=rootless&mirror=https://m.example.com&downloads=1');
  await expect(page.getByRole('radio', { name: /rootless/ })).toBeChecked();
  await expect(artifact(page, 'daemon.json')).toContainText('~/.config/docker/daemon.json');
  await expect(code(page, 'daemon.json')).toContainText('"max-concurrent-downloads": 1');
  await page.getByRole('button', { name: /^复制链接/ }).click();
  await expect(page.getByRole('button', { name: /^复制链接/ })).toHaveText('已复制');
  const link = await clipboard(page);
  expect(link).toContain('where=rootless');
  await page.goto('about:blank');
  await page.goto(link);
  await expect(code(page, 'daemon.json')).toContainText('https://m.example.com');
});

test('says what it can’t read in a link', async ({ page }) => {
  await open(page, 'v=1&where=mars&colour=red');
  await expect(page.getByText('链接里有不认识的参数：colour')).toBeVisible();
});

test('survives a reload, without passwords', async ({ page }) => {
  await open(page);
  await page.getByRole('radio', { name: /要走代理/ }).check();
  await page
    .getByLabel('代理地址', { exact: true })
    .fill('http://user:Geheim1@proxy.example.com:8080');
  await page.getByLabel('代理地址', { exact: true }).blur();
  await expect(page.getByLabel('代理地址', { exact: true })).toHaveValue(
    'http://proxy.example.com:8080',
  );
  await expect(page.getByLabel('代理地址的用户名')).toHaveValue('user');
  await expect(page.getByLabel('代理地址的密码')).toHaveAttribute('type', 'password');
  await expect(code(page, 'systemd-drop-in')).toContainText(
    'http://user:••••••@proxy.example.com:8080',
  );
  await expect(code(page, 'systemd-drop-in')).not.toContainText('Geheim1');
  await artifact(page, 'systemd-drop-in').getByRole('button', { name: '显示密码' }).click();
  await expect(code(page, 'systemd-drop-in')).toContainText('Geheim1');
  await expect(page).toHaveURL(/http=http:\/\/proxy\.example\.com:8080/);
  await page.reload();
  await expect(page.getByLabel('代理地址', { exact: true })).toHaveValue(
    'http://proxy.example.com:8080',
  );
  const kept = await page.evaluate(
    () =>
      `${location.href} ${document.title} ${JSON.stringify({ ...localStorage, ...sessionStorage })}`,
  );
  expect(kept).not.toContain('Geheim1');
});

test('downloads a file, and all of them', async ({ page }) => {
  await open(page);
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    artifact(page, 'daemon.json').getByRole('button', { name: '下载 daemon.json' }).click(),
  ]);
  expect(file.suggestedFilename()).toBe('daemon.json');
  expect(JSON.parse(readFileSync(await file.path(), 'utf8'))['registry-mirrors']).toHaveLength(2);
  const [archive] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: '全部下载（.zip）' }).click(),
  ]);
  expect(archive.suggestedFilename()).toBe('docker-network.zip');
  const bytes = readFileSync(await archive.path());
  expect(bytes.subarray(0, 2).toString()).toBe('PK');
  expect(bytes.includes('etc/docker/daemon.json')).toBe(true);
});

test('gives Desktop’s values field by field', async ({ page }) => {
  await open(page);
  await page.getByRole('radio', { name: /^Windows/ }).check();
  await page.getByRole('radio', { name: /要走代理/ }).check();
  await page.getByRole('button', { name: '127.0.0.1:10808', exact: true }).click();
  for (const [label, value] of [
    ['Web Server (HTTP)', 'http://127.0.0.1:10808'],
    ['Secure Web Server (HTTPS)', 'http://127.0.0.1:10808'],
    ['Bypass proxy settings for these hosts & domains', 'localhost,127.0.0.1'],
  ] as const) {
    await page.getByRole('button', { name: `复制 ${label} 的值` }).click();
    expect(await clipboard(page)).toBe(value);
  }
});

test('orders mirrors by buttons, keys and dragging', async ({ page }) => {
  await open(
    page,
    'v=1&for=slow&mirror=https://a.example.com%0Ahttps://b.example.com%0Ahttps://c.example.com',
  );
  const order = async () =>
    JSON.parse((await code(page, 'daemon.json').textContent()) ?? '')['registry-mirrors'].map(
      (url: string) => url.charAt(8),
    );
  await page.getByRole('button', { name: '下移镜像源 1' }).click();
  await expect.poll(order).toEqual(['b', 'a', 'c']);
  await expect(page.getByRole('button', { name: '下移镜像源 2' })).toBeFocused();
  await page.getByLabel('镜像源 3', { exact: true }).focus();
  await page.keyboard.press('Alt+ArrowUp');
  await expect.poll(order).toEqual(['b', 'c', 'a']);
  const handle = page.locator('.cf-handle');
  const from = await handle.nth(2).boundingBox();
  const to = await handle.nth(0).boundingBox();
  if (!from || !to) throw new Error('no handles');
  await page.mouse.move(from.x + 5, from.y + 10);
  await page.mouse.down();
  await page.mouse.move(to.x + 5, to.y + 10, { steps: 8 });
  await page.mouse.up();
  await expect.poll(order).toEqual(['a', 'b', 'c']);
});

test('refuses a dead mirror with its reason, and mends what is typed', async ({ page }) => {
  await open(page);
  const input = page.getByLabel('添加镜像源');
  await input.fill('https://docker.mirrors.ustc.edu.cn');
  await page.getByRole('button', { name: '添加', exact: true }).click();
  await expect(page.locator('.cf-add').getByText(/没有加入：.*已停止服务/)).toBeVisible();
  await input.fill('https://mirrors.tuna.tsinghua.edu.cn');
  await input.press('Enter');
  await expect(page.locator('.cf-add').getByText(/没有加入：.*Docker Hub/)).toBeVisible();
  await input.fill('“m.example.com”');
  await input.press('Enter');
  await page.getByRole('button', { name: /改成 https:\/\/m\.example\.com/ }).click();
  await expect(code(page, 'daemon.json')).toContainText('"https://m.example.com"');
  await page.getByLabel('镜像源 1', { exact: true }).fill('m.example.org');
  await expect(page.locator('.cf-mirrors')).toContainText('不会被接受');
  await page
    .locator('.cf-mirrors')
    .getByRole('button', { name: '改成 https://m.example.org' })
    .click();
  await expect(code(page, 'daemon.json')).toContainText('"https://m.example.org"');
});

test('refuses a dead mirror that a link or an edit brings', async ({ page }) => {
  await open(page, 'v=1&mirror=https://docker.mirrors.ustc.edu.cn%0Ahttps://m.example.com');
  await expect(code(page, 'daemon.json')).toContainText('"https://m.example.com"');
  await expect(code(page, 'daemon.json')).not.toContainText('ustc');
  const reason = /已停止服务（2024-06-06）：.+没有写进文件/;
  await expect(page.locator('.cf-mirrors .ui-error')).toContainText(reason);
  await expect(page.locator('.cf-summary .ui-error')).toContainText(reason);
  await page.getByRole('button', { name: '删除镜像源 1' }).click();
  await expect(page.locator('.cf-summary')).toHaveCount(0);
  await page.getByLabel('镜像源 1', { exact: true }).fill('http://hub-mirror.c.163.com');
  await expect(page.locator('.cf-mirrors .ui-error')).toContainText('已停止服务');
  await expect(artifact(page, 'daemon.json')).toHaveCount(0);
});

test('reads a CA, and refuses a private key', async ({ page }) => {
  await open(page);
  await page.getByRole('radio', { name: /证书报错/ }).check();
  await page.getByLabel(/证书 1 的仓库/).fill('registry.example.com:5000');
  const pem = page.getByLabel(/证书 1 的内容/);
  await pem.fill(PEM);
  await expect(page.locator('.cf-certificate')).toContainText('Example Root CA');
  await expect(artifact(page, 'certs.d:registry.example.com:5000')).toContainText(
    '/etc/docker/certs.d/registry.example.com:5000/ca.crt',
  );
  await pem.fill('-----BEGIN PRIVATE KEY-----\nMIIE\n-----END PRIVATE KEY-----');
  await expect(page.locator('#cf-ca .ui-problem.ui-error').first()).toContainText('私钥');
  await expect(page.locator('[data-artifact^="certs.d"]')).toHaveCount(0);
  await pem.fill('');
  await page.getByLabel('证书 1 的文件').setInputFiles({
    name: 'ca.crt',
    mimeType: 'application/x-x509-ca-cert',
    buffer: Buffer.from(PEM),
  });
  await expect(page.locator('.cf-certificate')).toContainText('Example Root CA');
});

test('marks what the last edit changed, and says why a line is there', async ({ page }) => {
  await open(page);
  await page.waitForTimeout(1300);
  await page.getByLabel('镜像源 2', { exact: true }).fill('https://n.example.com');
  await expect(artifact(page, 'daemon.json').locator('.ui-changed')).toContainText([
    'n.example.com',
  ]);
  await artifact(page, 'daemon.json').getByText('每一行为什么在这里').click();
  await expect(artifact(page, 'daemon.json').locator('.cf-reasons')).toContainText(
    '按顺序先问它们',
  );
});

test('takes five megabytes, binary and right-to-left marks', async ({ page }) => {
  test.slow();
  await open(page);
  await more(page, 'existing');
  const big = JSON.stringify({
    labels: Array.from({ length: 200_000 }, (_, n) => `label-${n}=value`),
  });
  expect(big.length).toBeGreaterThan(4_000_000);
  await page
    .getByLabel('daemon.json 的文件')
    .setInputFiles({ name: 'daemon.json', mimeType: 'application/json', buffer: Buffer.from(big) });
  await expect(page.locator('#cf-existing')).toContainText('太长，不在这里显示');
  await page.getByRole('button', { name: '清空 daemon.json' }).click();
  await page.getByLabel('daemon.json 的文件').setInputFiles({
    name: 'daemon.json',
    mimeType: 'application/json',
    buffer: Buffer.from([0, 1, 2, 255, 254, 0, 137, 80]),
  });
  await expect(page.locator('#cf-existing .ui-problem').first()).toBeVisible();
  await page.getByRole('button', { name: '清空 daemon.json' }).click();
  await page.getByLabel('daemon.json 的文件').setInputFiles({
    name: 'daemon.json',
    mimeType: 'application/json',
    // {"labels":["site=上海"]} in GBK
    buffer: Buffer.from('eyJsYWJlbHMiOlsic2l0ZT3Jz7qjIl19', 'base64'),
  });
  await expect(page.locator('#cf-existing .ui-problem').first()).toContainText('GBK');
  await expect(code(page, 'daemon.json')).toContainText('site=上海');
  await page.getByRole('button', { name: '清空 daemon.json' }).click();
  await expect(page.locator('#cf-existing .ui-problem')).toHaveCount(0);
  await page.getByLabel('镜像源 1', { exact: true }).fill('\u202ehttps://m.example.com\u202c 😀');
  await expect(page.locator('.cf-mirrors .ui-error')).toBeVisible();
  await page.getByLabel('镜像源 1', { exact: true }).fill('\u202ehttps://m.example.com\u202c');
  await expect(code(page, 'daemon.json')).toContainText('"https://m.example.com"');
});

for (const theme of ['light', 'dark'] as const) {
  test(`is accessible with everything open, ${theme}`, async ({ page }) => {
    await useTheme(page, theme);
    await open(
      page,
      'v=1&for=custom&where=desktop-windows&http=http://127.0.0.1:7890&https=http://127.0.0.1:7890&no=localhost%0A10.*&scope=daemon,run&mirror=m.example.com%0Ahttps://docker.1ms.run',
    );
    for (const section of await page.locator('.cf-section > summary').all()) await section.click();
    await expectAccessible(page);
  });
}

for (const width of [320, 390, 768, 1440]) {
  test(`fits a window ${width} px wide`, async ({ page }) => {
    await page.setViewportSize({ width, height: 800 });
    await open(
      page,
      'v=1&for=custom&where=desktop-windows&http=http://127.0.0.1:7890&https=http://127.0.0.1:7890&no=localhost&scope=daemon,cli,build,run&mirror=https://docker.1ms.run',
    );
    for (const section of await page.locator('.cf-section > summary').all()) await section.click();
    await expectNoSidewaysScroll(page);
    await expectLargeTargets(page);
  });
}

test('form and result stand side by side on a wide screen', async ({ page }) => {
  await page.setViewportSize({ width: 1440, height: 800 });
  await open(page, '');
  const form = await page.locator('.cf-columns > :first-child').boundingBox();
  const result = await page.locator('.cf-result').boundingBox();
  expect(result?.x).toBeGreaterThanOrEqual((form?.x ?? 0) + (form?.width ?? 0));
});

test('on a phone the result is one tap away from the first question', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await open(page);
  const heading = page.getByRole('heading', { name: '结果' });
  await expect(heading).not.toBeInViewport();
  await page.getByRole('button', { name: '看结果（2 项）' }).click();
  await expect(heading).toBeInViewport();
  await expect(heading).toBeFocused();
  await page.setViewportSize({ width: 1440, height: 800 });
  await expect(page.getByRole('button', { name: /^看结果/ })).toBeHidden();
});

test('counts what was chosen and typed before the scripts arrived', async ({ page }) => {
  await delayScripts(page);
  await page.goto(PAGE, { waitUntil: 'commit' });
  await page.getByLabel('镜像源 1', { exact: true }).fill('https://early.example');
  await page.locator('input[name="cf-goal"][value="proxy"]').check({ force: true });
  await expect(page.locator('astro-island[ssr]')).toHaveCount(1);
  await expect(page.getByLabel('代理地址', { exact: true })).toBeVisible({ timeout: 20_000 });
  await expect(page.locator('#cf-mirrors .cf-section-set')).toBeAttached();
  await expect(code(page, 'daemon.json')).toContainText('https://early.example');
});
