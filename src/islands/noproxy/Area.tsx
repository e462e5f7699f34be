import { createEffect } from 'solid-js';

interface AreaProps {
  id: string;
  describedBy: string | undefined;
  value: string;
  rows: number;
  placeholder?: string;
  onInput: (text: string) => void;
}

/** A box for several lines. Its text is set in the browser: a page from the server has none. */
export function Area(props: AreaProps) {
  let box: HTMLTextAreaElement | undefined;
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
    />
  );
}
