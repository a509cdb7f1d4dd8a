import { FluentProvider } from '@fluentui/react-components'
import { BoardPage } from './board/board-page.tsx'
import { useTheme } from './theme/theme-choice.ts'

export function App() {
  const { theme, choice, choose } = useTheme()
  return (
    <FluentProvider theme={theme}>
      <BoardPage theme={choice} chooseTheme={choose} />
    </FluentProvider>
  )
}
