import path from 'node:path';
import { defineConfig } from 'vitest/config';

// biome-ignore lint/style/noDefaultExport: vitest asks for one
export default defineConfig({
  root: path.dirname(path.dirname(import.meta.dirname)),
  test: {
    include: ['test/long/**/*.test.ts'],
    // One after the other: they install packages and start processes.
    fileParallelism: false,
    testTimeout: 300_000,
    hookTimeout: 300_000,
  },
});
