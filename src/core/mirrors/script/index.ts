export { createScript, type Script, type ScriptLanguage, type ScriptOptions } from './create.ts';
export {
  type BlobRead,
  MAX_OUTPUT,
  type Ping,
  parseScriptOutput,
  type ScriptOutput,
  type ScriptResult,
  type Stage,
} from './output.ts';
export { pickBest, type RankedResult, rankResults } from './ranking.ts';
