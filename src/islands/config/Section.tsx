import { createSignal, type JSX, Show } from 'solid-js';
import type { Problem } from '#core/config/index.ts';
import { ProblemBadge } from './Problems.tsx';

export interface SectionProps {
  /** The fields it holds, for jumping there from the result. */
  id: string;
  title: string;
  hint: string;
  /** Open without having been asked: what the goal is about. */
  wanted: boolean;
  /** What is set in it, short; shown while it is folded. */
  summary?: string;
  problems: readonly Problem[];
  children: JSX.Element;
}

/** A part of the form that folds away until wanted. */
export function Section(props: SectionProps) {
  const [chosen, setChosen] = createSignal<boolean>();
  const open = () => chosen() ?? props.wanted;
  return (
    <details
      class="cf-section"
      id={`cf-${props.id}`}
      open={open()}
      onToggle={(event) => {
        if (event.currentTarget.open !== open()) setChosen(event.currentTarget.open);
      }}
    >
      <summary>
        <span class="cf-section-title">{props.title}</span>
        <Show when={props.summary} fallback={<span class="cf-section-hint">{props.hint}</span>}>
          <span class="cf-section-set">{props.summary}</span>
        </Show>
        <ProblemBadge problems={props.problems} />
      </summary>
      <div class="cf-section-body">
        <Show when={open()}>{props.children}</Show>
      </div>
    </details>
  );
}
