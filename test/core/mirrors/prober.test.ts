import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createProber, type ProbeEvent } from '../../../src/core/mirrors/prober.ts';
import { readTarget } from '../../../src/core/mirrors/target.ts';
import { type Behaviour, createFakeNetwork } from './fake-network.ts';

const SITE = 'https://guide.test/favicon.svg';
const page = { hostname: 'guide.test', allowLocal: false };
const targetsOf = (...urls: string[]) => urls.map((url) => readTarget(url, page));
const answer = (after: number): Behaviour => ({ after, end: 'answer' });
const error = (after = 5): Behaviour => ({ after, end: 'error' });
const hang: Behaviour = { after: 0, end: 'hang' };

/** Hosts by first label; the site itself answers unless told otherwise. */
function world(hosts: Record<string, Behaviour | ((count: number) => Behaviour)>) {
  return createFakeNetwork((host, count) => {
    const name = host.split('.')[0] ?? '';
    const behaviour = hosts[name] ?? (name === 'guide' ? answer(10) : error());
    return typeof behaviour === 'function' ? behaviour(count) : behaviour;
  });
}

describe('a run', () => {
  it('makes one first connection and five samples to each host, one at a time', async () => {
    const net = world({ fast: (count) => answer(count === 1 ? 300 : 80), slow: answer(400) });
    const prober = createProber(net.effects, { controlUrl: SITE });
    const run = prober.run(targetsOf('https://fast.cn', 'https://slow.cn'));
    await net.advance(20_000);
    const report = await run;

    expect(report.outcome).toBe('answered');
    expect(report.control).toBe(true);
    const [fast, slow] = report.hosts;
    expect(fast?.samples.map((s) => [s.ms, s.first ?? false])).toEqual([
      [300, true],
      [80, false],
      [80, false],
      [80, false],
      [80, false],
      [80, false],
    ]);
    expect(slow?.samples).toHaveLength(6);
    for (const host of ['fast.cn', 'slow.cn']) {
      const list = net.toHost(host);
      list.slice(1).forEach((request, i) => {
        const gap = request.at - (list[i]?.settledAt ?? 0);
        expect(gap).toBeGreaterThanOrEqual(150);
        expect(gap).toBeLessThanOrEqual(300);
      });
    }
  });

  it('asks as a stranger: no credentials, no cache, no referrer, and a new address each time', async () => {
    const net = world({ fast: answer(50) });
    const run = createProber(net.effects, { controlUrl: SITE }).run(targetsOf('https://fast.cn'));
    await net.advance(10_000);
    await run;
    for (const { init } of net.toHost('fast.cn')) {
      expect(init).toMatchObject({
        method: 'GET',
        mode: 'no-cors',
        credentials: 'omit',
        cache: 'no-store',
        referrerPolicy: 'no-referrer',
      });
    }
    const urls = net.sent.map((request) => request.url);
    expect(new Set(urls).size).toBe(urls.length);
    expect(net.toHost('guide.test')[0]?.init).toMatchObject({
      method: 'HEAD',
      mode: 'same-origin',
    });
  });

  it('lets an abort reach the network before it asks the next host', async () => {
    const net = world({ a: answer(100), b: hang, c: answer(30), d: error() });
    const aborts: number[] = [];
    const effects = {
      ...net.effects,
      fetch: (...[url, init]: Parameters<typeof net.effects.fetch>) => {
        // The control request goes to the page's own site.
        if (!url.startsWith(SITE)) {
          init.signal.addEventListener('abort', () => aborts.push(net.effects.now()));
        }
        return net.effects.fetch(url, init);
      },
    };
    const urls = ['https://a.cn', 'https://b.cn', 'https://c.cn', 'https://d.cn'];
    const run = createProber(effects, { controlUrl: SITE, concurrency: 1 }).run(targetsOf(...urls));
    await net.advance(60_000);
    await run;
    const asked = net.sent.filter(({ host }) => host !== 'guide.test').map(({ at }) => at);
    expect(aborts.length).toBeGreaterThanOrEqual(asked.length);
    for (const at of asked) {
      for (const aborted of aborts) {
        expect(at < aborted || at - aborted >= 50, `${at} after ${aborted}`).toBe(true);
      }
    }
  });

  it('gives up on a request after five seconds, and on a host after three', async () => {
    const net = world({ dead: hang, refused: error(3) });
    const run = createProber(net.effects, { controlUrl: SITE }).run(
      targetsOf('https://dead.cn', 'https://refused.cn'),
    );
    await net.advance(60_000);
    const report = await run;
    expect(report.outcome).toBe('all-silent');
    expect(report.hosts.map((h) => h.verdict)).toEqual(['silent', 'silent']);
    expect(report.hosts[0]?.samples.map((s) => [s.ms, s.failure])).toEqual(
      Array(3).fill([5000, 'timeout']),
    );
    expect(report.hosts[1]?.samples.map((s) => s.failure)).toEqual(Array(3).fill('error'));
    expect(net.toHost('dead.cn').every((request) => request.aborted)).toBe(true);
  });

  it('keeps going when only some requests fail', async () => {
    const net = world({ shaky: (count) => (count % 2 === 0 ? error() : answer(90)) });
    const run = createProber(net.effects, { controlUrl: SITE }).run(targetsOf('https://shaky.cn'));
    await net.advance(60_000);
    const [host] = (await run).hosts;
    expect(host?.verdict).toBe('answers');
    expect(host?.samples.map((s) => s.ok)).toEqual([true, false, true, false, true, false]);
  });

  it('tells offline from every mirror failing', async () => {
    const net = world({ guide: error(), a: error(), b: error() });
    const run = createProber(net.effects, { controlUrl: SITE }).run(
      targetsOf('https://a.cn', 'https://b.cn'),
    );
    await net.advance(60_000);
    expect(await run).toMatchObject({ outcome: 'offline', control: false });
  });

  it('counts as online when a mirror answers though this site does not', async () => {
    const net = world({ guide: error(), a: answer(50) });
    const run = createProber(net.effects, { controlUrl: SITE }).run(targetsOf('https://a.cn'));
    await net.advance(60_000);
    expect(await run).toMatchObject({ outcome: 'answered', control: false });
  });

  it('sends nothing when the browser says that it is offline', async () => {
    const net = world({ a: answer(50) });
    net.setOnline(false);
    const prober = createProber(net.effects, { controlUrl: SITE });
    expect((await prober.run(targetsOf('https://a.cn'))).outcome).toBe('offline');
    expect(net.sent).toEqual([]);
    expect(prober.cooldownLeft()).toBe(0);
  });

  it('sends nothing for what a browser cannot measure', async () => {
    const net = world({});
    const prober = createProber(net.effects, { controlUrl: SITE });
    const report = await prober.run(targetsOf('http://a.cn', 'https://10.0.0.1', '<ID>.b.cn', ''));
    expect(report.outcome).toBe('nothing');
    expect(report.hosts.map((h) => h.verdict)).toEqual(Array(4).fill('unmeasurable'));
    expect(net.sent).toEqual([]);
  });

  it('measures three hosts at once, in an order that random decides', async () => {
    const urls = ['a', 'b', 'c', 'd', 'e', 'f'].map((name) => `https://${name}.cn`);
    const orders = new Set<string>();
    for (const seed of [0, 0.35, 0.7, 0.99]) {
      const net = createFakeNetwork(
        () => answer(100),
        () => seed,
      );
      const run = createProber(net.effects, { controlUrl: SITE }).run(targetsOf(...urls));
      await net.advance(150);
      expect(net.inFlight().length).toBeLessThanOrEqual(3);
      const hosts = [...new Set(net.sent.map((r) => r.host))].filter((h) => h !== 'guide.test');
      expect(hosts).toHaveLength(3);
      await net.advance(60_000);
      await run;
      orders.add([...new Set(net.sent.map((r) => r.host))].join());
    }
    expect(orders.size).toBeGreaterThan(1);
  });

  it('shares one budget among addresses of one host', async () => {
    const net = world({ a: answer(50) });
    const run = createProber(net.effects, { controlUrl: SITE }).run(
      targetsOf('https://a.cn/one', 'https://a.cn/two', 'https://a.cn/one/'),
    );
    await net.advance(60_000);
    await run;
    expect(net.toHost('a.cn')).toHaveLength(8);
  });
});

describe('cancel', () => {
  it('aborts what is under way and sends nothing more', async () => {
    const net = world({ a: answer(1000), b: hang, c: answer(1000), d: answer(1000) });
    const events: ProbeEvent[] = [];
    const prober = createProber(net.effects, { controlUrl: SITE });
    const run = prober.run(
      targetsOf('https://a.cn', 'https://b.cn', 'https://c.cn', 'https://d.cn'),
      (event) => events.push(event),
    );
    await net.advance(1500);
    const before = net.sent.length;
    const samplesBefore = events.filter((event) => event.type === 'sample').length;
    prober.cancel();
    await net.advance(0);
    expect(net.inFlight()).toEqual([]);
    await net.advance(60_000);
    expect(net.sent).toHaveLength(before);
    expect(events.filter((event) => event.type === 'sample')).toHaveLength(samplesBefore);
    const report = await run;
    expect(report.outcome).toBe('cancelled');
    expect(report.hosts.map((h) => h.verdict)).toContain('cut');
    expect(prober.isRunning()).toBe(false);
  });

  it('works while paused', async () => {
    const net = world({ a: answer(50) });
    const prober = createProber(net.effects, { controlUrl: SITE });
    const run = prober.run(targetsOf('https://a.cn'));
    await net.advance(100);
    prober.pause('reader');
    await net.advance(5000);
    prober.cancel();
    await net.advance(0);
    expect((await run).outcome).toBe('cancelled');
  });
});

describe('pause', () => {
  it('holds back requests until resumed', async () => {
    const net = world({ a: answer(50) });
    const prober = createProber(net.effects, { controlUrl: SITE });
    const run = prober.run(targetsOf('https://a.cn'));
    await net.advance(300);
    prober.pause('reader');
    await net.advance(1000);
    const held = net.sent.length;
    await net.advance(60_000);
    expect(net.sent).toHaveLength(held);
    prober.resume('reader');
    await net.advance(10_000);
    expect((await run).hosts[0]?.samples).toHaveLength(6);
  });

  it('needs every reason lifted', async () => {
    const net = world({ a: answer(50) });
    const prober = createProber(net.effects, { controlUrl: SITE });
    const run = prober.run(targetsOf('https://a.cn'));
    await net.advance(300);
    prober.pause('reader');
    prober.pause('hidden');
    await net.advance(1000);
    const held = net.sent.length;
    prober.resume('reader');
    await net.advance(60_000);
    expect(net.sent).toHaveLength(held);
    prober.resume('hidden');
    await net.advance(10_000);
    await run;
  });

  it('throws a sample away that was taken while the tab was hidden, within the budget', async () => {
    const net = world({ a: answer(200) });
    const prober = createProber(net.effects, { controlUrl: SITE });
    const run = prober.run(targetsOf('https://a.cn'));
    await net.advance(100);
    expect(net.inFlight().map((request) => request.host)).toEqual(['a.cn']);
    prober.pause('hidden');
    await net.advance(5000);
    prober.resume('hidden');
    await net.advance(10_000);
    const [host] = (await run).hosts;
    expect(host?.samples).toHaveLength(6);
    expect(host?.requests).toBe(7);
    expect(host?.samples[0]?.first).toBe(true);
  });
});

describe('cool-down', () => {
  it('lasts 60 s after a run, cancelled or not', async () => {
    const net = world({ a: answer(50) });
    const prober = createProber(net.effects, { controlUrl: SITE });
    const targets = targetsOf('https://a.cn');
    const first = prober.run(targets);
    await expect(prober.run(targets)).rejects.toThrow('under way');
    await net.advance(500);
    prober.cancel();
    await net.advance(0);
    await first;
    expect(prober.cooldownLeft()).toBe(60_000);
    await expect(prober.run(targets)).rejects.toThrow('cool-down');
    await net.advance(59_999);
    expect(prober.cooldownLeft()).toBe(1);
    await net.advance(1);
    const second = prober.run(targets);
    await net.advance(10_000);
    expect((await second).outcome).toBe('answered');
  });
});

it('keeps every limit whatever the hosts, the reader and the tab do', async () => {
  const behaviour = fc.oneof(
    fc.record({
      after: fc.integer({ min: 0, max: 7000 }),
      end: fc.constantFrom('answer', 'error'),
    }),
    fc.constant(hang),
  ) as fc.Arbitrary<Behaviour>;
  const step = fc.tuple(
    fc.integer({ min: 0, max: 3000 }),
    fc.constantFrom('pause', 'resume', 'hide', 'show', 'nothing'),
  );
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(behaviour, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 6 }),
      fc.array(step, { maxLength: 8 }),
      fc.double({ min: 0, max: 0.999, noNaN: true }),
      async (hosts, steps, seed) => {
        const net = createFakeNetwork(
          (host, count) => {
            const list = hosts[Number(/^h(\d+)/.exec(host)?.[1] ?? -1)];
            return list?.[count % list.length] ?? answer(5);
          },
          () => seed,
        );
        const prober = createProber(net.effects, { controlUrl: SITE });
        const run = prober.run(targetsOf(...hosts.map((_, i) => `https://h${i}.cn`)));
        for (const [wait, action] of steps) {
          await net.advance(wait);
          expect(net.inFlight().length).toBeLessThanOrEqual(3);
          if (action === 'pause') prober.pause('reader');
          if (action === 'resume') prober.resume('reader');
          if (action === 'hide') prober.pause('hidden');
          if (action === 'show') prober.resume('hidden');
        }
        prober.resume('reader');
        prober.resume('hidden');
        await net.advance(600_000);
        const report = await run;
        hosts.forEach((_, i) => {
          const requests = net.toHost(`h${i}.cn`);
          expect(requests.length).toBeLessThanOrEqual(8);
          expect(report.hosts[i]?.requests).toBe(requests.length);
          expect(report.hosts[i]?.samples.length).toBeLessThanOrEqual(6);
        });
        expect(net.toHost('guide.test').length).toBeLessThanOrEqual(2);
        expect(net.inFlight()).toEqual([]);
      },
    ),
    { numRuns: 60 },
  );
});
