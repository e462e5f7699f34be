import { expect, test } from './fixtures.ts';

const tools = ['diagnose', 'config', 'noproxy', 'mirrors'] as const;

/** What would run, load or fill itself in if any output were built from text. */
const payloads = [
  '<img src=x onerror="window.__ran=1">',
  '"><script>window.__ran=1</script>',
  'javascript:window.__ran=1',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: it must arrive as it stands
  '${window.__ran=1} {{constructor.constructor("window.__ran=1")()}}',
  '</textarea><svg onload=window.__ran=1>',
];

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
  test(`${tool}: pasted text stays text`, async ({ page }) => {
    await page.goto(`/tools/${tool}/`);
    await expect(page.locator('astro-island[ssr]')).toHaveCount(0);
    for (const payload of payloads) {
      const fields = page.locator(
        'main :is(textarea, input[type=text], input[type=url], input:not([type])):visible:enabled:not([readonly])',
      );
      for (let index = 0; index < (await fields.count()); index++)
        await fields
          .nth(index)
          .fill(payload, { timeout: 2000 })
          .catch(() => {});
      await page.waitForTimeout(300);
      const state = await page.evaluate(() => ({
        ran: '__ran' in window,
        images: document.querySelectorAll('main img[src="x"], main svg[onload]').length,
        links: document.querySelectorAll('main a[href^="javascript:"]').length,
      }));
      expect(state, payload).toEqual({ ran: false, images: 0, links: 0 });
    }
  });

  test(`${tool}: a hostile link does nothing`, async ({ page }) => {
    for (const payload of payloads) {
      await page.goto('about:blank');
      await page.goto(
        `/tools/${tool}/#v=1&q=${encodeURIComponent(payload)}&np=${encodeURIComponent(payload)}&mirrors=${encodeURIComponent(payload)}`,
      );
      await expect(page.locator('astro-island[ssr]')).toHaveCount(0);
      expect(await page.evaluate(() => '__ran' in window)).toBe(false);
    }
  });
}

test('nothing typed is kept but what the privacy page names', async ({ page, context }) => {
  await page.goto('/tools/diagnose/');
  await expect(page.locator('astro-island[ssr]')).toHaveCount(0);
  await page
    .getByRole('textbox')
    .first()
    .fill('x509: certificate signed by unknown authority s3cret');
  await page.waitForTimeout(500);
  expect(await context.cookies()).toEqual([]);
  const kept = await page.evaluate(() =>
    JSON.stringify([{ ...localStorage }, { ...sessionStorage }]),
  );
  expect(kept).not.toContain('s3cret');
  expect(page.url()).not.toContain('s3cret');
  expect(await page.title()).not.toContain('s3cret');
});
