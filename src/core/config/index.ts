import type { Generated } from './artifact.ts';
import { cliConfigJson } from './artifacts/cli-config-json.ts';
import { daemonJson } from './artifacts/daemon-json.ts';
import { desktop } from './artifacts/desktop.ts';
import { systemdDropIn } from './artifacts/systemd-drop-in.ts';
import { createContext, type Writer } from './context.ts';
import type { Problem } from './problem.ts';
import type { Settings } from './settings.ts';

export type { Artifact, FieldValue, Generated, Language, LineReason } from './artifact.ts';
export {
  type CheckOptions,
  type CheckResult,
  checkDaemonJson,
  type Problem as FileProblem,
} from './daemon-json/index.ts';
export type { Problem, Severity } from './problem.ts';
export {
  type CaSetting,
  hasDockerd,
  isDesktop,
  NEWEST_ENGINE,
  type ProxyScope,
  type Settings,
  type Target,
  withDefaults,
} from './settings.ts';
export { settingsHash } from './state.ts';

/** In the order a reader sees them. */
const writers: readonly Writer[] = [daemonJson, systemdDropIn, desktop, cliConfigJson];

/**
 * Every file, value and command that makes the settings real on their target, and what to mind.
 *
 * Pure and quick (under 2 ms); never throws. The same settings give the same text, and a generated
 * file given back as `existing` comes out unchanged.
 *
 * @param settings the choices; what is left out gets its default (`withDefaults`)
 */
export function generate(settings: Partial<Settings>): Generated {
  const problems: Problem[] = [];
  const context = createContext(settings, problems);
  return { artifacts: writers.flatMap((write) => write(context)), problems };
}
