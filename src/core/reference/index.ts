export {
  type InvalidReference,
  type InvalidReferenceCode,
  type ParseOptions,
  parseReference,
  type Reference,
} from './parse.ts';
export { referenceProblem } from './problems.ts';
export { type PullHost, type PullOptions, type PullRole, pullHosts } from './pull-hosts.ts';
