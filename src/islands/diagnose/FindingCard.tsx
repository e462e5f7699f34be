import { createMemo, For, Show } from 'solid-js';
import { settingsHash } from '#core/config/state.ts';
import {
  categories,
  certaintyNames,
  type Finding,
  fixPreset,
  fixSteps,
  layerNames,
  type PlatformId,
} from '#core/diagnose/index.ts';
import { factRows } from './facts.ts';
import { noProxyHash } from './hand-over.ts';
import { sitePath } from './paths.ts';
import { Steps } from './Steps.tsx';

export interface FindingCardProps {
  finding: Finding;
  index: number;
  platform: PlatformId;
  /** Whether the log is on the page, so that evidence can be shown in it. */
  inLog: boolean;
  /** The finding comes from a link, not from a log. */
  fromLink: boolean;
}

/** One finding: what, where, why, the evidence, the facts and what to do. */
export function FindingCard(props: FindingCardProps) {
  const steps = createMemo(() => fixSteps(props.finding, props.platform));
  const preset = createMemo(() => fixPreset(props.finding, props.platform, new Date()));
  const generator = () => {
    const settings = preset();
    return settings === undefined ? undefined : settingsHash(settings);
  };
  const noProxy = () => noProxyHash(props.finding);
  const show = (place: number) => {
    const mark = document.getElementById(`dg-mark-${props.index}-${place}`);
    mark?.scrollIntoView({ block: 'center', behavior: 'auto' });
    mark?.focus({ preventScroll: true });
  };
  const facts = () => factRows(props.finding, new Date());
  // The words that decide stand by the verdict; the others are a click away where the log is shown.
  const quoted = () =>
    props.finding.evidence.slice(0, !props.inLog ? 3 : props.index === 0 ? 1 : 0);
  const covered = () => props.finding.category !== 'none';

  return (
    <article
      class="dg-card"
      classList={{ 'dg-main': props.index === 0, 'dg-none': !covered() }}
      aria-labelledby={`dg-name-${props.index}`}
    >
      <header>
        <h3 id={`dg-name-${props.index}`}>
          <Show when={props.index > 0}>
            <span class="dg-number">{props.index + 1}.</span>
          </Show>
          {props.finding.name}
        </h3>
        <p class="dg-tags">
          <Show when={categories[props.finding.category].name !== props.finding.name}>
            <a class="dg-tag" href={sitePath(`/errors/${props.finding.category}/`)}>
              {categories[props.finding.category].name}
            </a>
          </Show>
          <Show when={covered() && props.finding.layer !== 'unknown'}>
            <span class="dg-tag">{layerNames[props.finding.layer]}</span>
          </Show>
          <Show when={!props.fromLink}>
            <span class={`dg-tag dg-${props.finding.certainty}`}>
              {certaintyNames[props.finding.certainty]}
            </span>
          </Show>
          <Show when={props.finding.count > 1}>
            <span class="dg-tag">出现 {props.finding.count.toLocaleString('en-US')} 次</span>
          </Show>
        </p>
      </header>

      <p class="dg-why">{props.finding.why}</p>
      <Show when={props.finding.surer}>{(text) => <p class="dg-small">{text()}</p>}</Show>

      <Show when={facts().length > 0}>
        <dl class="dg-facts">
          <For each={facts()}>
            {(row) => (
              <div>
                <dt>{row.name}</dt>
                <dd>
                  <Show when={row.code} fallback={row.value}>
                    <code>{row.value}</code>
                  </Show>
                  <Show when={row.note}>{(note) => <span class="dg-small"> {note()}</span>}</Show>
                </dd>
              </div>
            )}
          </For>
        </dl>
      </Show>

      <Show when={props.finding.evidence.length > 0}>
        <div class="dg-evidence">
          <For each={quoted()}>
            {(place) => (
              <figure>
                <figcaption>第 {place.line.toLocaleString('en-US')} 行</figcaption>
                {/* biome-ignore lint/a11y/useSemanticElements: the log keeps its pre, which is also the region */}
                <pre
                  class="dg-log"
                  tabindex="0"
                  role="region"
                  aria-label={`原因 ${props.index + 1} 的证据，第 ${place.line} 行`}
                >
                  {place.excerpt.slice(0, place.start - place.excerptStart)}
                  <mark>
                    {place.excerpt.slice(
                      place.start - place.excerptStart,
                      place.end - place.excerptStart,
                    )}
                  </mark>
                  {place.excerpt.slice(place.end - place.excerptStart)}
                </pre>
              </figure>
            )}
          </For>
          <Show when={props.inLog}>
            <For each={props.finding.evidence.slice(0, 5)}>
              {(place, index) => (
                <button type="button" class="ui-button dg-line" onClick={() => show(index())}>
                  看第 {place.line} 行
                </button>
              )}
            </For>
          </Show>
        </div>
      </Show>

      <Show when={covered()}>
        <h4>怎么办</h4>
        <Show when={generator() !== undefined}>
          <p class="dg-links">
            <a
              class="ui-button ui-primary"
              href={`${sitePath('/tools/config/')}${generator() ? `#${generator()}` : ''}`}
            >
              {generator() ? '用这些值打开生成器' : '打开配置生成器'}
            </a>
          </p>
        </Show>
        <Steps steps={steps()} what="命令或配置" of={`原因 ${props.index + 1} `} />
        <Show when={props.finding.storeNote}>
          {(text) => (
            <p class="dg-note">
              {text()} <a href={sitePath('/mirror/how-it-works/')}>dockerd 怎样使用镜像列表</a>
            </p>
          )}
        </Show>
      </Show>

      <p class="dg-links">
        <Show when={noProxy()}>
          {(hash) => (
            <a class="ui-button" href={`${sitePath('/tools/noproxy/')}#${hash()}`}>
              用这些值打开 NO_PROXY 测试器
            </a>
          )}
        </Show>
        <a class="ui-button" href={sitePath(props.finding.guide)}>
          读这一类报错的说明
        </a>
      </p>
    </article>
  );
}
