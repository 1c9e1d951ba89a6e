import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** The screens alone, for the browser host: `out/renderer`, the same folder that electron-vite fills. */
export default defineConfig({
  root: 'src/renderer',
  // Both shells serve the page from their own root, the Electron one under a custom scheme.
  base: './',
  plugins: [react()],
  build: {
    outDir: '../../out/renderer',
    emptyOutDir: true,
    minify: true,
    target: 'chrome140',
    // The page's policy takes fonts from files only.
    assetsInlineLimit: 0,
    // KB: the page comes from this computer's disk in one piece, and a user's first start should not print advice for us.
    chunkSizeWarningLimit: 3000,
    rolldownOptions: { input: 'src/renderer/index.html' },
  },
});
