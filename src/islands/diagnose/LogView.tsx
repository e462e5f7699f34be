import { createMemo, For, Show } from 'solid-js';
import type { Finding } from '#core/diagnose/index.ts';

interface Piece {
  text: string;
  /** Index of the finding it's evidence of. */
  finding?: number;
  id?: string;
}

/** Cuts a text at the evidence of the findings; the better finding wins where two meet. */
function cut(text: string, findings: readonly Finding[]): Piece[] {
  const marks = findings
    .flatMap((finding, index) =>
      finding.evidence.map(({ start, end }, place) => ({
        start,
        end,
        finding: index,
        id: `dg-mark-${index}-${place}`,
      })),
    )
    .sort((a, b) => a.start - b.start || a.finding - b.finding);
  const pieces: Piece[] = [];
  let at = 0;
  for (const mark of marks) {
    const start = Math.max(mark.start, at);
    if (mark.end <= start) continue;
    if (start > at) pieces.push({ text: text.slice(at, start) });
    pieces.push({ text: text.slice(start, mark.end), finding: mark.finding, id: mark.id });
    at = mark.end;
  }
  if (at < text.length) pieces.push({ text: text.slice(at) });
  return pieces;
}

/** The log with the evidence marked. Plain text throughout: nothing of it is ever markup. */
export function LogView(props: { text: string; findings: readonly Finding[] }) {
  const pieces = createMemo(() => cut(props.text, props.findings));
  return (
    // biome-ignore lint/a11y/useSemanticElements: the log keeps its pre, which is also the region
    <pre class="dg-log" tabindex="0" role="region" aria-label="日志，证据已标出">
      <For each={pieces()}>
        {(piece) => (
          <Show when={piece.finding !== undefined} fallback={piece.text}>
            <mark id={piece.id} tabindex="-1" classList={{ 'dg-first': piece.finding === 0 }}>
              {piece.text}
            </mark>
          </Show>
        )}
      </For>
    </pre>
  );
}
