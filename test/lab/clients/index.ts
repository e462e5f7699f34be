import type { Client, Scenario } from '../scenario.ts';
import { insideClients } from './inside.ts';
import { badConfiguration, notCovered, withoutDaemon, withoutSpace } from './local.ts';
import { pullClients } from './pull.ts';
import { webClients } from './web.ts';

export const clients: readonly Client[] = [
  ...webClients,
  ...pullClients,
  ...insideClients,
  ...withoutDaemon,
  ...badConfiguration,
  ...notCovered,
  ...withoutSpace,
];

/** The clients that a scenario names by group or id. */
export function clientsOf({ clients: wanted, except = [] }: Scenario): Client[] {
  return clients.filter(
    ({ id, group }) =>
      (wanted.includes(id) || (group !== undefined && wanted.includes(group))) &&
      !except.includes(id),
  );
}
