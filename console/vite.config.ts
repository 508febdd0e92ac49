// How the console is built: below /console, nothing inlined, a nonce for what the page itself carries.

import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** Replaced with a fresh one in every answer (src/server/console-files.ts). */
const NONCE_PLACEHOLDER = '__CSP_NONCE__';

export default defineConfig({
  base: '/console/',
  plugins: [react()],
  html: { cspNonce: NONCE_PLACEHOLDER },
  build: {
    target: 'es2022',
    // The strict policy allows no data: scripts and no inline ones.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    manifest: true,
    reportCompressedSize: false,
    chunkSizeWarningLimit: 1200,
  },
  // `npx vite` in this folder, with a server on its usual port, for work on the console.
  server: { proxy: { '/api': 'http://127.0.0.1:8080', '/openapi.json': 'http://127.0.0.1:8080' } },
});
