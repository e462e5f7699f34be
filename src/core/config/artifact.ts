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

/** How a change takes effect. */
export interface Apply {
  /** The command to run, when there is one. */
  command?: string;
  /** What happens then, and what it stops. Chinese. */
  note: string;
}

/** How a file is put in place. */
export interface FileRules {
  /**
   * `whole`: the file is ours alone. `json`, `env`, `ini`: others write it too, keys are merged in.
   * `shared`: others write it too and it can't be merged: only written when there is none.
   */
  kind: 'whole' | 'json' | 'env' | 'ini' | 'shared';
  /** What must be done for the change to count. `unit`: systemd re-reads units, then a restart. */
  needs: 'nothing' | 'reload' | 'restart' | 'unit';
  /** Octal, when it isn't 0644: `0600` for a file with a password. */
  mode?: string;
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
  /** What makes the program read it again, and what that interrupts. */
  apply?: Apply;
  /** Every line that came from a choice. */
  lines?: LineReason[];
  /** For `desktop`: the values one by one, in the order of the screen. */
  values?: FieldValue[];
  /** How an install script puts the file in place; absent for commands and values. */
  file?: FileRules;
  /** The file name a download gets. */
  fileName: string;
  /** The download needs a UTF-8 byte order mark (Windows PowerShell 5 reads scripts as ANSI without). */
  bom?: boolean;
}

/** All that one form gives. */
export interface Generated {
  artifacts: Artifact[];
  problems: Problem[];
}
