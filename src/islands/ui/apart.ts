import { type Component, lazy } from 'solid-js';

interface Waiting {
  readonly order: number;
  go(): void;
}

const waiting: Waiting[] = [];

function wakeNext(): void {
  waiting.sort((a, b) => a.order - b.order);
  waiting.shift()?.go();
  if (waiting.length > 0) setTimeout(wakeNext);
}

/**
 * Makes a part of an island come alive in a task of its own, so that the page can answer the reader
 * between two parts; its server-rendered HTML stands meanwhile. Effects of the island run once all
 * parts are alive.
 *
 * @param component must be rendered at once and only from state that nothing changes before it is alive
 * @param order parts come alive from the lowest to the highest: what shows state goes before what edits it
 */
export function apart<Props extends object>(
  component: Component<Props>,
  order = 0,
): Component<Props> {
  return lazy(async () => {
    if (typeof window !== 'undefined') {
      await new Promise<void>((go) => {
        if (waiting.push({ order, go }) === 1) setTimeout(wakeNext);
      });
    }
    return { default: component };
  });
}
