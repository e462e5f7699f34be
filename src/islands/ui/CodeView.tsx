import { createEffect, createSignal, For, on, onCleanup, Show, untrack } from 'solid-js';
import { type Coloured, highlight } from './highlight.ts';

export interface CodeViewProps {
  code: string;
  /** json, ini, toml, yaml, bash, powershell or dockerfile; anything else stays plain. */
  language: string;
  /** The accessible name. */
  label: string;
  /** 1-based lines to mark as changed. */
  changed?: ReadonlySet<number>;
  /** Colours that are there from the beginning, of this code or another. */
  coloured?: Coloured | undefined;
  class?: string;
}

/** Code as text at once, coloured a moment later; scrolls by itself and by keyboard. */
export function CodeView(props: CodeViewProps) {
  const [tokens, setTokens] = createSignal(untrack(() => props.coloured));

  createEffect(
    on([() => props.code, () => props.language], ([code, language]) => {
      if (untrack(tokens)?.code === code) return;
      let stale = false;
      onCleanup(() => {
        stale = true;
      });
      const run = () =>
        highlight(code, language).then((lines) => {
          if (!stale && lines) setTokens({ code, lines });
        });
      const timer = setTimeout(run, 60);
      onCleanup(() => clearTimeout(timer));
    }),
  );

  const coloured = () => {
    const ready = tokens();
    return ready?.code === props.code ? ready.lines : undefined;
  };

  return (
    // A scrolling region must be reachable by keyboard (WCAG 2.1.1).
    // biome-ignore lint/a11y/useSemanticElements: the code keeps its pre, which is also the region
    <pre class={`ui-code ${props.class ?? ''}`} tabindex="0" role="region" aria-label={props.label}>
      <code>
        <For each={props.code.split('\n')}>
          {(line, index) => (
            <span class="ui-line" classList={{ 'ui-changed': props.changed?.has(index() + 1) }}>
              <Show when={coloured()?.[index()]} fallback={line}>
                {(pieces) => (
                  <For each={pieces()}>
                    {(piece) => <span style={{ color: piece.color }}>{piece.text}</span>}
                  </For>
                )}
              </Show>
              {'\n'}
            </span>
          )}
        </For>
      </code>
    </pre>
  );
}
