import { createRoot } from 'react-dom/client'
import { bestLanguage, speak } from '../language/words.ts'
import { enterTeams } from './enter-teams.ts'
import { TabApp } from './tab-app.tsx'

const root = document.getElementById('root')

async function start(): Promise<void> {
  const host = window.parent === window ? undefined : await enterTeams()
  const wished = [host?.locale ?? '', ...navigator.languages]
  const language = bestLanguage(wished)
  document.documentElement.lang = language
  await speak(language, wished)
  if (root) createRoot(root).render(<TabApp host={host} />)
}

void start()
