import { defineConfig } from 'electron-vite';
import screens from './vite.config.ts';

export default defineConfig({
  main: {
    build: {
      // Only `dependencies` stay outside the bundle; a native module must, because it finds its binary beside itself.
      externalizeDeps: true,
      // The page worker is a program of its own: the window starts it as a process beside itself. Reports have a thread.
      rolldownOptions: {
        input: {
          index: 'src/main/index.ts',
          'page-worker': 'src/main/pages/page-worker.ts',
          'report-worker': 'src/main/core/reports/report-worker.ts',
        },
      },
    },
  },
  preload: {
    build: {
      // A sandboxed preload is one CommonJS file that requires electron and nothing else.
      externalizeDeps: false,
      rolldownOptions: {
        input: { index: 'src/preload/index.ts' },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: screens,
});
