import { Button } from '@fluentui/react-components'
import { words } from '../language/words.ts'

/** One for each provider; the hub sends the browser there. */
export function ProviderButtons(props: {
  providers: readonly { readonly id: string; readonly title: string }[]
  appearance: 'primary' | 'secondary'
}) {
  const { session: said } = words().pages
  return props.providers.map(({ id, title }) => (
    <Button key={id} as="a" href={`/api/v1/sign-in/${encodeURIComponent(id)}`} appearance={props.appearance}>
      {said.signInAt(title)}
    </Button>
  ))
}
