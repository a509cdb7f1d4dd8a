import type { Link, Policy } from './policy.ts'

/** What a person can have agreed to: that they are kept in step at all; that it is written with their own sign-in. */
export type Agreement = 'optIn' | 'paired'

/** Ids of the people of a tenant who agreed. */
export type Agreed = Readonly<Record<Agreement, ReadonlySet<string>>>

/** The rules as they hold for those who agreed: a link that asks for it covers nobody else. */
export function keepAgreed(policy: Policy, agreed: Agreed): Policy {
  if (!policy.links.some((link) => link.agreed)) return policy
  return { ...policy, links: policy.links.map((link) => keepAgreedOf(link, agreed)) }
}

function keepAgreedOf(link: Link, agreed: Agreed): Link {
  let { people } = link
  for (const one of link.agreed ?? []) people = people ? people.intersection(agreed[one]) : agreed[one]
  return { ...link, people }
}
