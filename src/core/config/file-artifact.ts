import { applyFor } from './apply.ts';
import type { Artifact, FileRules, Language, LineReason } from './artifact.ts';
import { findPasswords } from './secrets.ts';
import type { Target } from './settings.ts';
import { bashWriteCommand, powershellWriteCommand } from './write-command.ts';

/** What a writer knows of a file; the rest follows. */
export interface FileDraft {
  id: string;
  path: string;
  why: string;
  language: Language;
  content: string;
  fileName: string;
  kind?: FileRules['kind'];
  needs: FileRules['needs'];
  lines?: LineReason[];
  /** The content is the whole file already, whatever its kind: what is there was pasted and merged. */
  merged?: boolean;
}

/** Completes a file: mode, command and how it takes effect. */
export function fileArtifact(target: Target, draft: FileDraft): Artifact {
  const { merged = false, kind = 'whole', needs, ...rest } = draft;
  const mode = findPasswords(draft.content).length > 0 ? '0600' : undefined;
  const windows = draft.path.includes('\\');
  const file = {
    path: draft.path,
    content: draft.content,
    kind: merged ? ('whole' as const) : kind,
    ...(mode !== undefined && { mode }),
  };
  return {
    ...rest,
    command: windows ? powershellWriteCommand(file) : bashWriteCommand(file),
    commandLanguage: windows ? 'powershell' : 'bash',
    apply: applyFor(target, needs),
    file: { kind: file.kind, needs, ...(mode !== undefined && { mode }) },
  };
}
