export {
  type Client,
  type ClientGroup,
  type ClientGroupId,
  clientById,
  clientGroups,
  clients,
} from './clients.ts';
export { compile, decide } from './decide.ts';
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
