import { defineConfig } from 'vitest/config';

/** Checks of the built site in `dist`. */
export default defineConfig({
  test: { include: ['test/site/**/*.test.ts'], environment: 'node', testTimeout: 120_000 },
});
