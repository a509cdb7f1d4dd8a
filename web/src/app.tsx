import { FluentProvider } from '@fluentui/react-components'
import { lazy, Suspense } from 'react'
import { Portal } from './frame/portal.tsx'
import { useLanguage } from './language/language-choice.ts'
import type { Language } from './language/words.ts'
import { PageError } from './page-error.tsx'
import { forgetSetUpCode, useSetUpCode } from './session/set-up-code.ts'
import { useTheme } from './theme/theme-choice.ts'

const SetUpPage = lazy(() => import('./session/set-up-page.tsx'))

export function App(props: { language: Language }) {
  const language = useLanguage(props.language)
  const theme = useTheme()
  const code = useSetUpCode()
  return (
    <FluentProvider key={language.language} theme={theme.theme}>
      <PageError>
        {code === undefined ? (
          <Portal theme={theme} language={language} />
        ) : (
          <Suspense>
            <SetUpPage code={code} done={forgetSetUpCode} />
          </Suspense>
        )}
      </PageError>
    </FluentProvider>
  )
}
