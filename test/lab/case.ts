/** A scenario and a client together: what the command is made from, and what must be found. */
import { address } from './addresses.ts';
import type { Recording } from './recording.ts';
import type { Case, Client, Expectation, Scenario, Source } from './scenario.ts';
import type { Suite } from './tree.ts';

const images: Readonly<Record<Source, { image: string; registry: string }>> = {
  hub: { image: 'alpine:3.20', registry: 'registry-1.docker.io' },
  private: { image: 'registry.corp.example/team/app:1.0', registry: 'registry.corp.example' },
  ip: { image: `${address.server}/team/app:1.0`, registry: address.server },
};

export function caseOf(scenario: Scenario, client: Client, suite: Suite): Case {
  const source = scenario.source ?? 'hub';
  const host = scenario.host ?? client.url?.host ?? '';
  const scheme = scenario.scheme ?? client.url?.scheme ?? 'https';
  return {
    ...scenario,
    suite,
    scenario: scenario.id,
    source,
    host,
    url: `${scheme}://${host}${client.url?.path ?? ''}`,
    ...images[source],
  };
}

function hostOf({ host }: Expectation, client: Client, at: Case): string | undefined {
  // openssl names the address alone.
  if (client.id === 'openssl') return undefined;
  if (host === 'target') return client.url ? at.host : at.registry;
  if (host === 'proxy') return at.proxy && new URL(at.proxy).host;
  return host;
}

/** The part of a recording that comes from the scenario. */
export function expectedOf(
  scenario: Scenario,
  client: Client,
  at: Case,
): Pick<Recording, 'category' | 'accept' | 'layer' | 'host'> {
  const expectation =
    typeof scenario.expect === 'function' ? scenario.expect(client) : scenario.expect;
  const { category, accept = [] } = expectation;
  const layer = category === 'none' ? undefined : client.layer;
  return { category, accept, layer, host: hostOf(expectation, client, at) };
}
