/** The root trees that hold the clients: plain Debian, made by `setup.ts`, outside the repository. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** Debian suites whose clients are recorded: the newest there are, and ones from 2023. */
export const suites = ['sid', 'bookworm'] as const;

export type Suite = (typeof suites)[number];

/** Folder above the trees; `NETWORK_LAB_ROOT` overrides it. */
export const treesFolder = process.env.NETWORK_LAB_ROOT ?? '/var/cache/network-lab';

export const treeOf = (suite: Suite): string => join(treesFolder, suite);

/** Whether setup has finished for a suite. */
export const isReady = (suite: Suite): boolean =>
  existsSync(join(treeOf(suite), 'etc/network-lab-ready'));
