// How the console is built: below /console, nothing inlined, a nonce for what the page itself carries.

import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

/** Replaced with a fresh one in every answer (src/server/console-files.ts). */
const NONCE_PLACEHOLDER = '__CSP_NONCE__';

/**
 * Ant Design hands its nonce on to most of the styles that it adds, and not to those of scroll bars and locked pages, which
 * the policy would refuse: here each that is added without one takes the page's. Fails when the library has changed.
 */
function giveEveryStyleItsNonce(): Plugin {
  const filled = 'styleNode.innerHTML = css;';
  const nonce = "styleNode.nonce ||= document.querySelector('meta[property=csp-nonce]')?.nonce ?? '';";
  return {
    name: 'give-every-style-its-nonce',
    transform(code, id) {
      if (!/@rc-component\/util\/es\/Dom\/dynamicCSS\.js$/.test(id)) return undefined;
      if (!code.includes(filled))
        return this.error('styles are added in another way now: look at the nonce again');
      return { code: code.replace(filled, `${nonce}\n  ${filled}`), map: null };
    },
  };
}

export default defineConfig({
  base: '/console/',
  plugins: [react(), giveEveryStyleItsNonce()],
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
