import { For } from 'solid-js';

/** A sentence of core's, with what stands in backticks as code. */
export function Rich(props: { text: string }) {
  return (
    <For each={props.text.split('`')}>
      {(part, index) => (index() % 2 === 1 ? <code>{part}</code> : part)}
    </For>
  );
}
