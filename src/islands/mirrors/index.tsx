import { createMemo, createSignal, For, onMount, Show } from 'solid-js';
import { mirrors, recommended } from '#core/mirrors/index.ts';
import { adviseList, readMirrorList } from '#core/mirrors/list.ts';
import type { createScript as CreateScript } from '#core/mirrors/script/create.ts';
import { checkCodec, DEFAULT_IMAGE } from '#core/mirrors/state.ts';
import { readTarget, type Target } from '#core/mirrors/target.ts';
import { apart, CopyButton, createAwakening, createHashState, whenWanted } from '../ui/index.ts';
import { Choose as ChoosePart, FIRST_CHOICE } from './Choose.tsx';
import { PastePanel } from './PastePanel.tsx';
import { Results } from './Results.tsx';
import { createRun } from './run.ts';
import { ScriptPanel as ScriptPart } from './ScriptPanel.tsx';
import './mirrors.css';

const ScriptPanel = apart(ScriptPart, 1);
const Choose = apart(ChoosePart, 2);

export interface MirrorCheckProps {
  /** When the page was built, milliseconds: the first paint's idea of today. */
  builtAt: number;
}

/** Measures from the browser, writes the script for the Docker host, reads its output back. */
function MirrorCheck(props: MirrorCheckProps) {
  const [now, setNow] = createSignal(new Date(props.builtAt));
  const [picked, setPicked] = createSignal<readonly string[]>();
  const [pasted, setPasted] = createSignal('');
  const [allowLocal, setAllowLocal] = createSignal(false);
  const [hostname, setHostname] = createSignal('localhost');
  const [image, setImage] = createSignal(DEFAULT_IMAGE);
  const [digest, setDigest] = createSignal('');
  const [write, setWrite] = createSignal<typeof CreateScript>();
  const loadScript = async () => {
    const { createScript } = await import('#core/mirrors/script/create.ts');
    setWrite(() => createScript);
  };
  const asleep = createAwakening('.mc', () => whenWanted(loadScript));
  const run = createRun();

  onMount(() => {
    setNow(new Date());
    setHostname(location.hostname);
  });

  const chosen = () =>
    picked() ??
    recommended(now())
      .slice(0, FIRST_CHOICE)
      .map((mirror) => mirror.id);
  const list = createMemo(() => readMirrorList(pasted()));
  const advice = createMemo(() => adviseList(list().urls, now()));
  const urls = createMemo(() => {
    const fromCatalogue = chosen().flatMap((id) => {
      const mirror = mirrors.find((other) => other.id === id);
      return mirror === undefined ? [] : [mirror.url];
    });
    return [...fromCatalogue, ...list().urls];
  });
  const targets = createMemo(() => {
    const page = { hostname: hostname(), allowLocal: allowLocal() };
    const seen = new Set<string>();
    return urls()
      .map((url) => readTarget(url, page))
      .filter((target) => !seen.has(target.url) && seen.add(target.url));
  });
  const hasLocal = () =>
    urls().some(
      (url) =>
        readTarget(url, { hostname: hostname(), allowLocal: false }).unmeasurable === 'local',
    );

  const { save, link } = createHashState(checkCodec, ({ state }) => {
    if (state.chosen) setPicked(state.chosen);
    if (state.own) setPasted(state.own.join('\n'));
    if (state.image) setImage(state.image);
    if (state.digest) setDigest(state.digest);
  });
  const state = () => ({
    ...(picked() === undefined ? {} : { chosen: [...chosen()] }),
    own: [...list().urls],
    image: image(),
    digest: digest(),
  });
  const change = (apply: () => void) => {
    apply();
    save(state());
  };

  return (
    <div class="mc not-content" data-asleep={asleep() || undefined}>
      <h2>第一步：浏览器里看谁有响应</h2>
      <Choose
        now={now()}
        chosen={chosen()}
        onChoose={(ids) => change(() => setPicked(ids))}
        pasted={pasted()}
        onPaste={(text) => change(() => setPasted(text))}
        list={list()}
        advice={advice()}
        hasLocal={hasLocal()}
        allowLocal={allowLocal()}
        onAllowLocal={setAllowLocal}
      />
      <Before targets={targets()} />
      <div class="mc-buttons mc-controls">
        <Show
          when={run.isActive()}
          fallback={
            <button
              type="button"
              class="ui-button ui-primary"
              disabled={targets().length === 0 || run.cooldown() > 0}
              onClick={() => run.start(targets())}
            >
              {run.cooldown() > 0 ? `再等 ${run.cooldown()} 秒可重测` : '开始检测'}
            </button>
          }
        >
          <Show
            when={run.phase() === 'paused'}
            fallback={
              <button type="button" class="ui-button" onClick={run.pause}>
                暂停
              </button>
            }
          >
            <button type="button" class="ui-button ui-primary" onClick={run.resume}>
              继续
            </button>
          </Show>
          <button type="button" class="ui-button" onClick={run.cancel}>
            取消
          </button>
        </Show>
        <CopyButton text={() => link(state())} label="复制链接" />
      </div>
      <Show when={run.isActive()}>
        <Progress run={run} />
      </Show>
      <Results run={run} now={now()} />
      <ScriptPanel
        mirrors={urls()}
        image={image()}
        onImage={(text) => change(() => setImage(text))}
        digest={digest()}
        onDigest={(text) => change(() => setDigest(text))}
        write={write()}
      />
      <PastePanel />
    </div>
  );
}

export default apart(MirrorCheck);

/** Whose servers will see the visitor, before anything is sent. */
function Before(props: { targets: readonly Target[] }) {
  const asked = () => [
    ...new Set(
      props.targets
        .filter((target) => target.unmeasurable === undefined)
        .map((target) => target.host),
    ),
  ];
  const refused = () => props.targets.filter((target) => target.unmeasurable !== undefined);
  return (
    <section class="mc-before" aria-labelledby="mc-before-title">
      <h3 id="mc-before-title">点「开始检测」之后会发生什么</h3>
      <p>
        你的浏览器向下面 <strong>{asked().length}</strong> 个主机各发至多 8
        个请求，不带登录信息、Cookie 和来源页面；
        <strong>它们的运营者会看到你的 IP 地址和浏览器标识</strong>
        。另向本站自己发 1–2 个对照请求。点之前一个请求也不发。
      </p>
      <ul class="mc-hosts">
        <For each={asked()}>
          {(host) => (
            <li>
              <code>{host}</code>
            </li>
          )}
        </For>
      </ul>
      <Show when={refused().length > 0}>
        <details class="mc-more">
          <summary>另有 {refused().length} 个浏览器不能测，不会向它们发请求</summary>
          <ul>
            <For each={refused()}>
              {(target) => (
                <li>
                  <code>{target.url}</code>：{target.why}
                </li>
              )}
            </For>
          </ul>
        </details>
      </Show>
    </section>
  );
}

function Progress(props: { run: ReturnType<typeof createRun> }) {
  const done = () => props.run.rows.filter((row) => row.verdict !== undefined).length;
  const text = () =>
    props.run.phase() === 'hidden'
      ? '标签页在后台，已自动暂停'
      : props.run.phase() === 'paused'
        ? '已暂停'
        : '正在检测';
  return (
    <div class="mc-progress">
      <progress max={props.run.rows.length} value={done()} aria-label="检测进度" />
      <span>
        {text()}，{done()}/{props.run.rows.length}
      </span>
    </div>
  );
}
