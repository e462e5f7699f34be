import { type Accessor, createEffect, createSignal, on } from 'solid-js';
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
): {
  /** The 1-based lines of an artifact that the last edit added or changed. */
  lines(id: string): ReadonlySet<number>;
  /** Whether the last edit changed the artifact at all. */
  touched(id: string): boolean;
} {
  const contents = () => new Map(artifacts().map(({ id, content }) => [id, content]));
  const [baseline, setBaseline] = createSignal<ReadonlyMap<string, string>>(new Map());
  let latest: ReadonlyMap<string, string> = new Map();
  let editedAt = 0;

  createEffect(
    on([artifacts, ready], () => {
      // What stands there before the generator is loaded is nobody's edit.
      if (!ready()) return;
      const now = Date.now();
      if (now - editedAt > ONE_EDIT_MS) setBaseline(latest.size === 0 ? contents() : latest);
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
