import type { ProbeEffects, ProbeInit } from '../../../src/core/mirrors/prober.ts';

/** What a fake host does with a request. */
export type Behaviour = { after: number; end: 'answer' | 'error' } | { after: number; end: 'hang' };

export interface Sent {
  readonly url: string;
  readonly host: string;
  readonly at: number;
  readonly init: ProbeInit;
  aborted: boolean;
  settledAt?: number;
}

/**
 * A network and a clock under the test's hand: time moves only when `advance` is called, and then
 * every timer due fires in order.
 */
export function createFakeNetwork(
  behave: (host: string, count: number) => Behaviour,
  random: () => number = () => 0.5,
) {
  let time = 0;
  let sequence = 0;
  let timers: { at: number; order: number; fire: () => void }[] = [];
  const sent: Sent[] = [];
  const counts = new Map<string, number>();
  let online = true;

  const at = (ms: number, fire: () => void) => {
    sequence += 1;
    const timer = { at: time + ms, order: sequence, fire };
    timers.push(timer);
    return () => {
      timers = timers.filter((other) => other !== timer);
    };
  };

  const effects: ProbeEffects = {
    now: () => time,
    random,
    online: () => online,
    sleep: (ms, signal) =>
      new Promise((resolve) => {
        if (signal.aborted) return resolve();
        const drop = at(ms, resolve);
        signal.addEventListener('abort', () => {
          drop();
          resolve();
        });
      }),
    fetch: (url, init) =>
      new Promise((resolve, reject) => {
        const { host } = new URL(url);
        const count = (counts.get(host) ?? 0) + 1;
        counts.set(host, count);
        const record: Sent = { url, host, at: time, init, aborted: false };
        sent.push(record);
        const behaviour = behave(host, count);
        const drop =
          behaviour.end === 'hang'
            ? () => {}
            : at(behaviour.after, () => {
                record.settledAt = time;
                if (behaviour.end === 'answer') resolve({});
                else reject(new TypeError('Failed to fetch'));
              });
        init.signal.addEventListener('abort', () => {
          if (record.settledAt !== undefined) return;
          drop();
          record.aborted = true;
          record.settledAt = time;
          reject(new DOMException('aborted', 'AbortError'));
        });
      }),
  };

  async function settle() {
    for (let i = 0; i < 50; i += 1) await Promise.resolve();
  }

  return {
    effects,
    sent,
    setOnline: (value: boolean) => {
      online = value;
    },
    /** Requests to the mirrors, the control request left out. */
    toHost: (host: string) => sent.filter((record) => record.host === host),
    inFlight: () => sent.filter((record) => record.settledAt === undefined),
    async advance(ms: number) {
      const end = time + ms;
      await settle();
      for (;;) {
        const due = timers
          .filter((timer) => timer.at <= end)
          .sort((a, b) => a.at - b.at || a.order - b.order)[0];
        if (due === undefined) break;
        timers = timers.filter((other) => other !== due);
        time = Math.max(time, due.at);
        due.fire();
        await settle();
      }
      time = end;
      await settle();
    },
  };
}
