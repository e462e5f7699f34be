import type { Artifact } from '#core/config/index.ts';
import { type Coloured, highlight } from '../ui/highlight.ts';
import { openAtFirst } from './open-at-first.ts';

/**
 * Colours what the page shows first while it is built, so that a visitor who changes nothing never
 * loads the highlighter.
 * @returns JSON of artifact id → `Coloured`
 */
export async function colourFirst(artifacts: readonly Artifact[]): Promise<string> {
  const open = openAtFirst(artifacts.map(({ id }) => id));
  const coloured: Record<string, Coloured> = {};
  for (const { id, content, language, values } of artifacts) {
    if (!open.has(id) || values) continue;
    const code = content.replace(/\n$/, '');
    const lines = await highlight(code, language);
    if (lines) coloured[id] = { code, lines };
  }
  return JSON.stringify(coloured);
}
