import { execFileSync, spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium } from '@playwright/test';

const commands = [
  'google-chrome',
  'google-chrome-stable',
  'chromium',
  'chromium-browser',
  'microsoft-edge',
  'microsoft-edge-stable',
];

const places = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  ...['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA'].flatMap((name) => {
    const folder = process.env[name];
    return folder
      ? [
          join(folder, 'Google/Chrome/Application/chrome.exe'),
          join(folder, 'Microsoft/Edge/Application/msedge.exe'),
        ]
      : [];
  }),
];

function onPath(command: string): string | undefined {
  return (process.env.PATH ?? '')
    .split(delimiter)
    .map((folder) => join(folder, command))
    .find((file) => {
      try {
        accessSync(file, constants.X_OK);
        return true;
      } catch {
        return false;
      }
    });
}

/** A browser that is already there: CHROME_PATH, an installed Chrome, Chromium or Edge, Playwright's own. */
export function findBrowser(): string | undefined {
  const named = process.env.CHROME_PATH;
  if (named) {
    if (!existsSync(named)) throw new Error(`CHROME_PATH names ${named}, which does not exist.`);
    return named;
  }
  const installed = commands.map(onPath).find((path) => path !== undefined);
  if (installed) return installed;
  const place = places.find((path) => existsSync(path));
  if (place) return place;
  const own = chromium.executablePath();
  return existsSync(own) ? own : undefined;
}

/** Finds a browser, or gets one: Playwright's download, then Debian's package where we are root. */
export function ensureBrowser(): string {
  const found = findBrowser();
  if (found) return found;

  console.log('No Chrome, Chromium or Edge found; getting one.');
  const root = process.getuid?.() === 0;
  const download = spawnSync(
    process.execPath,
    [
      'node_modules/@playwright/test/cli.js',
      'install',
      ...(root ? ['--with-deps'] : []),
      'chromium',
    ],
    { stdio: 'inherit', timeout: 300_000 },
  );
  const downloaded = findBrowser();
  if (download.status === 0 && downloaded) return downloaded;

  if (root && onPath('apt-get')) {
    console.log("Playwright's download failed; installing Debian's chromium.");
    const apt = (...args: string[]) =>
      execFileSync('apt-get', args, {
        stdio: ['ignore', 'ignore', 'inherit'],
        env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
        timeout: 600_000,
      });
    try {
      apt('-qq', 'update');
      apt('-qq', '-y', 'install', '--no-install-recommends', 'chromium');
    } catch {
      // The message below says what to do.
    }
    const packaged = findBrowser();
    if (packaged) return packaged;
  }
  throw new Error(
    [
      'The browser tests need Chrome, Chromium or Edge and none could be found or fetched.',
      'Do one of these, then run npm test again:',
      '  - Debian/Ubuntu:  sudo apt-get install chromium',
      '  - anywhere:       npx playwright install --with-deps chromium',
      '  - or name one:    CHROME_PATH=/path/to/chrome npm test',
    ].join('\n'),
  );
}
