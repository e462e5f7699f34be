import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/core/**/*.test.ts', 'test/build/**/*.test.ts'],
    environment: 'node',
    setupFiles: ['test/properties.ts'],
    // A guard against hanging, wide enough for a busy machine.
    testTimeout: 120_000,
  },
});
