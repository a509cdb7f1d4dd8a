import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

const hub = process.env.HOOKSWITCH_HUB ?? 'http://127.0.0.1:8080'

/**
 * `vite build web` writes the board to dist/web, from where the hub serves it. Nothing is inlined: the hub's
 * content security policy allows files of its own origin only. The first load may weigh 250 kB compressed. `vite web` serves it beside a running hub.
 */
export default defineConfig(({ command }) => {
  // Whoever builds it, a run of tests too, builds what is served: React's tools for developers stay out.
  if (command === 'build') process.env.NODE_ENV = 'production'
  return {
    plugins: [react()],
    build: {
      outDir: '../dist/web',
      emptyOutDir: true,
      assetsInlineLimit: 0,
      target: 'es2023',
      chunkSizeWarningLimit: 800,
    },
    server: { host: '127.0.0.1', proxy: { '/api': hub, '/lab': hub } },
  }
})
