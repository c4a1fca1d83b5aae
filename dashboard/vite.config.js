import { defineConfig } from 'vite';

const API = process.env.CROWD_API ?? 'http://127.0.0.1:4000';

export default defineConfig({
  build: {
    // Those that know light-dark(); they load modules by themselves.
    target: ['chrome123', 'firefox121', 'safari17.5'],
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    // Two per cent smaller than what the bundler does by itself.
    minify: 'terser',
    terserOptions: { module: true, ecma: 2020, compress: { passes: 3, unsafe_arrows: true } },
  },
  // While the page is worked on, the API is that of the local run.
  server: {
    host: '127.0.0.1',
    proxy: { '/users': API, '/website': API, '/sdk': API },
  },
});
