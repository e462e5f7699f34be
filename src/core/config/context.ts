import type { Artifact } from './artifact.ts';
import type { Problem } from './problem.ts';
import { type Settings, withDefaults } from './settings.ts';

/** What every artifact's writer gets: the checked settings and a place for problems. */
export interface Context {
  settings: Settings;
  problem: (problem: Problem) => void;
}

/** Writes one kind of artifact, or nothing when it doesn't apply. */
export type Writer = (context: Context) => Artifact[];

/** A context over settings with their defaults, collecting into `problems`. */
export function createContext(settings: Partial<Settings>, problems: Problem[]): Context {
  return { settings: withDefaults(settings), problem: (problem) => problems.push(problem) };
}
