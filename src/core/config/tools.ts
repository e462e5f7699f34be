import type { FileTools } from './file-tools.ts';

let provided: FileTools | undefined;

/**
 * Hands over the readers of pasted files and certificates. They are most of this module's code, and
 * most visitors paste nothing: a page loads them when it needs them. Whoever imports `index.ts` has
 * them from the start.
 */
export function provideFileTools(tools: FileTools): void {
  provided = tools;
}

/** The readers, or undefined while they are not there yet. */
export function providedFileTools(): FileTools | undefined {
  return provided;
}
