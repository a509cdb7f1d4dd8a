import { FluentProvider } from '@fluentui/react-components'
import { lazy, Suspense } from 'react'
import { BoardPage } from './board/board-page.tsx'
import { PageError } from './page-error.tsx'
import { forgetSetUpCode, useSetUpCode } from './session/set-up-code.ts'
import { useTheme } from './theme/theme-choice.ts'

const SetUpPage = lazy(() => import('./session/set-up-page.tsx'))

export function App() {
  const { theme, choice, choose } = useTheme()
  const code = useSetUpCode()
  return (
    <FluentProvider theme={theme}>
      <PageError>
        {code === undefined ? (
          <BoardPage theme={choice} chooseTheme={choose} />
        ) : (
          <Suspense>
            <SetUpPage code={code} done={forgetSetUpCode} />
          </Suspense>
        )}
      </PageError>
    </FluentProvider>
  )
}
