export { type CheckOptions, type CheckResult, checkDaemonJson } from './check.ts';
export { type DiffLine, diffLines } from './diff.ts';
export { type DecodedFile, decodeFile } from './encoding.ts';
export { type JsonPatch, type MergeNote, type MergeResult, mergeDaemonJson } from './merge.ts';
export type { Fix, Problem, TextEdit } from './problem.ts';
export { type JsonValue, parseTolerant, type TolerantResult } from './tolerant.ts';
