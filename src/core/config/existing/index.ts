export { type CliProxies, mergeConfigJson, parseConfigJson } from './config-json.ts';
export {
  type DropIn,
  type DropInMergeResult,
  environmentLine,
  mergeDropIn,
  parseDropIn,
  type UnitSetting,
} from './drop-in.ts';
