import { expect, expectAccessible, test } from './fixtures.ts';

/** What a reader types, and the pages of which one must be first or second. */
const queries: readonly [string, RegExp][] = [
  ['证书', /\/certs\/|\/errors\/tls-/],
  ['镜像加速', /\/mirror\//],
  ['限制并发', /\/download\/concurrency\//],
  ['x509', /\/certs\/x509\/|\/errors\/tls-unknown-ca\//],
  ['proxyconnect', /\/errors\/proxy-|\/proxy\//],
  ['下载卡住', /\/download\/stuck\/|\/errors\/interrupted\//],
  ['10808', /\/proxy\/example-10808\//],
  // Words that the browser's own dictionary would split, and the index does not.
  ['构建', /\/build\//],
  ['网关', /\/desktop\/wsl2-network\//],
  ['端口', /\/proxy\/example-10808\/|\/errors\/proxy-/],
  ['镜像源', /\/mirror\/sources\//],
  ['加速器', /\/mirror\/what\/|\/mirror\/aliyun\//],
  ['拉取慢', /\/mirror\/what\//],
  ['超时', /\/errors\/timeout\//],
  ['重启', /\/mirror\/linux\/|\/desktop\/troubleshoot\//],
  ['私有仓库', /\/certs\/private-registry\//],
  ['阿里云', /\/mirror\/aliyun\//],
  ['白名单', /\/mirror\/sources\/|\/errors\/mirror\//],
  ['限额', /\/mirror\/hub-limits\/|\/errors\/rate-limit\//],
  ['no such host', /\/errors\/dns\//],
  ['connection refused', /\/errors\/refused\/|\/errors\/proxy-unreachable\//],
  ['TLS handshake timeout', /\/errors\/timeout\//],
  ['unknown authority', /\/certs\/x509\/|\/errors\/tls-unknown-ca\//],
  ['toomanyrequests', /\/errors\/rate-limit\/|\/mirror\/hub-limits\//],
  ['407', /\/errors\/proxy-auth\//],
  ['EOF', /\/download\/stuck\/|\/errors\/interrupted\//],
  ['NO_PROXY', /\/proxy\/no-proxy\/|\/tools\/noproxy\//],
  ['insecure-registries', /\/certs\/insecure-registries\//],
  ['host.docker.internal', /\/proxy\/container\//],
  ['hosts.toml', /\/mirror\/other-registries\/|\/mirror\/containerd\//],
  ['podman', /\/mirror\/containerd\//],
  ['k3s', /\/mirror\/containerd\//],
  ['buildx', /\/build\/buildx\//],
  ['WSL2', /\/desktop\//],
  ['daemon.json', /\/errors\/daemon-config\/|\/proxy\/daemon-json\/|\/mirror\//],
  // A line of an error, as it is pasted.
  ['net/http: request canceled while waiting for connection', /\/errors\/timeout\//],
  ['x509: certificate signed by unknown authority', /\/errors\/tls-unknown-ca\//],
  [
    'proxyconnect tcp: dial tcp 127.0.0.1:7890: connect: connection refused',
    /\/errors\/proxy-unreachable\//,
  ],
  ['server gave HTTP response to HTTPS client', /\/errors\/http-on-https\//],
  ['Cannot connect to the Docker daemon', /\/errors\/daemon-down\//],
  ['no matching manifest', /\/errors\/platform\//],
  ['manifest unknown', /\/errors\/not-found\//],
  ['no space left on device', /\/errors\/disk\//],
  ['exec format error', /\/errors\/none\/|\/errors\/platform\//],
  ['permission denied', /\/errors\/none\//],
  ['unauthorized', /\/errors\/auth\//],
  ['502', /\/errors\/registry-server\/|\/errors\/proxy-denied\//],
  // A question, in a reader's words.
  ['拉不下来', /\/start\/where-stuck\//],
  ['连不上 docker hub', /\/start\/where-stuck\//],
  ['docker login 失败', /\/errors\/auth\//],
  ['登录失败', /\/errors\/auth\//],
  ['磁盘满', /\/errors\/disk\//],
  ['时间不对', /\/errors\/tls-time\//],
  ['自签名证书', /\/certs\/x509\/|\/certs\/private-registry\//],
  ['密码特殊字符', /\/proxy\/passwords\//],
  ['断点续传', /\/download\/stuck\//],
  ['apt-get update 失败', /\/build\/run-network\//],
  ['pip 超时', /\/build\/run-network\/|\/errors\/timeout\//],
  ['wsl 代理', /\/desktop\/wsl2-network\//],
  ['DNS 污染', /\/errors\/dns\//],
  ['Clash', /\/proxy\/allow-lan\//],
  ['7890', /\/errors\/proxy-unreachable\/|\/download\/proxy-stability\//],
  ['中科大', /\/mirror\/recommended\/|\/mirror\/sources\//],
  ['ghcr.io', /\/mirror\/other-registries\//],
  ['digest', /\/mirror\/trust\//],
  // With a slip.
  ['deamon.json', /\/errors\/daemon-config\/|\/proxy\/daemon-json\//],
  ['regsitry-mirrors', /\/mirror\/linux\/|\/mirror\/sources\//],
  ['dokcer login 失败', /\/errors\/auth\//],
];

test('search finds the right page first or second', async ({ page }) => {
  // Each query has its own limit below; together they need more than one test's.
  test.setTimeout(queries.length * 3_000);
  await page.goto('/');
  await page.getByRole('button', { name: '搜索' }).first().click();
  const input = page.getByPlaceholder('搜索');
  const message = page.locator('.pagefind-ui__message');
  const results = page.locator(
    '.pagefind-ui__result-inner > .pagefind-ui__result-title .pagefind-ui__result-link',
  );
  for (const [query, wanted] of queries) {
    await input.fill(query);
    await expect(message).toContainText(query);
    await expect
      .poll(
        () =>
          results.evaluateAll((links) =>
            links.slice(0, 2).map((link) => new URL((link as HTMLAnchorElement).href).pathname),
          ),
        { message: query },
      )
      .toContainEqual(expect.stringMatching(wanted));
  }
});

test('search opens by keyboard, in Chinese, and is fetched only then', async ({ page }) => {
  const fetched: string[] = [];
  page.on('request', (request) => fetched.push(new URL(request.url()).pathname));
  await page.goto('/mirror/what/');
  await page.waitForLoadState('networkidle');
  expect(fetched.filter((path) => path.includes('pagefind'))).toEqual([]);

  await page.keyboard.press('Control+k');
  const input = page.getByPlaceholder('搜索');
  await expect(input).toBeFocused();
  await input.fill('代理');
  await expect(page.locator('.pagefind-ui__message')).toContainText('条结果');
  await expect(page.getByRole('button', { name: '清除' })).toBeVisible();
  await expectAccessible(page);
  await page.keyboard.press('Escape');
  await expect(page.locator('site-search dialog')).toBeHidden();
});

test('search says so when nothing is found', async ({ page }) => {
  await page.goto('/');
  await page.keyboard.press('Control+k');
  await page.getByPlaceholder('搜索').fill('龘靐齉');
  await expect(page.locator('.pagefind-ui__message')).toContainText('没有找到');
});
