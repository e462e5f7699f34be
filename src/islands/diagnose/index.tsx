import './diagnose.css';
import {
  createSignal,
  createUniqueId,
  For,
  getOwner,
  onCleanup,
  onMount,
  runWithOwner,
  Show,
} from 'solid-js';
import { Dynamic } from 'solid-js/web';
import { type PlatformId, platformIds, platformNames } from '#core/diagnose/platforms.ts';
import { createFileDrop } from '../ui/file-drop.ts';
import { HANDOVER_KEY } from './paths.ts';
import type { FileResult } from './read-source.ts';

type Engine = typeof import('./Results.tsx');
type Runner = ReturnType<Engine['createRunner']>;

/** Longer pastes are kept beside the text box: a box with megabytes makes typing slow. */
const BOX_LIMIT = 1 << 20;
/** Beyond this the browser's own line wrapping makes each key wait. */
const WRAP_LIMIT = 64 * 1024;
/** How long typing rests before a look. */
const REST_MS = 150;

const EXAMPLES: readonly (readonly [string, string])[] = [
  [
    '连接超时',
    'Error response from daemon: Get "https://registry-1.docker.io/v2/": net/http: request canceled while waiting for connection (Client.Timeout exceeded while awaiting headers)',
  ],
  [
    '代理连不上',
    'Error response from daemon: Get "https://registry-1.docker.io/v2/": proxyconnect tcp: dial tcp 127.0.0.1:10808: connectex: No connection could be made because the target machine actively refused it.',
  ],
  [
    '证书',
    '#3 ERROR: failed to do request: Head "https://registry-1.docker.io/v2/library/alpine/manifests/latest": tls: failed to verify certificate: x509: certificate signed by unknown authority',
  ],
];

/** A text that is read but not in the box. */
interface Held {
  readonly name: string;
  readonly size: number;
  readonly source: File | string;
}

/** The error classifier: paste or open a log, see the cause and the way out. */
export default function DiagnoseTool() {
  const id = createUniqueId();
  const [text, setText] = createSignal('');
  const [held, setHeld] = createSignal<Held>();
  const [result, setResult] = createSignal<FileResult>();
  const [problem, setProblem] = createSignal('');
  const [platform, setPlatform] = createSignal<PlatformId>('linux');
  const [engine, setEngine] = createSignal<Engine>();
  let area: HTMLTextAreaElement | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  onCleanup(() => clearTimeout(timer));

  // What comes in one piece, by paste, file or example, shows its verdict; typing never moves the page.
  let arrived = false;
  let root: HTMLDivElement | undefined;
  const answer = (found: FileResult) => {
    setResult(found);
    if (!arrived) return;
    arrived = false;
    requestAnimationFrame(() => {
      const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
      root
        ?.querySelector('.dg-main .dg-why, .dg-unknown')
        ?.scrollIntoView({ block: 'nearest', behavior: still ? 'auto' : 'smooth' });
    });
  };

  // The rules weigh more than the page: they come when there is something to read.
  const owner = getOwner();
  const [runner, setRunner] = createSignal<Runner>();
  let loading: Promise<Runner> | undefined;
  const load = (): Promise<Runner> => {
    loading ??= import('./Results.tsx').then((module) => {
      const made = runWithOwner(owner, () =>
        module.createRunner(answer, (message) => {
          setProblem(message);
          setResult(undefined);
        }),
      ) as Runner;
      setRunner(() => made);
      setEngine(() => module);
      return made;
    });
    loading.catch(() => {
      loading = undefined;
      setProblem('诊断规则没有加载出来：请检查网络，再试一次。');
    });
    return loading;
  };
  /** Runs `use` unless something newer was asked for while loading. */
  let latest = 0;
  const withRunner = (use: (runner: Runner) => void): void => {
    const ticket = ++latest;
    load().then(
      (made) => {
        if (ticket === latest) use(made);
      },
      () => {},
    );
  };

  const look = (value: string, rest = 0) => {
    clearTimeout(timer);
    if (value === '') arrived = false;
    setText(value);
    setProblem('');
    if (value === '') {
      latest++;
      runner()?.drop();
      setResult(undefined);
      return;
    }
    timer = setTimeout(() => withRunner((made) => made.text(value)), rest);
  };

  const clear = () => {
    setHeld(undefined);
    if (area) area.value = '';
    look('');
    area?.focus();
  };

  const hold = (next: Held) => {
    arrived = true;
    clearTimeout(timer);
    setHeld(next);
    setText('');
    setProblem('');
    setResult(undefined);
    if (area) area.value = '';
    const { source } = next;
    withRunner((made) => (typeof source === 'string' ? made.text(source) : made.file(source)));
  };

  const take = (value: string, name: string) => {
    arrived = true;
    if (value.length > BOX_LIMIT) hold({ name, size: value.length, source: value });
    else {
      setHeld(undefined);
      if (area) area.value = value;
      look(value);
    }
  };

  const open = (file: File | undefined) => {
    if (!file) return;
    if (file.size === 0) {
      setProblem(`「${file.name}」是空文件。`);
      return;
    }
    hold({ name: file.name, size: file.size, source: file });
  };
  const drop = createFileDrop(open);

  onMount(() => {
    if (/Windows/.test(navigator.userAgent)) setPlatform('desktop-windows');
    else if (/Macintosh/.test(navigator.userAgent)) setPlatform('desktop-mac');
    if (location.hash.length > 1) void load();
    let handed: string | null = null;
    try {
      handed = sessionStorage.getItem(HANDOVER_KEY);
      sessionStorage.removeItem(HANDOVER_KEY);
    } catch {
      // Storage is off: there is nothing to take over.
    }
    // What the reader typed before the script arrived counts, too.
    if (handed) take(handed, '首页粘贴的内容');
    else if (area?.value) look(area.value);
  });

  const percent = () => {
    const run = runner()?.run();
    return run && run.total > 0 ? Math.min(100, Math.round((run.done / run.total) * 100)) : 0;
  };

  return (
    <div class="dg not-content" ref={root}>
      <div class="dg-input" classList={{ 'dg-over': drop.over() }} {...drop.handlers}>
        <label class="ui-label" for={`${id}-log`}>
          粘贴报错或日志
        </label>
        <p class="ui-hint" id={`${id}-hint`}>
          一行或整份日志都行，也可以拖入文件（含 .gz）；只在本页处理，不上传。
        </p>
        <textarea
          ref={area}
          id={`${id}-log`}
          class="ui-input dg-text"
          classList={{ 'dg-unwrapped': text().length > WRAP_LIMIT }}
          rows="6"
          spellcheck={false}
          autocomplete="off"
          autocapitalize="off"
          aria-describedby={`${id}-hint`}
          onFocus={() => void load()}
          placeholder='例如：Error response from daemon: Get "https://registry-1.docker.io/v2/": …'
          onInput={(event) => {
            setHeld(undefined);
            look(event.currentTarget.value, REST_MS);
          }}
          onPaste={(event) => {
            arrived = true;
            const pasted = event.clipboardData?.getData('text/plain') ?? '';
            if (pasted.length <= BOX_LIMIT) return;
            event.preventDefault();
            hold({ name: '粘贴的内容', size: pasted.length, source: pasted });
          }}
        />
        <div class="dg-row">
          <label class="ui-button dg-file" for={`${id}-file`}>
            打开文件
          </label>
          <input
            type="file"
            id={`${id}-file`}
            class="sr-only dg-file-input"
            aria-label="打开日志文件"
            onChange={(event) => {
              open(event.currentTarget.files?.[0]);
              event.currentTarget.value = '';
            }}
          />
          <button
            type="button"
            class="ui-button"
            disabled={text() === '' && !held()}
            onClick={clear}
          >
            清空
          </button>
          <span class="dg-platform">
            <label for={`${id}-platform`}>Docker 跑在哪里</label>
            <select
              id={`${id}-platform`}
              class="ui-input"
              title="决定下面的步骤和命令"
              value={platform()}
              onChange={(event) => {
                const chosen = platformIds.find((one) => one === event.currentTarget.value);
                if (chosen) setPlatform(chosen);
              }}
            >
              <For each={platformIds}>
                {(one) => <option value={one}>{platformNames[one]}</option>}
              </For>
            </select>
          </span>
          <Show when={text() === '' && !held()}>
            <span class="dg-examples">
              试试：
              <For each={EXAMPLES}>
                {([name, example]) => (
                  <button type="button" class="dg-link" onClick={() => take(example, name)}>
                    {name}
                  </button>
                )}
              </For>
            </span>
          </Show>
        </div>
        <Show when={held()}>
          {(one) => (
            <p class="dg-held">
              <b>{one().name}</b>（{sizeText(one().size)}）
              {typeof one().source === 'string'
                ? '内容太大，没有放进输入框。'
                : '已打开，内容不放进输入框。'}
            </p>
          )}
        </Show>
        <Show when={runner()?.run()}>
          <div class="dg-progress">
            <progress max="100" value={percent()} aria-label="读取进度">
              {percent()}%
            </progress>
            <span>{percent()}%</span>
            <button type="button" class="ui-button" onClick={() => runner()?.cancel()}>
              取消
            </button>
          </div>
        </Show>
        <Show when={problem()}>
          <p class="ui-problem ui-error" role="alert">
            {problem()}
          </p>
        </Show>
      </div>

      <Show when={engine()}>
        {(loaded) => (
          <Dynamic
            component={loaded().Results}
            result={result()}
            platform={platform()}
            onPlatform={setPlatform}
            onProblem={setProblem}
          />
        )}
      </Show>
    </div>
  );
}

function sizeText(size: number): string {
  return size < 1 << 20
    ? `${Math.max(1, Math.round(size / 1024))} KB`
    : `${(size / (1 << 20)).toFixed(1)} MB`;
}
