import { FluentProvider } from '@fluentui/react-components'
import { BoardPage } from './board/board-page.tsx'
import { PageError } from './page-error.tsx'
import { useTheme } from './theme/theme-choice.ts'

export function App() {
  const { theme, choice, choose } = useTheme()
  return (
    <FluentProvider theme={theme}>
      <PageError>
        <BoardPage theme={choice} chooseTheme={choose} />
      </PageError>
    </FluentProvider>
  )
}
