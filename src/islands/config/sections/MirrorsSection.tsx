import { createMemo, createSignal, createUniqueId, For, Index, Show } from 'solid-js';
import { checkMirror } from '#core/config/fields/mirror.ts';
import { mirrors as catalogue, freshness, lookup, statusLabels } from '#core/mirrors/index.ts';
import { announce } from '../../ui/index.ts';
import type { Form } from '../form.ts';
import { guide } from '../labels.ts';
import { Problems } from '../Problems.tsx';

/** Docker Hub mirrors: chosen from the catalogue or typed, in the order they are asked. */
export function MirrorsSection(props: { form: Form; now: number }) {
  const list = () => props.form.settings().mirrors ?? [];
  const set = (next: string[]) => props.form.update({ mirrors: next });
  const [dragged, setDragged] = createSignal<number>();
  let listElement: HTMLOListElement | undefined;

  const move = (from: number, to: number, focus?: 'up' | 'down') => {
    if (to < 0 || to >= list().length || from === to) return;
    const next = [...list()];
    const [item] = next.splice(from, 1);
    if (item === undefined) return;
    next.splice(to, 0, item);
    set(next);
    announce(`${item} 移到第 ${to + 1} 位`);
    if (focus) {
      // The row that moved keeps the keyboard's place.
      queueMicrotask(() => {
        const row = listElement?.children[to];
        const button = row?.querySelector<HTMLButtonElement>(`[data-move="${focus}"]`);
        const usable = button?.disabled
          ? row?.querySelector<HTMLButtonElement>('[data-move]:not(:disabled)')
          : button;
        usable?.focus();
      });
    }
  };

  const startDrag = (event: PointerEvent, index: number) => {
    if (event.button !== 0) return;
    event.preventDefault();
    const handle = event.currentTarget as HTMLElement;
    handle.setPointerCapture(event.pointerId);
    setDragged(index);
  };
  const drag = (event: PointerEvent) => {
    const from = dragged();
    if (from === undefined || !listElement) return;
    const rows = [...listElement.children];
    const to = rows.findIndex((row) => event.clientY < row.getBoundingClientRect().bottom);
    const target = to < 0 ? rows.length - 1 : to;
    if (target === from) return;
    move(from, target);
    setDragged(target);
  };

  return (
    <>
      <p class="ui-hint">
        只对 docker.io 的镜像有用。按顺序询问，都不行再问 Docker Hub。
        <a href={guide('/mirror/sources/')}>国内镜像源现状</a>
      </p>
      <Show when={list().length > 0} fallback={<p class="cf-empty">还没有镜像源。</p>}>
        <ol class="cf-mirrors" ref={listElement}>
          <Index each={list()}>
            {(url, index) => (
              <li class="cf-mirror" classList={{ 'cf-dragged': dragged() === index }}>
                <div class="cf-mirror-row">
                  <span
                    class="cf-handle"
                    aria-hidden="true"
                    title="拖动排序"
                    onPointerDown={(event) => startDrag(event, index)}
                    onPointerMove={drag}
                    onPointerUp={() => setDragged(undefined)}
                    onPointerCancel={() => setDragged(undefined)}
                  >
                    ⠿
                  </span>
                  <input
                    class="ui-input"
                    value={url()}
                    aria-label={`镜像源 ${index + 1}`}
                    autocapitalize="off"
                    spellcheck={false}
                    aria-invalid={
                      props.form
                        .problems(`mirrors.${index}`)
                        .some(({ severity }) => severity === 'error') || undefined
                    }
                    onInput={(event) => {
                      const next = [...list()];
                      next[index] = event.currentTarget.value;
                      set(next);
                    }}
                    onKeyDown={(event) => {
                      if (!event.altKey) return;
                      const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
                      if (step === undefined) return;
                      event.preventDefault();
                      move(index, index + step);
                      const to = index + step;
                      queueMicrotask(() =>
                        listElement?.children[to]
                          ?.querySelector<HTMLInputElement>('input')
                          ?.focus(),
                      );
                    }}
                  />
                  <button
                    type="button"
                    class="ui-button cf-icon"
                    data-move="up"
                    aria-label={`上移镜像源 ${index + 1}`}
                    disabled={index === 0}
                    onClick={() => move(index, index - 1, 'up')}
                  >
                    ↑
                  </button>
                  <button
                    type="button"
                    class="ui-button cf-icon"
                    data-move="down"
                    aria-label={`下移镜像源 ${index + 1}`}
                    disabled={index === list().length - 1}
                    onClick={() => move(index, index + 1, 'down')}
                  >
                    ↓
                  </button>
                  <button
                    type="button"
                    class="ui-button cf-icon"
                    aria-label={`删除镜像源 ${index + 1}`}
                    onClick={() => set(list().filter((_, at) => at !== index))}
                  >
                    ✕
                  </button>
                </div>
                <MirrorState url={url()} now={props.now} />
                <Problems
                  form={props.form}
                  problems={props.form
                    .problems(`mirrors.${index}`)
                    .filter(({ code }) => code !== 'mirror-restricted')}
                />
              </li>
            )}
          </Index>
        </ol>
      </Show>
      <Problems form={props.form} problems={props.form.problems('mirrors')} />
      <AddMirror list={list()} onAdd={(url) => set([...list(), url])} />
      <Catalogue list={list()} now={props.now} onAdd={(url) => set([...list(), url])} />
    </>
  );
}

/** What the catalogue knows of one address, with its date. */
function MirrorState(props: { url: string; now: number }) {
  const entry = createMemo(() => lookup(props.url));
  return (
    <Show when={entry()}>
      {(found) => {
        const mirror = () => {
          const value = found();
          return value.kind === 'mirror' ? value : undefined;
        };
        return (
          <Show when={mirror()}>
            {(known) => (
              <p class="cf-mirror-state">
                <span class={`cf-status cf-status-${known().status}`}>
                  {statusLabels[known().status]}
                </span>{' '}
                {freshness(known(), new Date(props.now)).text}
                <Show when={known().scope}>
                  <br />
                  {known().scope}
                </Show>
              </p>
            )}
          </Show>
        );
      }}
    </Show>
  );
}

/** Why an address may not join the list; undefined when it may. */
function refusal(url: string, list: readonly string[]): string | undefined {
  const entry = lookup(url);
  if (list.some((known) => known.replace(/\/$/, '') === url.replace(/\/$/, ''))) {
    return '已经在列表里了。';
  }
  if (entry?.kind === 'not-a-mirror') return `没有加入：${entry.why}。`;
  if (entry?.kind === 'mirror' && entry.status === 'stopped') {
    const when = entry.end?.date ? `（${entry.end.date}）` : '';
    return `没有加入：${entry.name} 已停止服务${when}。${entry.end?.why ?? ''}`;
  }
  if (entry?.kind === 'mirror' && entry.form !== 'docker.io-mirror') {
    return `没有加入：${entry.name} 只能写在镜像名里，不能作 registry-mirrors。`;
  }
  return undefined;
}

/** Types in an address, or one's 阿里云 id. */
function AddMirror(props: { list: readonly string[]; onAdd: (url: string) => void }) {
  const id = createUniqueId();
  const [text, setText] = createSignal('');
  const [message, setMessage] = createSignal<{ text: string; fix?: string }>();

  const add = (value: string) => {
    if (value.trim() === '') return;
    let problem: { text: string; fix?: string } | undefined;
    const mirror = checkMirror(value, { key: 'registry-mirrors' }, (severity, _, words, fix) => {
      if (severity !== 'error') return;
      problem = { text: words.replace('没有写进文件。', '没有加入。'), ...(fix && { fix }) };
    });
    const reason = mirror && refusal(mirror.url, props.list);
    if (reason) problem = { text: reason };
    setMessage(problem);
    if (problem || !mirror) {
      announce(problem?.text ?? '没有加入');
      return;
    }
    props.onAdd(mirror.url);
    announce(`已加入 ${mirror.url}`);
    setText('');
  };

  return (
    <div class="cf-add">
      <label class="ui-label" for={id}>
        添加镜像源
      </label>
      <div class="cf-inline">
        <input
          class="ui-input"
          id={id}
          value={text()}
          placeholder="https://…，或阿里云专属加速器的 ID"
          autocomplete="off"
          autocapitalize="off"
          spellcheck={false}
          aria-describedby={message() ? `${id}-message` : undefined}
          onInput={(event) => {
            setText(event.currentTarget.value);
            setMessage(undefined);
          }}
          onKeyDown={(event) => {
            if (event.key !== 'Enter') return;
            event.preventDefault();
            add(aliyun(text()) ?? text());
          }}
        />
        <button type="button" class="ui-button" onClick={() => add(aliyun(text()) ?? text())}>
          添加
        </button>
      </div>
      <Show when={message()}>
        {(problem) => (
          <p class="ui-problem ui-error" id={`${id}-message`}>
            {problem().text}{' '}
            <Show when={problem().fix}>
              {(fix) => (
                <button type="button" class="cf-fix" onClick={() => add(fix())}>
                  改成 {fix()} 并加入
                </button>
              )}
            </Show>
          </p>
        )}
      </Show>
    </div>
  );
}

/** The address that belongs to an 阿里云 id: eight letters and digits, nothing else. */
function aliyun(text: string): string | undefined {
  return /^[a-z0-9]{8}$/i.test(text.trim())
    ? `https://${text.trim().toLowerCase()}.mirror.aliyuncs.com`
    : undefined;
}

/** Every mirror of the catalogue: usable ones to pick, the others with the reason against them. */
function Catalogue(props: { list: readonly string[]; now: number; onAdd: (url: string) => void }) {
  const [open, setOpen] = createSignal(false);
  const [filter, setFilter] = createSignal('');
  const usable = new Set(['works', 'restricted']);
  const shown = createMemo(() => {
    const words = filter().trim().toLowerCase();
    return catalogue.filter((mirror) =>
      words === ''
        ? usable.has(mirror.status) && mirror.form === 'docker.io-mirror'
        : `${mirror.name} ${mirror.url} ${mirror.match.join(' ')}`.toLowerCase().includes(words),
    );
  });
  return (
    <details
      class="cf-catalogue"
      onToggle={(event) => setOpen(event.currentTarget.open)}
      open={open()}
    >
      <summary>从目录里选</summary>
      <Show when={open()}>
        <input
          class="ui-input"
          type="search"
          aria-label="在目录里查找，已停止的也能查到"
          placeholder="查找，已停止的也能查到"
          value={filter()}
          onInput={(event) => setFilter(event.currentTarget.value)}
        />
        <ul class="cf-catalogue-list">
          <For each={shown()}>
            {(mirror) => {
              const reason = () => refusal(mirror.url, props.list);
              return (
                <li>
                  <div>
                    <strong>{mirror.name}</strong> <code>{mirror.url}</code>
                    <p class="cf-mirror-state">
                      <span class={`cf-status cf-status-${mirror.status}`}>
                        {statusLabels[mirror.status]}
                      </span>{' '}
                      {freshness(mirror, new Date(props.now)).text}
                      <Show when={mirror.scope}>
                        <br />
                        {mirror.scope}
                      </Show>
                      <Show when={mirror.status === 'stopped' && mirror.end?.why}>
                        <br />
                        {mirror.end?.why}
                      </Show>
                    </p>
                  </div>
                  <Show when={!reason()} fallback={<span class="cf-refused">{reason()}</span>}>
                    <button
                      type="button"
                      class="ui-button"
                      aria-label={`加入 ${mirror.url}`}
                      disabled={mirror.url.includes('<')}
                      onClick={() => {
                        props.onAdd(mirror.url);
                        announce(`已加入 ${mirror.url}`);
                      }}
                    >
                      加入
                    </button>
                  </Show>
                </li>
              );
            }}
          </For>
        </ul>
      </Show>
    </details>
  );
}
