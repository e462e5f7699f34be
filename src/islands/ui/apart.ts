import { type Accessor, type Component, createSignal, lazy, onMount, untrack } from 'solid-js';
import { catchUp } from './catch-up.ts';

interface Waiting {
  readonly order: number;
  go(): void;
}

const waiting: Waiting[] = [];
const [asleep, setAsleep] = createSignal(true);
const held: (() => void)[] = [];

/** Runs something that changes what other parts show: at once, or when the whole island is alive. */
export function whenAlive(run: () => void): void {
  if (untrack(asleep)) held.push(run);
  else run();
}

/**
 * Wakes an island once all its parts are alive, and does again what the reader did before.
 *
 * @param selector the island's outermost element
 * @param onAwake runs before that
 * @returns whether it still sleeps, for the element's `data-asleep`
 */
export function createAwakening(selector: string, onAwake?: () => void): Accessor<boolean> {
  const replay = catchUp(selector);
  onMount(() => {
    setAsleep(false);
    for (const run of held.splice(0)) run();
    onAwake?.();
    replay();
  });
  return asleep;
}

/** Longest wait for the first paint: a page in the background has none. */
const PAINT_MS = 200;

/** Runs in a task of its own, after the page has been painted. */
function afterPaint(run: () => void): void {
  let done = false;
  const once = () => {
    if (!done) setTimeout(run);
    done = true;
  };
  requestAnimationFrame(once);
  setTimeout(once, PAINT_MS);
}

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
 * @param component must be rendered at once, and from state that changes through `whenAlive` alone
 * @param order parts come alive from the lowest to the highest: what shows state goes before what edits it
 */
export function apart<Props extends object>(
  component: Component<Props>,
  order = 0,
): Component<Props> {
  return lazy(async () => {
    if (typeof window !== 'undefined') {
      await new Promise<void>((go) => {
        if (waiting.push({ order, go }) === 1) afterPaint(wakeNext);
      });
    }
    return { default: component };
  });
}
