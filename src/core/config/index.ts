import { fileTools } from './file-tools.ts';
import { provideFileTools } from './tools.ts';

export type {
  Apply,
  Artifact,
  FieldValue,
  FileRules,
  Generated,
  Language,
  LineReason,
} from './artifact.ts';
export {
  type CheckOptions as DaemonJsonCheckOptions,
  type CheckResult,
  checkDaemonJson,
  type Problem as FileProblem,
} from './daemon-json/index.ts';
export { generate } from './generate.ts';
export { GOALS, type Goal } from './goals.ts';
export { type Preset, type PresetId, presetHash, presets } from './presets.ts';
export type { Problem, Severity } from './problem.ts';
export { findPasswords, maskPasswords } from './secrets.ts';
export {
  type CaSetting,
  hasDockerd,
  isDesktop,
  NEWEST_ENGINE,
  type ProxyScope,
  type Settings,
  TARGETS,
  type Target,
  withDefaults,
} from './settings.ts';
export { type Restored, readSettingsHash, settingsHash } from './state.ts';

provideFileTools(fileTools);
