import { Button } from '@fluentui/react-components'
import type { Place, TenantItem } from '../configuration/configuration-client.ts'
import { AskFirst } from '../frame/ask-first.tsx'
import { words } from '../language/words.ts'

/** Asks before a connector is taken out, and says what that does. */
export function RemoveConnector(props: { place: Place; tenant: TenantItem; remove(): void }) {
  const { connectors: said } = words()
  const { id } = props.place
  const links = (props.tenant.links ?? []).filter(({ from, to }) => from === id || to === id)
  return (
    <AskFirst
      title={said.removeTitle(id)}
      text={
        <>
          <p>{said.removeText}</p>
          {links.length > 0 && (
            <p>
              {said.removeLinks(links.length)}: {links.map(({ from, to }) => `${from} → ${to}`).join(', ')}
            </p>
          )}
        </>
      }
      label={said.remove(id)}
      act={props.remove}
      trigger={
        <Button size="small" aria-label={said.remove(id)}>
          {said.removeShort}
        </Button>
      }
    />
  )
}
