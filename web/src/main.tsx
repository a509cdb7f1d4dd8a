import { createRoot } from 'react-dom/client'
import { App } from './app.tsx'
import { speakChosen } from './language/language-choice.ts'

const root = document.getElementById('root')
// The first thing drawn is in the right language already.
if (root) void speakChosen().then((language) => createRoot(root).render(<App language={language} />))
