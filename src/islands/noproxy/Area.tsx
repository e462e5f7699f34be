import { createEffect, untrack } from 'solid-js';

interface AreaProps {
  id: string;
  describedBy: string | undefined;
  value: string;
  rows: number;
  placeholder?: string;
  onInput: (text: string) => void;
}

/** A box for several lines. */
export function Area(props: AreaProps) {
  let box: HTMLTextAreaElement | undefined;
  // The server writes no `value` of a textarea.
  const first = untrack(() => props.value);
  createEffect(() => {
    if (box && box.value !== props.value) box.value = props.value;
  });
  return (
    <textarea
      ref={box}
      id={props.id}
      aria-describedby={props.describedBy}
      class="ui-input"
      rows={props.rows}
      spellcheck={false}
      autocapitalize="off"
      autocomplete="off"
      placeholder={props.placeholder}
      onInput={(event) => props.onInput(event.currentTarget.value)}
    >
      {first}
    </textarea>
  );
}
