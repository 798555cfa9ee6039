import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  resolve: {
    alias: [
      // Handlers import the layer by the path it has on Lambda; in unit tests it is the layer's source folder.
      { find: /^\/opt\/nodejs\//, replacement: fileURLToPath(new URL('./layers/observability/', import.meta.url)) },
    ],
  },
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/long/**', 'test/bench/**', '**/node_modules/**'],
    isolate: false,
    testTimeout: 20_000,
    hookTimeout: 20_000,
  },
});
