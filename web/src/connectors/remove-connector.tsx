import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  DialogTrigger,
} from '@fluentui/react-components'
import type { Place, TenantItem } from '../configuration/configuration-client.ts'
import { words } from '../language/words.ts'

/** Asks before a connector is taken out, and says what that does. */
export function RemoveConnector(props: { place: Place; tenant: TenantItem; remove(): void }) {
  const { connectors: said } = words()
  const { id } = props.place
  const links = (props.tenant.links ?? []).filter(({ from, to }) => from === id || to === id)
  return (
    <Dialog modalType="alert">
      <DialogTrigger disableButtonEnhancement>
        <Button size="small" aria-label={said.remove(id)}>
          {said.removeShort}
        </Button>
      </DialogTrigger>
      <DialogSurface>
        <DialogBody>
          <DialogTitle>{said.removeTitle(id)}</DialogTitle>
          <DialogContent>
            <p>{said.removeText}</p>
            {links.length > 0 && (
              <p>
                {said.removeLinks(links.length)}: {links.map(({ from, to }) => `${from} → ${to}`).join(', ')}
              </p>
            )}
          </DialogContent>
          <DialogActions>
            <DialogTrigger disableButtonEnhancement>
              <Button>{said.cancel}</Button>
            </DialogTrigger>
            <DialogTrigger disableButtonEnhancement>
              <Button appearance="primary" onClick={props.remove}>
                {said.remove(id)}
              </Button>
            </DialogTrigger>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  )
}
