import { createSignal, onCleanup, onMount } from 'solid-js';
import { createStore, reconcile } from 'solid-js/store';
import {
  createProber,
  type Outcome,
  type Prober,
  type ProbeSample,
  type RunReport,
  type Verdict,
} from '#core/mirrors/prober.ts';
import type { Target } from '#core/mirrors/target.ts';
import { announce } from '../ui/index.ts';
import { browserEffects, sitePath } from './effects.ts';

/** One host of the current or last run. */
export interface Row {
  target: Target;
  samples: ProbeSample[];
  /** Absent while the host waits or is being measured. */
  verdict?: Verdict;
}

export type Phase = 'idle' | 'running' | 'paused' | 'hidden' | 'done';

/** Ties a prober to signals, to the tab's visibility and to a clock for the cool-down. */
export function createRun() {
  const [phase, setPhase] = createSignal<Phase>('idle');
  const [rows, setRows] = createStore<Row[]>([]);
  const [outcome, setOutcome] = createSignal<Outcome>();
  const [control, setControl] = createSignal<boolean>();
  const [finishedAt, setFinishedAt] = createSignal<Date>();
  const [cooldown, setCooldown] = createSignal(0);
  let prober: Prober | undefined;

  const isActive = () => ['running', 'paused', 'hidden'].includes(phase());

  let paused = false;
  const showPhase = () => {
    if (!prober?.isRunning()) return;
    setPhase(document.hidden ? 'hidden' : paused ? 'paused' : 'running');
  };

  onMount(() => {
    const own = createProber(browserEffects, {
      controlUrl: new URL(sitePath('/favicon.svg'), location.href).href,
    });
    prober = own;
    const onVisibility = () => {
      if (document.hidden) own.pause('hidden');
      else own.resume('hidden');
      showPhase();
    };
    onVisibility();
    document.addEventListener('visibilitychange', onVisibility);
    const timer = setInterval(() => {
      setCooldown(Math.ceil(own.cooldownLeft() / 1000));
    }, 500);
    onCleanup(() => {
      document.removeEventListener('visibilitychange', onVisibility);
      clearInterval(timer);
      own.cancel();
    });
  });

  async function start(targets: readonly Target[]): Promise<void> {
    if (!prober || prober.isRunning() || prober.cooldownLeft() > 0) return;
    setRows(reconcile(targets.map((target): Row => ({ target, samples: [] }))));
    setOutcome(undefined);
    setControl(undefined);
    paused = false;
    const position = new Map(targets.map((target, index) => [target, index]));
    const running = prober.run(targets, (event) => {
      if (event.type === 'control') setControl(event.up);
      else if (event.type === 'sample') {
        setRows(position.get(event.target) ?? 0, 'samples', (samples) => [
          ...samples,
          event.sample,
        ]);
      } else if (event.type === 'finish') {
        setRows(position.get(event.result.target) ?? 0, 'verdict', event.result.verdict);
      }
    });
    showPhase();
    announce('检测开始');
    finish(await running);
  }

  function finish(report: RunReport) {
    report.hosts.forEach((host, index) => {
      setRows(index, 'verdict', host.verdict);
    });
    setOutcome(report.outcome);
    setFinishedAt(new Date());
    setPhase('done');
    setCooldown(Math.ceil((prober?.cooldownLeft() ?? 0) / 1000));
    const answered = report.hosts.filter((host) => host.verdict === 'answers').length;
    announce(
      report.outcome === 'cancelled'
        ? '检测已取消'
        : `检测结束，${report.hosts.length} 个里有 ${answered} 个有响应`,
    );
  }

  return {
    rows,
    phase,
    outcome,
    control,
    finishedAt,
    cooldown,
    isActive,
    start,
    pause() {
      paused = true;
      prober?.pause('reader');
      showPhase();
      announce('已暂停');
    },
    resume() {
      paused = false;
      prober?.resume('reader');
      showPhase();
      announce('继续检测');
    },
    cancel: () => prober?.cancel(),
  };
}

export type Run = ReturnType<typeof createRun>;
