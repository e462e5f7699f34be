import type { Problem, Severity } from '../problem.ts';

/** Takes a problem of one field. */
export type Report = (severity: Severity, code: string, message: string, fix?: string) => void;

/** A reporter for one field, collecting into `problems`. */
export function reportTo(problems: Problem[], field: string): Report {
  return (severity, code, message, fix) =>
    problems.push({ field, code, severity, message, ...(fix !== undefined && { fix }) });
}
