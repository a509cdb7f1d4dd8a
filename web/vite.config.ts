import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'

const hub = process.env.HOOKSWITCH_HUB ?? 'http://127.0.0.1:8080'

/**
 * `vite build web` writes the board to dist/web, from where the hub serves it. Nothing is inlined: the hub's
 * content security policy allows files of its own origin only. The first load may weigh 250 kB compressed. `vite web` serves it beside a running hub.
 */
export default defineConfig(({ command }) => {
  // Whoever builds it, a run of tests too, builds what is served: React's tools for developers stay out.
  if (command === 'build') process.env.NODE_ENV = 'production'
  return {
    plugins: [react(), ownTeamsHosts()],
    build: {
      outDir: '../dist/web',
      emptyOutDir: true,
      assetsInlineLimit: 0,
      rolldownOptions: {
        input: ['index.html', 'tab.html', 'pairing.html'].map((file) =>
          fileURLToPath(new URL(file, import.meta.url)),
        ),
      },
      target: 'es2023',
      chunkSizeWarningLimit: 800,
    },
    server: { host: '127.0.0.1', proxy: { '/api': hub, '/lab': hub } },
  }
})

const listOfMicrosoft = '"https://res.cdn.office.net/teams-js/validDomains/json/validDomains.json"'

/** TeamsJS asks Microsoft's servers whom to believe; ours asks the hub, whose list is also who may frame the tab. */
function ownTeamsHosts(): Plugin {
  let replaced = false
  return {
    name: 'own-teams-hosts',
    apply: 'build',
    transform(code, id) {
      if (!id.includes('teams-js') || !code.includes(listOfMicrosoft)) return undefined
      replaced = true
      return { code: code.replaceAll(listOfMicrosoft, '"/teams-hosts.json",location.origin'), map: null }
    },
    buildEnd() {
      if (!replaced)
        this.error('TeamsJS no longer names the list of hosts where it was: look at vite.config.ts.')
    },
  }
}
