import type { ReactNode } from 'react'

/** A sentence that the hub wrote: English whatever language the page has, which a reader aloud must know. */
export function HubText(props: { className?: string; children: ReactNode }) {
  return (
    <div lang="en" {...(props.className !== undefined && { className: props.className })}>
      {props.children}
    </div>
  )
}
