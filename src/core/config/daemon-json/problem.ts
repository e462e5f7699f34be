/** A replacement in the text that was checked. Offsets are UTF-16 code units, `end` exclusive. */
export interface TextEdit {
  start: number;
  end: number;
  text: string;
}

/** What to do about a problem: always in words, and as edits where one repair is obvious. */
export interface Fix {
  /** Chinese, one imperative sentence. */
  text: string;
  /** Edits of the decoded text, in ascending order and not overlapping; none when only a person can decide. */
  edits?: TextEdit[];
}

/**
 * One thing found in a configuration file.
 * `refused` is what the program does (it doesn't start with this); `severity` is how much it matters to the reader.
 */
export interface Problem {
  /** Stable id, kebab-case, e.g. `json-syntax`, `unknown-key`, `mirror-no-scheme`. */
  code: string;
  severity: 'error' | 'warning' | 'info';
  /** Top-level key of the file this is about, as written there. */
  key?: string;
  /** Where in the file: `registry-mirrors[0]`, `builder.gc.defaultKeepStorage`. */
  path?: string;
  /** 1-based, in the original text; a column counts UTF-16 code units. */
  line?: number;
  column?: number;
  /** Chinese: what is wrong and where. */
  message: string;
  /** The program's own words (English), as that version says them. */
  original?: string;
  fix?: Fix;
  /** true: the program refuses to start with this file because of it. */
  refused: boolean;
}
