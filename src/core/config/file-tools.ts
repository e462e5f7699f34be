import { checkDaemonJson, mergeDaemonJson, parseTolerant } from './daemon-json/index.ts';
import { mergeConfigJson, mergeDropIn, parseConfigJson, parseDropIn } from './existing/index.ts';
import { parsePem } from './pem/index.ts';

/** The readers of pasted files and certificates. */
export const fileTools = {
  checkDaemonJson,
  mergeConfigJson,
  mergeDaemonJson,
  mergeDropIn,
  parseConfigJson,
  parseDropIn,
  parsePem,
  parseTolerant,
};

export type FileTools = typeof fileTools;
