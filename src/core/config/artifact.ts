import type { Problem } from './problem.ts';

/** What a code view highlights an artifact as. */
export type Language =
  | 'json'
  | 'ini'
  | 'toml'
  | 'yaml'
  | 'bash'
  | 'powershell'
  | 'dockerfile'
  | 'text';

/** Why a line of an artifact is there. */
export interface LineReason {
  /** 1-based line of `content`. */
  line: number;
  /** The setting it comes from, dotted as in `Problem.field`. */
  setting: string;
  /** One sentence, Chinese. */
  why: string;
}

/** One value to type into a graphical settings window. */
export interface FieldValue {
  /** Where: `Resources → Proxies`. */
  section: string;
  /** The label on the screen, as the program writes it. */
  label: string;
  value: string;
  /** What to mind, Chinese. */
  note?: string;
  /** The value holds a password. */
  secret?: boolean;
}

/** A file to write, a command to run or values to type. */
export interface Artifact {
  /** `daemon.json`, `systemd-drop-in`, …; several of one kind carry a suffix: `hosts.toml:ghcr.io`. */
  id: string;
  /** Where the file lies, or what the thing is when it is no file. */
  path: string;
  /** One line: what it does and for whom. Chinese. */
  why: string;
  language: Language;
  content: string;
  /** Writes the file from a shell, after a backup of the one that is there. Absent when `content` is itself a command. */
  command?: string;
  /** The language of `command`. */
  commandLanguage?: 'bash' | 'powershell';
  /** What makes the program read the file again, and what that interrupts. Chinese. */
  apply?: string;
  /** Every line that came from a choice. */
  lines?: LineReason[];
  /** For `desktop`: the values one by one, in the order of the screen. */
  values?: FieldValue[];
  /** The suggested mode of the file, octal: `0600` when it holds a password. */
  mode?: string;
  /** The passwords that `content` and `command` hold, as written there: a view masks them. */
  secrets?: string[];
  /** The file name a download gets. */
  fileName: string;
}

/** All that one form gives. */
export interface Generated {
  artifacts: Artifact[];
  problems: Problem[];
}
