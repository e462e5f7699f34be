import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/core/**/*.test.ts', 'test/build/**/*.test.ts'],
    environment: 'node',
    testTimeout: 30_000,
  },
});
