import { atLeast } from '../version.ts';
import type { GoWording } from './unmarshal.ts';

/** The file that dockerd's messages name. */
const FILE = '/etc/docker/daemon.json';

/** How one build of dockerd words what it refuses: that depends on its version, and on the Go it is built with. */
export interface Wording {
  go: GoWording;
  character: 'byte' | 'rune';
  /** The file can't be decoded. */
  json: (message: string) => string;
  /** The file is read, but refused as a configuration. */
  file: (message: string) => string;
  /** A value is refused after file and flags are merged. */
  validation: (message: string) => string;
  /** The daemon gave up while starting. */
  start: (message: string) => string;
}

/** Debian's packages say so in their version: `28.5.2+dfsg4`. They are built with a newer Go than Docker's own. */
export function wordingOf(engine: string): Wording {
  const debian = engine.includes('+dfsg');
  const go127 = debian && atLeast(engine, '28.5.2');
  const go124 = atLeast(engine, debian ? '26.1.5' : '28.2');
  const invalid = go127 || atLeast(engine, '29.7.2') ? 'invalid JSON: ' : '';
  const stage = atLeast(engine, '23.0')
    ? 'merged configuration validation from file and command line flags failed'
    : 'configuration validation from file failed';
  const file = (message: string): string =>
    `unable to configure the Docker daemon with file ${FILE}: ${message}`;
  return {
    go: go127 ? 'pointer' : go124 ? 'embedded' : 'plain',
    character: go127 ? 'rune' : 'byte',
    json: (message) => file(`${invalid}${message}`),
    file,
    validation: (message) => file(`${stage}: ${message}`),
    start: (message) => `failed to start daemon: ${message}`,
  };
}
