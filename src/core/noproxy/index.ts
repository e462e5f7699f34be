export {
  type Client,
  type ClientGroup,
  type ClientGroupId,
  clientById,
  clientGroups,
  clients,
} from './clients.ts';
export { type Coverage, coverageOf, type Probe, probesFor } from './coverage.ts';
export { compile, decide } from './decide.ts';
export {
  type Converted,
  desktopBypasses,
  fromDesktop,
  splitDesktop,
  toDesktop,
} from './desktop.ts';
export {
  covers,
  explainDecision,
  type NearMiss,
  nearMisses,
  probeEnvironment,
} from './explain.ts';
export { type Extracted, extractVariables, type PasteSource } from './extract.ts';
export { type Lint, type LintCode, lintEnvironment, lintNoProxy } from './lint.ts';
export { lintProxies } from './lint-proxy.ts';
export { type Entry, type EntryKind, parseEntry, splitGenerously } from './parse-list.ts';
export {
  type Limit,
  makePortable,
  type NonProxyHosts,
  type Portable,
  type PortableOptions,
  toNonProxyHosts,
} from './portable.ts';
export {
  parseTargets,
  type Target,
  type TargetOptions,
  type TargetProblem,
  type Targets,
} from './targets.ts';
export type {
  ClientId,
  Decide,
  DecideOptions,
  Decision,
  ProxyEnv,
  Reason,
  ReasonCode,
  Route,
} from './types.ts';
