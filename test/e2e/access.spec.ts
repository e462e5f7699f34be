import { expect, expectAlive, expectNoSidewaysScroll, sharedPageTest as test } from './fixtures.ts';

/** One page of each kind, and a tool with an answer on it. */
const paths = [
  '/',
  '/proxy/systemd/',
  '/mirror/sources/',
  '/tools/diagnose/',
  '/tools/config/#v=1&for=proxy&http=http://127.0.0.1:10808',
  '/tools/noproxy/',
  '/tools/mirrors/',
];

test.beforeEach(async ({ sharedPage: page }) => {
  await page.emulateMedia({ media: 'screen', reducedMotion: null, forcedColors: null });
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.goto('about:blank');
});

for (const path of paths) {
  test(`${path}: every name a screen reader says is Chinese or a term`, async ({
    sharedPage: page,
  }) => {
    await page.goto(path);
    await expectAlive(page);
    expect(await page.locator('html').getAttribute('lang')).toBe('zh-CN');
    const names = await page.evaluate(() =>
      [
        ...document.querySelectorAll('button, a, summary, [aria-label], [title], img, .sr-only'),
      ].map(
        (element) =>
          element.getAttribute('aria-label') ??
          element.getAttribute('title') ??
          element.getAttribute('alt') ??
          element.textContent ??
          '',
      ),
    );
    expect(names.length).toBeGreaterThan(20);
    // Words of an interface, not names of programs, files or hosts.
    const english =
      /\b(?:copy|copied|search|menu|close|open|toggle|skip|theme|dark|light|auto|page|section|link|clear|load|next|previous|note|tip|caution|danger|select|on this|terminal window)\b/i;
    expect(names.filter((name) => english.test(name) && !/[\u4e00-\u9fff]/.test(name))).toEqual([]);
  });

  test(`${path}: keyboard order, and a ring around what has focus`, async ({
    sharedPage: page,
  }) => {
    await page.goto(path);
    await expectAlive(page);
    await page.keyboard.press('Tab');
    await expect(page.locator(':focus')).toHaveText('跳转到内容');
    const unseen: string[] = [];
    for (let count = 0; count < 40; count++) {
      await page.keyboard.press('Tab');
      const fault = await page.evaluate(() => {
        const element = document.activeElement;
        if (!element || element === document.body) return undefined;
        const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element);
        const ring = outlineStyle !== 'none' && Number.parseFloat(outlineWidth) > 0;
        const { width, top, bottom } = element.getBoundingClientRect();
        const inView = width > 0 && bottom > 0 && top < innerHeight;
        return (ring || boxShadow !== 'none') && inView
          ? undefined
          : element.outerHTML.slice(0, 120);
      });
      if (fault) unseen.push(fault);
    }
    expect(unseen).toEqual([]);
    const jumps = await page.evaluate(
      () =>
        [...document.querySelectorAll<HTMLElement>('[tabindex]')].filter((e) => e.tabIndex > 0)
          .length,
    );
    expect(jumps, 'positive tabindex').toBe(0);
  });

  test(`${path}: text at twice its size, on half a window`, async ({ sharedPage: page }) => {
    await page.goto(path);
    await expectAlive(page);
    await page.evaluate(() => {
      document.documentElement.style.fontSize = '200%';
    });
    for (const width of [1280, 640]) {
      await page.setViewportSize({ width, height: 800 });
      await expectNoSidewaysScroll(page);
      // The columns beside the text must not squeeze it to a character a line.
      const columns = await page.evaluate(() => {
        const text = document.querySelector('main .sl-markdown-content');
        const letter = Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
        return (text?.getBoundingClientRect().width ?? 0) / letter;
      });
      expect(columns, 'characters in a line').toBeGreaterThan(14);
    }
  });

  test(`${path}: nothing moves where the reader wants stillness`, async ({ sharedPage: page }) => {
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await page.goto(path);
    await expectAlive(page);
    const moving = await page.evaluate(() =>
      [...document.querySelectorAll('*')].flatMap((element) =>
        [null, '::before', '::after'].flatMap((part) => {
          const style = getComputedStyle(element, part);
          const seconds = `${style.transitionDuration},${style.animationDuration}`.split(',');
          const moves =
            seconds.some((time) => Number.parseFloat(time) > 0) ||
            style.scrollBehavior === 'smooth';
          return moves ? [`${element.tagName} ${part ?? ''}`] : [];
        }),
      ),
    );
    expect([...new Set(moving)]).toEqual([]);
  });

  test(`${path}: prints its content, dark on light, and none of the site around it`, async ({
    sharedPage: page,
  }) => {
    await page.goto(path);
    await expectAlive(page);
    await page.evaluate(() => {
      document.documentElement.dataset.theme = 'dark';
    });
    await page.setViewportSize({ width: 794, height: 1123 });
    await page.emulateMedia({ media: 'print' });
    for (const around of ['#starlight__sidebar', 'site-search button', 'starlight-toc'])
      await expect(page.locator(around).locator('visible=true')).toHaveCount(0);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    const faults = await page.evaluate(() => {
      const light = (color: string) => {
        const [red = 0, green = 0, blue = 0, alpha = 1] = (color.match(/[\d.]+/g) ?? []).map(
          Number,
        );
        return alpha === 0 || 0.3 * red + 0.6 * green + 0.1 * blue > 128;
      };
      const main = document.querySelector('main') ?? document.body;
      return {
        dark: [...main.querySelectorAll('p, li, td, pre, section, aside')]
          .filter((element) => !light(getComputedStyle(element).backgroundColor))
          .map(({ outerHTML }) => outerHTML.slice(0, 80)),
        pale: [...main.querySelectorAll('h1, h2, p, li, td')]
          .filter((element) => light(getComputedStyle(element).color))
          .map(({ outerHTML }) => outerHTML.slice(0, 80)),
        cut: [...main.querySelectorAll('pre')]
          .filter(
            (element) => element.clientWidth > 0 && element.scrollWidth > element.clientWidth + 1,
          )
          .map(({ outerHTML }) => outerHTML.slice(0, 80)),
      };
    });
    expect(faults).toEqual({ dark: [], pale: [], cut: [] });
  });
}

const forms = [
  { path: '/tools/config/', label: '镜像源 1', value: 'https://mine.example' },
  { path: '/tools/noproxy/', label: 'NO_PROXY', value: 'mine.example' },
  {
    path: '/tools/mirrors/',
    label: '自己的镜像源，或粘贴 daemon.json',
    value: 'https://mine.example',
  },
];

for (const { path, label, value } of forms) {
  test(`${path}: skipping to the content, or to a heading, keeps what was filled in`, async ({
    sharedPage: page,
  }) => {
    await page.goto(path);
    await expectAlive(page);
    const field = page.getByLabel(label, { exact: true });
    await field.fill(value);
    await expect(page).toHaveURL(/mine\.example/);
    await page.getByRole('link', { name: '跳转到内容' }).focus();
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(/mine\.example/);
    await expect(field).toHaveValue(value);
    // And in the other order: what the page was opened at is no state.
    await page.goto('about:blank');
    await page.goto(`${path}#_top`);
    await expectAlive(page);
    await expect(page.getByText(/不认识的参数/)).toHaveCount(0);
    await expect(field).toBeVisible();
  });
}

test('the tester prints all its answers', async ({ sharedPage: page }) => {
  await page.goto('/tools/noproxy/');
  await expectAlive(page);
  const region = page.getByRole('region', { name: '结果表' });
  const answers = await region.locator('tbody button').count();
  expect(answers).toBeGreaterThan(50);
  await page.emulateMedia({ media: 'print' });
  await expect(region.locator('tbody button').locator('visible=true')).toHaveCount(answers);
  const hidden = await region.evaluate(({ scrollHeight, clientHeight }) => [
    scrollHeight,
    clientHeight,
  ]);
  expect(hidden[0]).toBe(hidden[1]);
});

test('in forced colours the chosen and the focused still show', async ({ sharedPage: page }) => {
  await page.emulateMedia({ forcedColors: 'active' });
  await page.goto('/tools/config/');
  await expectAlive(page);
  // A native radio shows its state in the system's colours; one drawn by backgrounds alone would not.
  const drawn = await page
    .locator('main :is(input[type=radio], input[type=checkbox]):visible')
    .evaluateAll(
      (inputs) => inputs.filter((input) => getComputedStyle(input).appearance === 'none').length,
    );
  expect(drawn).toBe(0);
  const button = page.locator('main button:visible').first();
  await button.focus();
  await page.keyboard.press('Shift+Tab');
  await page.keyboard.press('Tab');
  const outline = await page.evaluate(
    () => getComputedStyle(document.activeElement ?? document.body).outlineStyle,
  );
  expect(outline).not.toBe('none');
});

for (const path of [
  '/tools/config/#v=1&for=proxy&http=http://127.0.0.1:10808',
  '/tools/noproxy/#v=1&no=.corp.test&to=https://git.corp.test',
]) {
  test(`${path}: what sticks to a phone's window never hides all of what has focus`, async ({
    sharedPage: page,
  }) => {
    await page.setViewportSize({ width: 390, height: 740 });
    await page.goto(path);
    await expectAlive(page);
    const cell = page.locator('.np-cell').first();
    if (path.includes('noproxy')) {
      await cell.click();
      await expect(page.locator('.np-why-pinned')).toBeVisible();
    }
    const hidden = await page.evaluate(() => {
      const found: string[] = [];
      const targets = document.querySelectorAll<HTMLElement>(
        'main :is(a, button, input, select, summary, textarea, [tabindex])',
      );
      for (const target of targets) {
        if (target.tabIndex < 0 || target.matches(':disabled') || !target.checkVisibility())
          continue;
        // To the foot of the window, in view as far as the browser can tell.
        target.scrollIntoView({ block: 'nearest', behavior: 'instant' });
        const below = innerHeight - 24 - target.getBoundingClientRect().bottom;
        scrollBy({ top: -below, behavior: 'instant' });
        target.focus();
        const { left, top, width, height } = target.getBoundingClientRect();
        const parts = [0.1, 0.5, 0.9];
        const seen = parts.some((x) =>
          parts.some((y) => {
            const there = document.elementFromPoint(left + x * width, top + y * height);
            return there !== null && (target.contains(there) || there.contains(target));
          }),
        );
        if (!seen) found.push(target.outerHTML.slice(0, 120));
      }
      return found;
    });
    expect(hidden).toEqual([]);
  });
}
