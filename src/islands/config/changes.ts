import { type Accessor, createEffect, createSignal, on, untrack } from 'solid-js';
import { diffLines } from '#core/config/daemon-json/diff.ts';
import type { Artifact } from '#core/config/index.ts';

/** Edits closer together than this are one edit: typing a word marks the whole word. */
const ONE_EDIT_MS = 1200;

/** Files longer than this are not compared after every edit. */
const LONG = 100_000;

/** Remembers what each artifact held before the last edit. */
export function createChangeMarks(
  artifacts: Accessor<readonly Artifact[]>,
  ready: Accessor<boolean>,
  opened: Accessor<number>,
): {
  /** The 1-based lines of an artifact that the last edit added or changed. */
  lines(id: string): ReadonlySet<number>;
  /** Whether the last edit changed the artifact at all. */
  touched(id: string): boolean;
} {
  const contents = () => new Map(artifacts().map(({ id, content }) => [id, content]));
  const [baseline, setBaseline] = createSignal<ReadonlyMap<string, string>>(new Map());
  let latest: ReadonlyMap<string, string> = untrack(contents);
  let seen = 0;
  let editedAt = 0;

  createEffect(
    on([artifacts, ready, opened], () => {
      if (!ready()) return;
      const now = Date.now();
      // What a link brought is nobody's edit.
      if (opened() !== seen) setBaseline(contents());
      else if (now - editedAt > ONE_EDIT_MS) setBaseline(latest);
      seen = opened();
      editedAt = now;
      latest = contents();
    }),
  );

  const none: ReadonlySet<number> = new Set();
  const find = (id: string) => artifacts().find((artifact) => artifact.id === id)?.content;
  return {
    lines(id) {
      const before = baseline().get(id);
      const after = find(id);
      if (before === undefined || after === undefined || before === after) return none;
      if (after.length > LONG) return none;
      const added = diffLines(before, after).flatMap(({ kind, newLine }) =>
        kind === 'added' && newLine !== undefined ? [newLine] : [],
      );
      return new Set(added);
    },
    touched(id) {
      const base = baseline();
      return base.size > 0 && base.get(id) !== find(id);
    },
  };
}
