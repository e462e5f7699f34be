import { defineConfig } from '@playwright/test';
import { findBrowser } from './test/browser.ts';

/** A site that is already served, e.g. a build in another folder; otherwise `dist` is served here. */
const served = process.env.E2E_BASE_URL;
const port = 4399;

export default defineConfig({
  testDir: 'test/e2e',
  outputDir: 'test-results',
  fullyParallel: true,
  workers: 2,
  timeout: 60_000,
  // On a busy machine a wait may run out; what passes only at a later try is listed as flaky.
  retries: 2,
  forbidOnly: Boolean(process.env.CI),
  reporter: process.env.CI ? 'line' : 'list',
  use: {
    baseURL: served ?? `http://localhost:${port}`,
    locale: 'zh-CN',
    trace: 'off',
    // Each test has a browser of its own, which would fetch the whole site for offline use.
    serviceWorkers: 'block',
    launchOptions: {
      executablePath: findBrowser(),
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
  ...(served
    ? {}
    : {
        webServer: {
          command: `node test/e2e/serve.ts ${port}`,
          url: `http://localhost:${port}/`,
          reuseExistingServer: !process.env.CI,
        },
      }),
});
