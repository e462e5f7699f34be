/** One row of a results table, ready to be saved. */
export interface ExportTable {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | number | undefined)[])[];
}

/**
 * CSV as RFC 4180 has it, with a byte-order mark so that Excel reads Chinese. A text that a
 * spreadsheet would run as a formula gets an apostrophe in front.
 */
export function toCsv({ columns, rows }: ExportTable): string {
  const lines = [columns, ...rows].map((row) => row.map(csvCell).join(','));
  return `\uFEFF${lines.join('\r\n')}\r\n`;
}

function csvCell(value: string | number | undefined): string {
  if (value === undefined) return '';
  if (typeof value === 'number') return String(value);
  const safe = /^\s*[=+\-@\t\r＝＋－＠]/.test(value) ? `'${value}` : value;
  return /[",\r\n']/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** An array of objects, keyed by column; empty cells are null. */
export function toJson({ columns, rows }: ExportTable, about: Record<string, unknown>): string {
  const results = rows.map((row) =>
    Object.fromEntries(columns.map((column, index) => [column, row[index] ?? null])),
  );
  return `${JSON.stringify({ ...about, results }, null, 2)}\n`;
}

/** A GitHub-style table under a line of text; cells can't break out of it or become markup. */
export function toMarkdown({ columns, rows }: ExportTable, about: string): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [
    about,
    '',
    line(columns.map(markdownCell)),
    line(columns.map(() => '---')),
    ...rows.map((row) => line(row.map(markdownCell))),
    '',
  ].join('\n');
}

function markdownCell(value: string | number | undefined): string {
  return String(value ?? '')
    .replace(/[\r\n\t]+/g, ' ')
    .replace(/[\\`*_{}[\]<>|~#!]/g, '\\$&');
}
