import { defineConfig } from 'vite';

const API = process.env.CROWD_API ?? 'http://127.0.0.1:4000';

export default defineConfig({
  build: {
    target: 'es2022',
    // Every browser that knows light-dark() loads modules by itself.
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
  },
  // While the page is worked on, the API is that of the local run.
  server: {
    host: '127.0.0.1',
    proxy: { '/users': API, '/website': API, '/sdk': API },
  },
});
