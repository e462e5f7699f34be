import { createMemo } from 'solid-js';

/**
 * Keeps the objects of a list whose contents are the same as before: every edit checks the whole form
 * anew, and what didn't change must neither be painted nor spoken again.
 */
export function createStableList<T>(list: () => readonly T[]): () => readonly T[] {
  const state = createMemo<{ items: readonly T[]; texts: readonly string[] }>(
    (before) => {
      const now = list();
      const texts = now.map((item) => JSON.stringify(item));
      const items = now.map((item, index) => {
        const at = before.texts.indexOf(texts[index] ?? '');
        return before.items[at] ?? item;
      });
      return items.length === before.items.length &&
        items.every((item, index) => item === before.items[index])
        ? before
        : { items, texts };
    },
    { items: [], texts: [] },
  );
  return () => state().items;
}
