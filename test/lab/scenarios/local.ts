import { badConfiguration, notCovered, withoutDaemon, withoutSpace } from '../clients/local.ts';
import type { Client, Scenario } from '../scenario.ts';
import { layerOf, readRequest, registry } from '../servers/registry.ts';
import { serveApp } from './arrange.ts';

const ids = (clients: readonly Client[]): string[] => clients.map(({ id }) => id);

export const localScenarios: readonly Scenario[] = [
  {
    id: 'no-daemon',
    about: "dockerd isn't running.",
    clients: ids(withoutDaemon),
    arrange: () => {},
    expect: { category: 'daemon-down' },
  },
  {
    id: 'bad-daemon-json',
    about: 'dockerd refuses its configuration.',
    clients: ids(badConfiguration),
    seconds: 20,
    arrange: () => {},
    expect: { category: 'daemon-config' },
  },
  {
    id: 'not-covered',
    about: 'Errors that have nothing to do with the network.',
    clients: ids(notCovered),
    arrange: () => {},
    expect: { category: 'none' },
  },
  {
    id: 'no-space',
    about: 'The disk is full.',
    clients: ids(withoutSpace),
    arrange: (lab) => {
      const images = registry({ seed: 'no-space', auth: 'bearer' });
      return serveApp(lab, (request, response) => {
        if (readRequest(request).step === 'other') response.end(layerOf('no-space'));
        else images(request, response);
      });
    },
    expect: { category: 'disk' },
  },
];
