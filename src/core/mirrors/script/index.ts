export { createScript, type Script } from './create.ts';
export {
  type BlobRead,
  MAX_OUTPUT,
  type Ping,
  parseScriptOutput,
  type ScriptOutput,
  type ScriptResult,
  type Stage,
} from './output.ts';
export { planScript, type ScriptLanguage, type ScriptOptions, type ScriptPlan } from './plan.ts';
export { pickBest, type RankedResult, rankResults } from './ranking.ts';
