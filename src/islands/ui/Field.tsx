import { createUniqueId, type JSX, Show } from 'solid-js';

export interface FieldProps {
  label: JSX.Element;
  hint?: JSX.Element;
  /** Shown at the field and tied to it for screen readers. */
  problem?: JSX.Element;
  severity?: 'error' | 'warning' | 'note';
  /** Gets the attributes that tie the control to its label, hint and problem. */
  children: (attributes: {
    id: string;
    'aria-describedby': string | undefined;
    'aria-invalid': 'true' | undefined;
  }) => JSX.Element;
  class?: string;
}

/** A control with its label, its hint and its problem. */
export function Field(props: FieldProps) {
  const id = createUniqueId();
  const severity = () => props.severity ?? 'error';
  return (
    <div class={`ui-field ${props.class ?? ''}`}>
      <label class="ui-label" for={id}>
        {props.label}
      </label>
      <Show when={props.hint}>
        <p class="ui-hint" id={`${id}-hint`}>
          {props.hint}
        </p>
      </Show>
      {props.children({
        id,
        get 'aria-describedby'() {
          const ids = [props.hint && `${id}-hint`, props.problem && `${id}-problem`];
          return ids.filter(Boolean).join(' ') || undefined;
        },
        get 'aria-invalid'() {
          return props.problem && severity() === 'error' ? ('true' as const) : undefined;
        },
      })}
      <Show when={props.problem}>
        <div class={`ui-problem ui-${severity()}`} id={`${id}-problem`}>
          {props.problem}
        </div>
      </Show>
    </div>
  );
}
