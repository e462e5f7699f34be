import type { Sample } from './statistics.ts';
import { probeUrl, type Target } from './target.ts';

/** Everything that reaches outside: the browser's in the page, a fake one in tests. */
export interface ProbeEffects {
  /** Settles when the answer is there; rejects on any network error, and soon after an abort. */
  fetch(url: string, init: ProbeInit): Promise<unknown>;
  /** A monotonic clock, milliseconds. */
  now(): number;
  /** Uniform in [0, 1). */
  random(): number;
  /** Resolves after `ms`, or at once when the signal aborts. */
  sleep(ms: number, signal: AbortSignal): Promise<void>;
  /** Whether the browser believes that it has a network (`navigator.onLine`). */
  online(): boolean;
}

/** The subset of `RequestInit` that a probe sets. */
export interface ProbeInit {
  readonly method: 'GET' | 'HEAD';
  readonly mode: 'no-cors' | 'same-origin';
  /** `omit` never opens a login prompt, and one mode keeps one connection pool. */
  readonly credentials: 'omit';
  readonly cache: 'no-store';
  readonly referrerPolicy: 'no-referrer';
  readonly signal: AbortSignal;
}

export interface ProbeOptions {
  /** An address of the page's own origin, asked to see whether there is a network at all. */
  readonly controlUrl: string;
  /** Hosts measured at once. */
  readonly concurrency: number;
  /** Requests after the first connection. */
  readonly samples: number;
  /** Milliseconds between two requests to one host: drawn from this range, `settle` on top. */
  readonly gap: readonly [number, number];
  /** Milliseconds that an abort is given to reach the network before anything else is asked. */
  readonly settle: number;
  /** Milliseconds after which a request counts as unanswered. */
  readonly timeout: number;
  /** Requests to one host in one run, whatever happens. */
  readonly maxRequests: number;
  /** Milliseconds after a run before the next may start. */
  readonly cooldown: number;
}

/** The defaults keep within the strictest published limit (20 requests a minute and address). */
export const PROBE_DEFAULTS: Omit<ProbeOptions, 'controlUrl'> = {
  concurrency: 3,
  samples: 5,
  gap: [150, 300],
  settle: 50,
  timeout: 5000,
  maxRequests: 8,
  cooldown: 60_000,
};

/** A host that misses this many requests from the start is not asked again in this run. */
const GIVE_UP_AFTER = 3;

/** How a request without an answer ended, as far as a browser can tell. */
export type Failure = 'timeout' | 'error';

export interface ProbeSample extends Sample {
  readonly failure?: Failure;
}

/** `cut` = the run was cancelled before this host was done. */
export type Verdict = 'answers' | 'silent' | 'unmeasurable' | 'cut';

export interface HostResult {
  readonly target: Target;
  readonly verdict: Verdict;
  readonly samples: readonly ProbeSample[];
  /** Requests sent, discarded ones included. */
  readonly requests: number;
}

/**
 * - `answered`: at least one mirror answered
 * - `all-silent`: the control request was answered, no mirror was
 * - `offline`: nothing was answered, the control request neither
 * - `nothing`: there was nothing that a browser can measure
 * - `cancelled`
 */
export type Outcome = 'answered' | 'all-silent' | 'offline' | 'nothing' | 'cancelled';

export interface RunReport {
  readonly outcome: Outcome;
  /** Whether this site's own origin answered; `undefined` if it wasn't asked. */
  readonly control: boolean | undefined;
  /** In the order of the targets given. */
  readonly hosts: readonly HostResult[];
}

export type ProbeEvent =
  | { readonly type: 'control'; readonly up: boolean }
  | { readonly type: 'start'; readonly target: Target }
  | { readonly type: 'sample'; readonly target: Target; readonly sample: ProbeSample }
  | { readonly type: 'finish'; readonly result: HostResult };

export type PauseReason = 'reader' | 'hidden';

export interface Prober {
  /**
   * Measures the targets; those marked unmeasurable are passed through without a request.
   *
   * @throws Error when a run is under way or the cool-down isn't over; nothing else
   */
  run(targets: readonly Target[], onEvent?: (event: ProbeEvent) => void): Promise<RunReport>;
  /** Holds back further requests; one under way ends on its own. Reasons add up. */
  pause(reason: PauseReason): void;
  resume(reason: PauseReason): void;
  /** Aborts what is under way and sends nothing more. */
  cancel(): void;
  /** Milliseconds until the next run may start. */
  cooldownLeft(): number;
  isRunning(): boolean;
}

/**
 * Measures how quickly hosts answer, gently: a few hosts at once in random order, one request at a
 * time to each, jittered gaps, a fixed budget per host, and a rest between runs.
 */
export function createProber(
  effects: ProbeEffects,
  options: Pick<ProbeOptions, 'controlUrl'> & Partial<ProbeOptions>,
): Prober {
  const settings: ProbeOptions = { ...PROBE_DEFAULTS, ...options };
  const gate = createGate();
  let current: AbortController | undefined;
  let restUntil = Number.NEGATIVE_INFINITY;

  const cooldownLeft = () => Math.max(0, restUntil - effects.now());

  async function run(
    targets: readonly Target[],
    onEvent: (event: ProbeEvent) => void = () => {},
  ): Promise<RunReport> {
    if (current !== undefined) throw new Error('A run is under way');
    if (cooldownLeft() > 0) throw new Error('The cool-down is not over');
    const controller = new AbortController();
    current = controller;
    let sent = false;
    const watched: ProbeEffects = {
      ...effects,
      fetch: (url, init) => {
        sent = true;
        return effects.fetch(url, init);
      },
    };
    try {
      const session = createSession(watched, settings, gate, controller.signal, onEvent);
      return await session.measureAll(targets);
    } finally {
      current = undefined;
      gate.open();
      if (sent) restUntil = effects.now() + settings.cooldown;
    }
  }

  return {
    run,
    pause: (reason) => gate.close(reason),
    resume: (reason) => gate.release(reason),
    cancel: () => current?.abort(),
    cooldownLeft,
    isRunning: () => current !== undefined,
  };
}

interface Gate {
  close(reason: PauseReason): void;
  release(reason: PauseReason): void;
  /** Drops every reason but a hidden tab's, which outlasts a run. */
  open(): void;
  /** Resolves when nothing holds it closed, or on abort. */
  pass(signal: AbortSignal): Promise<void>;
  /** How often the tab was hidden: a sample taken meanwhile isn't to be trusted. */
  hiddenCount(): number;
}

function createGate(): Gate {
  const reasons = new Set<PauseReason>();
  let waiting: (() => void)[] = [];
  let hidden = 0;
  const wake = () => {
    if (reasons.size > 0) return;
    const list = waiting;
    waiting = [];
    for (const resolve of list) resolve();
  };
  return {
    close(reason) {
      if (reason === 'hidden' && !reasons.has(reason)) hidden += 1;
      reasons.add(reason);
    },
    release(reason) {
      reasons.delete(reason);
      wake();
    },
    open() {
      reasons.delete('reader');
      wake();
    },
    async pass(signal) {
      while (reasons.size > 0 && !signal.aborted) {
        await new Promise<void>((resolve) => {
          waiting.push(resolve);
          signal.addEventListener('abort', () => resolve(), { once: true });
        });
      }
    },
    hiddenCount: () => hidden,
  };
}

function createSession(
  effects: ProbeEffects,
  settings: ProbeOptions,
  gate: Gate,
  signal: AbortSignal,
  emit: (event: ProbeEvent) => void,
) {
  const spent = new Map<string, number>();
  let nonceSeed = Math.floor(effects.random() * 0xffffff);
  const nonce = () => {
    nonceSeed += 1;
    return nonceSeed.toString(36);
  };

  /** One request against the clock. `undefined` = the run was cancelled meanwhile. */
  async function ask(
    url: string,
    kind: Pick<ProbeInit, 'method' | 'mode'>,
    request: AbortController,
  ): Promise<{ ms: number; failure?: Failure } | undefined> {
    const timer = new AbortController();
    const stop = () => {
      request.abort();
      timer.abort();
    };
    signal.addEventListener('abort', stop, { once: true });
    const started = effects.now();
    const answer = effects
      .fetch(url, {
        ...kind,
        credentials: 'omit',
        cache: 'no-store',
        referrerPolicy: 'no-referrer',
        signal: request.signal,
      })
      .then(
        () => undefined,
        () => 'error' as const,
      );
    const clock = effects.sleep(settings.timeout, timer.signal).then(() => 'timeout' as const);
    const failure = await Promise.race([answer, clock]);
    const ms = effects.now() - started;
    timer.abort();
    signal.removeEventListener('abort', stop);
    if (failure === 'timeout') request.abort();
    if (signal.aborted) return undefined;
    return failure === undefined ? { ms } : { ms, failure };
  }

  async function askControl(): Promise<boolean> {
    const url = new URL(settings.controlUrl);
    url.searchParams.set('control', nonce());
    const request = new AbortController();
    const answer = await ask(url.href, { method: 'HEAD', mode: 'same-origin' }, request);
    request.abort();
    return answer !== undefined && answer.failure === undefined;
  }

  async function measure(target: Target): Promise<HostResult> {
    const samples: ProbeSample[] = [];
    let requests = 0;
    let lastRequest: AbortController | undefined;
    // A browser carries an abort out later: without a wait, the next request would overlap with the
    // rest of this one's body, and there would be more hosts at once than said.
    const endLast = async () => {
      if (lastRequest === undefined) return;
      lastRequest.abort();
      lastRequest = undefined;
      await effects.sleep(settings.settle, signal);
    };
    const budget = () => settings.maxRequests - (spent.get(target.host) ?? 0);
    emit({ type: 'start', target });
    while (samples.length <= settings.samples && budget() > 0 && !hopeless(samples)) {
      if (requests > 0) {
        const [low, high] = settings.gap;
        await effects.sleep(low + effects.random() * (high - low), signal);
      }
      // The gap gave the last answer's body time to drain, so the connection can be used again.
      await endLast();
      await gate.pass(signal);
      if (signal.aborted) break;
      const hiddenBefore = gate.hiddenCount();
      spent.set(target.host, (spent.get(target.host) ?? 0) + 1);
      requests += 1;
      lastRequest = new AbortController();
      const kind = { method: 'GET', mode: 'no-cors' } as const;
      const answer = await ask(probeUrl(target, nonce()), kind, lastRequest);
      if (answer === undefined) break;
      // Timers and network are throttled in a hidden tab.
      if (gate.hiddenCount() !== hiddenBefore) continue;
      const sample: ProbeSample = {
        ms: answer.ms,
        ok: answer.failure === undefined,
        ...(samples.length === 0 ? { first: true } : {}),
        ...(answer.failure === undefined ? {} : { failure: answer.failure }),
      };
      samples.push(sample);
      emit({ type: 'sample', target, sample });
    }
    await endLast();
    const verdict = samples.some((sample) => sample.ok)
      ? 'answers'
      : signal.aborted || samples.length === 0
        ? 'cut'
        : 'silent';
    const result: HostResult = { target, verdict, samples, requests };
    emit({ type: 'finish', result });
    return result;
  }

  async function measureAll(targets: readonly Target[]): Promise<RunReport> {
    const results = new Map<Target, HostResult>();
    for (const target of targets) {
      if (target.unmeasurable === undefined) continue;
      const result = { target, verdict: 'unmeasurable', samples: [], requests: 0 } as const;
      results.set(target, result);
      emit({ type: 'finish', result });
    }
    const queues = shuffle(groupByHost(targets), effects.random);
    const report = (outcome: Outcome, control?: boolean): RunReport => ({
      outcome,
      control,
      hosts: targets.map(
        (target) => results.get(target) ?? { target, verdict: 'cut', samples: [], requests: 0 },
      ),
    });
    if (queues.length === 0) return report('nothing');
    if (!effects.online()) return report('offline');

    let control = await askControl();
    if (signal.aborted) return report('cancelled');
    emit({ type: 'control', up: control });
    const worker = async () => {
      for (let queue = queues.pop(); queue !== undefined; queue = queues.pop()) {
        for (const target of queue) {
          if (signal.aborted) return;
          results.set(target, await measure(target));
        }
      }
    };
    await Promise.all(Array.from({ length: settings.concurrency }, worker));
    if (signal.aborted) return report('cancelled', control);

    if ([...results.values()].some((result) => result.verdict === 'answers')) {
      return report('answered', control);
    }
    // The network may have gone, or come back, since the start.
    control = await askControl();
    if (signal.aborted) return report('cancelled', control);
    emit({ type: 'control', up: control });
    return report(control ? 'all-silent' : 'offline', control);
  }

  return { measureAll };
}

function hopeless(samples: readonly Sample[]): boolean {
  return samples.length >= GIVE_UP_AFTER && samples.every((sample) => !sample.ok);
}

/** Targets that share a host are measured one after another. */
function groupByHost(targets: readonly Target[]): Target[][] {
  const groups = new Map<string, Target[]>();
  for (const target of targets) {
    if (target.unmeasurable !== undefined) continue;
    const group = groups.get(target.host);
    if (group === undefined) groups.set(target.host, [target]);
    else if (!group.some((other) => other.url === target.url)) group.push(target);
  }
  return [...groups.values()];
}

/** Fisher–Yates, on a copy. */
function shuffle<T>(items: readonly T[], random: () => number): T[] {
  const list = [...items];
  for (let i = list.length - 1; i > 0; i -= 1) {
    const j = Math.floor(random() * (i + 1));
    const a = list[i];
    const b = list[j];
    if (a === undefined || b === undefined) continue;
    list[i] = b;
    list[j] = a;
  }
  return list;
}
