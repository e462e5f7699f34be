import { type Accessor, createEffect, createMemo, createSignal } from 'solid-js';
import type { FileTools } from '#core/config/file-tools.ts';
import type { generate } from '#core/config/generate.ts';
import type { Generated, Goal, Problem, Settings } from '#core/config/index.ts';
import { presets } from '#core/config/presets.ts';
import { providedFileTools, provideFileTools } from '#core/config/tools.ts';
import { whenAlive } from '../ui/index.ts';
import { fromParts, noProxyParts, type ProxyParts, toParts } from './proxy-parts.ts';

export type ProxyName = 'http' | 'https' | 'all';

/** The proxies as the form shows them. */
export interface ProxyFields {
  http: ProxyParts;
  https: ProxyParts;
  all: ProxyParts;
  /** https uses http's. */
  same: boolean;
}

/** The form's state and what follows from it. */
export interface Form {
  settings: Accessor<Partial<Settings>>;
  goal: Accessor<Goal>;
  proxies: Accessor<ProxyFields>;
  generated: Accessor<Generated>;
  /** Changes settings; `undefined` takes one back to its default. */
  update(patch: Partial<Settings>): void;
  /** Chooses a goal: brings its first values, takes back those of the goal before. */
  chooseGoal(goal: Goal): void;
  setProxy(name: ProxyName, parts: Partial<ProxyParts>): void;
  setSame(same: boolean): void;
  /** Replaces everything. */
  load(settings: Partial<Settings>, goal: Goal | undefined): void;
  /** Takes over what a link brings. */
  open(settings: Partial<Settings>, goal: Goal | undefined): void;
  /** How many links were opened. */
  opened: Accessor<number>;
  /** The problems of one field; with `deep`, of what lies in it too. */
  problems(field: string, deep?: boolean): Problem[];
  /** Puts a problem's fix into its field. */
  fix(problem: Problem): void;
  /** Whether the generator has been loaded: before, `generated` is the first result. */
  ready: Accessor<boolean>;
  /** Loads the generator; every change asks for it, too. */
  start(): void;
  /** It could not be loaded; the next change tries again. */
  failed: Accessor<boolean>;
  /** The readers of pasted files, once loaded. */
  tools: Accessor<FileTools | undefined>;
  /** The clock, once known: certificates expire. */
  setNow(now: number): void;
}

/** What a goal fills in when its field is still empty. */
const firstValues: Readonly<Record<Goal, Partial<Settings>>> = {
  slow: { mirrors: [...presets.slow.settings.mirrors] },
  proxy: { proxy: { noProxy: ['localhost', '127.0.0.1'] } },
  ca: { ca: [{ host: '', pem: '' }] },
  stuck: { maxConcurrentDownloads: presets.stuck.settings.maxConcurrentDownloads },
  custom: {},
};

/** The goal that settings without one speak of. */
function goalOf(settings: Partial<Settings>): Goal {
  if (settings.proxy?.http || settings.proxy?.https || settings.proxy?.all) return 'proxy';
  if (settings.ca?.length) return 'ca';
  if (settings.mirrors?.length) return 'slow';
  if (settings.maxConcurrentDownloads !== undefined) return 'stuck';
  return 'custom';
}

/**
 * Creates the form, on its first question's defaults.
 *
 * @param initial what the generator makes of those: shown until it has been loaded
 */
export function createForm(initial: Generated): Form {
  const [settings, setSettings] = createSignal<Partial<Settings>>(firstValues.slow);
  const [goal, setGoal] = createSignal<Goal>('slow');
  const [proxies, setProxies] = createSignal<ProxyFields>({
    http: noProxyParts,
    https: noProxyParts,
    all: noProxyParts,
    same: true,
  });
  const [now, setNow] = createSignal<number>();

  const [engine, setEngine] = createSignal<typeof generate>();
  const [tools, setTools] = createSignal(providedFileTools());
  /** Pasted files and certificates need their readers, which most visitors never load. */
  const needsTools = () => {
    const { ca, existing } = settings();
    return !!ca?.some(({ pem }) => pem !== '') || Object.keys(existing ?? {}).length > 0;
  };
  createEffect(() => {
    if (!needsTools() || tools()) return;
    void import('#core/config/file-tools.ts').then(({ fileTools }) => {
      provideFileTools(fileTools);
      setTools(fileTools);
    });
  });

  const [opened, setOpened] = createSignal(0);
  const [failed, setFailed] = createSignal(false);
  let loading = false;
  const start = () => {
    if (loading || engine()) return;
    loading = true;
    import('#core/config/generate.ts')
      .then(
        (loaded) => {
          setFailed(false);
          setEngine(() => loaded.generate);
        },
        () => setFailed(true),
      )
      .finally(() => {
        loading = false;
      });
  };

  const generated = createMemo(() => {
    tools();
    const time = now();
    const run = engine();
    return run ? run(settings(), time === undefined ? {} : { now: time }) : initial;
  });

  const update = (patch: Partial<Settings>) => {
    const next = { ...settings(), ...patch };
    for (const key of Object.keys(patch) as (keyof Settings)[]) {
      if (patch[key] === undefined) delete next[key];
    }
    setSettings(next);
  };

  const writeProxies = (next: ProxyFields) => {
    setProxies(next);
    const http = fromParts(next.http);
    const https = next.same ? http : fromParts(next.https);
    const all = fromParts(next.all);
    const noProxy = settings().proxy?.noProxy;
    const proxy = {
      ...(http !== undefined && { http }),
      ...(https !== undefined && { https }),
      ...(all !== undefined && { all }),
      ...(noProxy !== undefined && { noProxy }),
    };
    update({ proxy: Object.keys(proxy).length > 0 ? proxy : undefined });
  };

  const readProxies = (proxy: Settings['proxy'] | undefined): ProxyFields => ({
    http: toParts(proxy?.http),
    https: toParts(proxy?.https),
    all: toParts(proxy?.all),
    same: proxy?.http === proxy?.https,
  });

  const load = (next: Partial<Settings>, nextGoal: Goal | undefined) => {
    setProxies(readProxies(next.proxy));
    setGoal(nextGoal ?? goalOf(next));
    setSettings(next);
  };

  const form: Form = {
    settings,
    goal,
    proxies,
    generated,
    update,
    setNow,
    ready: () => engine() !== undefined,
    start,
    failed,
    opened,
    open(next, nextGoal) {
      setOpened(opened() + 1);
      load(next, nextGoal);
    },
    tools,
    load,
    chooseGoal(next) {
      const values = { ...settings() };
      const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);
      for (const [key, value] of Object.entries(firstValues[goal()])) {
        if (same(values[key as keyof Settings], value)) delete values[key as keyof Settings];
      }
      load({ ...firstValues[next], ...values }, next);
    },
    setProxy(name, parts) {
      const current = proxies();
      writeProxies({ ...current, [name]: { ...current[name], ...parts } });
    },
    setSame(same) {
      const current = proxies();
      writeProxies({ ...current, same, https: same ? current.https : current.http });
    },
    problems(field, deep = false) {
      const { problems } = generated();
      return problems.filter(
        (problem) => problem.field === field || (deep && problem.field.startsWith(`${field}.`)),
      );
    },
    fix({ field, fix }) {
      if (fix === undefined) return;
      const name = /^proxy\.(http|https|all)$/.exec(field)?.[1] as ProxyName | undefined;
      if (name !== undefined) {
        const current = proxies();
        const target = name === 'https' && current.same ? 'http' : name;
        writeProxies({ ...current, [target]: toParts(fix) });
        return;
      }
      setSettings(withValue(settings(), field.split('.'), fix) as Partial<Settings>);
    },
  };
  const change = (run: () => void) =>
    whenAlive(() => {
      start();
      run();
    });
  return {
    ...form,
    update: (patch) => change(() => form.update(patch)),
    chooseGoal: (goal) => change(() => form.chooseGoal(goal)),
    setProxy: (name, parts) => change(() => form.setProxy(name, parts)),
    setSame: (same) => change(() => form.setSame(same)),
    load: (next, goal) => change(() => form.load(next, goal)),
    open: (next, goal) => change(() => form.open(next, goal)),
    fix: (problem) => change(() => form.fix(problem)),
  };
}

/** A copy of nested data with the text at `path` replaced. */
function withValue(data: unknown, path: readonly string[], value: string): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return value;
  if (Array.isArray(data)) {
    return data.map((item, index) => (String(index) === key ? withValue(item, rest, value) : item));
  }
  const object = (data ?? {}) as Record<string, unknown>;
  return { ...object, [key]: withValue(object[key], rest, value) };
}
