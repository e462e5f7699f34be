export interface DiffLine {
  kind: 'same' | 'added' | 'removed';
  text: string;
  /** 1-based line numbers in a and b; undefined on the side that lacks the line. */
  oldLine?: number;
  newLine?: number;
}

/** Line diff of two texts (Myers), CRLF and LF seen as equal. Both empty: []. */
export function diffLines(_a: string, _b: string): DiffLine[] {
  return [];
}
