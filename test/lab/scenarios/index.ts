import type { Scenario } from '../scenario.ts';
import { connectionScenarios } from './connection.ts';
import { dnsScenarios } from './dns.ts';
import { healthyScenarios } from './healthy.ts';
import { localScenarios } from './local.ts';
import { packageScenarios } from './packages.ts';
import { proxyScenarios } from './proxy.ts';
import { registryScenarios } from './registry.ts';
import { tlsScenarios } from './tls.ts';

export const scenarios: readonly Scenario[] = [
  ...tlsScenarios,
  ...proxyScenarios,
  ...registryScenarios,
  ...dnsScenarios,
  ...packageScenarios,
  ...localScenarios,
  ...healthyScenarios,
  // Many of these wait for time limits.
  ...connectionScenarios,
];
