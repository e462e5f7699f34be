import type { Page } from '@playwright/test';
import { expect, expectAlive, test } from './fixtures.ts';

const tools = ['diagnose', 'config', 'noproxy', 'mirrors'] as const;
type Tool = (typeof tools)[number];

/** Opens everything a tool can show, so that each of its fields takes text. */
const openings: Readonly<Record<Tool, { hash: string; fields: number }>> = {
  diagnose: { hash: '', fields: 1 },
  config: {
    hash: 'v=1&for=custom&scope=daemon,cli,build,run&http=http://a.test:1&mirror=https://b.test&registry=ghcr.io https://c.test&no=d.test&insecure=e.test&dns=1.1.1.1&ca=f.test',
    fields: 15,
  },
  noproxy: { hash: 'v=1&split=1&http=http://a.test:1', fields: 8 },
  mirrors: { hash: 'v=1&own=https://a.test', fields: 3 },
};

/** Every parameter that a tool's link knows; an unknown one is reported to the reader by the generator. */
const parameters: Readonly<Record<Tool, string>> = {
  diagnose: 'r p',
  config:
    'for where engine store containerd mirror registry http https all no scope proxyfile ca insecure downloads uploads attempts dns gc keep maxused minfree experimental liverestore debug dial wslnet wslproxy wsldns wslfirewall',
  noproxy: 'no http https all split NO HTTP HTTPS ALL java to mirror every',
  mirrors: 'try own image digest',
};

/** What would run, load or fill itself in if any output were built from text. */
const payloads = [
  '<img src=x onerror="window.__ran=1">',
  '"><script>window.__ran=1</script>',
  'javascript:window.__ran=1',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: it must arrive as it stands
  '${window.__ran=1} {{constructor.constructor("window.__ran=1")()}}',
  '</textarea><svg onload=window.__ran=1>',
];

async function open(page: Page, tool: Tool, hash: string): Promise<void> {
  // A new document each time: a changed hash alone would keep the page.
  await page.goto('about:blank');
  await page.goto(`/tools/${tool}/${hash && `#${hash}`}`);
  await expectAlive(page);
  // The link's values may still be on their way into the form and bring more to open.
  await expect
    .poll(() =>
      page.locator('main details:not([open])').evaluateAll((closed) => {
        for (const one of closed as HTMLDetailsElement[]) one.open = true;
        return closed.length;
      }),
    )
    .toBe(0);
}

/** Types a text into every field in view at once; how many there were. */
function fillAll(page: Page, text: string): Promise<number> {
  return page
    .locator(
      'main :is(textarea, input:not([type]), input[type=text], input[type=url], input[type=search]):visible:enabled:not([readonly])',
    )
    .evaluateAll((fields, value) => {
      for (const field of fields as (HTMLInputElement | HTMLTextAreaElement)[]) {
        field.value = value;
        field.dispatchEvent(new InputEvent('input', { bubbles: true }));
        field.dispatchEvent(new Event('change', { bubbles: true }));
      }
      return fields.length;
    }, text);
}

/** What of a payload has come alive in the page: nothing may. */
async function expectInert(page: Page, payload: string): Promise<void> {
  const alive = await page.evaluate(() => ({
    ran: '__ran' in window,
    elements: document.querySelectorAll('img[src="x"], svg[onload]').length,
    scripts: [...document.scripts].filter(({ text }) => text.includes('__ran')).length,
    links: document.querySelectorAll('[href^="javascript:"], [src^="javascript:"]').length,
  }));
  expect(alive, payload).toEqual({ ran: false, elements: 0, scripts: 0, links: 0 });
}

test('every page carries its policy before anything else', async ({ page }) => {
  for (const path of ['/', '/mirror/what/', ...tools.map((tool) => `/tools/${tool}/`)]) {
    await page.goto(path);
    const policy = await page
      .locator('head > meta[http-equiv=content-security-policy]')
      .getAttribute('content');
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toContain("'unsafe-eval'");
    expect(policy).not.toMatch(/script-src[^;]*'unsafe-inline'/);
    expect(policy).toContain(
      path === '/tools/mirrors/' ? "connect-src 'self' https:;" : "connect-src 'self';",
    );
  }
});

test('the policy holds: a foreign request and an injected script are refused', async ({ page }) => {
  // These faults are made on purpose.
  page.removeAllListeners('console');
  page.removeAllListeners('pageerror');
  page.removeAllListeners('request');
  await page.goto('/tools/diagnose/');
  const refused = await page.evaluate(async () => {
    const script = document.createElement('script');
    script.textContent = 'window.__ran = 1';
    document.body.append(script);
    const fetched = await fetch('https://example.com/').then(
      () => true,
      () => false,
    );
    return { fetched, ran: '__ran' in window };
  });
  expect(refused).toEqual({ fetched: false, ran: false });
});

for (const tool of tools) {
  test(`${tool}: pasted text stays text in every field`, async ({ page }) => {
    test.slow();
    const { hash, fields: least } = openings[tool];
    await open(page, tool, hash);
    for (const payload of payloads) {
      await expect.poll(() => fillAll(page, payload)).toBeGreaterThanOrEqual(least);
      await page.waitForTimeout(300);
      await expectInert(page, payload);
    }
  });

  test(`${tool}: a hostile link does nothing`, async ({ page }) => {
    for (const payload of payloads) {
      const hash = parameters[tool]
        .split(' ')
        .map((name) => `${name}=${encodeURIComponent(payload)}`)
        .join('&');
      await open(page, tool, `v=1&${hash}`);
      if (tool === 'config') await expect(page.getByText('不认识的参数')).toHaveCount(0);
      await expectInert(page, payload);
    }
  });
}

test('a finding quotes a hostile log as it stands', async ({ page }) => {
  await open(page, 'diagnose', '');
  for (const payload of payloads) {
    await page
      .getByRole('textbox')
      .first()
      .fill(`Get "https://${payload}/v2/": x509: certificate signed by unknown authority`);
    await expect(page.locator('main a[href*="/errors/tls-unknown-ca/"]').first()).toBeVisible();
    await expect(page.locator('main')).toContainText(payload);
    await expectInert(page, payload);
  }
});

test('a file’s name is text, too', async ({ page }) => {
  await open(page, 'diagnose', '');
  await page
    .locator('input[type=file]')
    .first()
    .setInputFiles({
      name: '<img src=x onerror=window.__ran=1>.log',
      mimeType: 'text/plain',
      buffer: Buffer.from('x509: certificate signed by unknown authority'),
    });
  await expect(page.locator('main a[href*="/errors/tls-unknown-ca/"]').first()).toBeVisible();
  await expectInert(page, 'file name');
});

test('the home page’s box and the search show text as text', async ({ page }) => {
  await page.goto('/');
  await expectAlive(page);
  await page.keyboard.press('Control+k');
  for (const payload of payloads) {
    await page.getByPlaceholder('搜索').fill(payload);
    await expect(page.locator('.pagefind-ui__message')).toContainText('「');
    await expectInert(page, payload);
  }
  await page.keyboard.press('Escape');
  for (const payload of payloads) {
    await page.locator('main textarea').fill(payload);
    await page.waitForTimeout(100);
    await expectInert(page, payload);
  }
});

test('nothing typed is sent, or kept but what the privacy page names', async ({
  page,
  context,
}) => {
  const sent: string[] = [];
  page.on('request', (request) => {
    if (request.method() !== 'GET' || request.postData() !== null || /s3cret/.test(request.url()))
      sent.push(`${request.method()} ${request.url()}`);
  });
  for (const tool of tools) {
    await open(page, tool, openings[tool].hash);
    await expect
      .poll(() => fillAll(page, 'http://someone:s3cret@proxy.test:3128'))
      .toBeGreaterThanOrEqual(openings[tool].fields);
    await page.waitForTimeout(500);
    const kept = await page.evaluate(() => ({
      names: [...Object.keys(localStorage), ...Object.keys(sessionStorage)],
      text: JSON.stringify([{ ...localStorage }, { ...sessionStorage }]),
    }));
    expect(await context.cookies()).toEqual([]);
    expect(
      kept.names.filter(
        (name) => !/^(?:starlight-(?:theme|synced-tabs)|sl-sidebar-state)/.test(name),
      ),
    ).toEqual([]);
    for (const text of [kept.text, page.url(), await page.title()])
      expect(text, tool).not.toContain('s3cret');
  }
  expect(sent).toEqual([]);
});
