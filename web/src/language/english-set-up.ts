import { countingIn } from './counting.ts'

const count = countingIn('en')

/** From an empty hub to the first call, and what is left to do. */
export const englishSetUp = {
  title: 'Ten minutes to the first call',
  text: 'Each step can be changed later on its own page. Nothing is written anywhere before the links are made.',
  states: { done: 'Done', now: 'Next', later: 'Later' },
  tenant: 'Name your organisation',
  tenantName: 'Short name',
  tenantHint: 'Letters, digits, - and _; it stays. Your domain without its ending is a good one.',
  tenantTaken: 'There is a tenant of this name.',
  newTenant: 'A new customer: begin with the name, the other steps follow.',
  nameIt: 'Name it',
  microsoft: 'Connect Microsoft 365',
  microsoftText:
    'An application of your own at Microsoft, made by a script that is ready to copy, or consent by one link.',
  phones: 'Add a phone system',
  phonesText: 'From the catalogue; you try the connection before it is saved.',
  system: (id: string, state: string) => `${id}: ${state}`,
  people: 'Match people',
  peopleText:
    'Everyone whom Microsoft 365 and the phone system both know by mail address is kept in step. Who cannot be matched is named, with the reason.',
  match: 'Match by mail address',
  matching: 'The directories are being read.',
  found: (all: number) => count(all, { one: '1 person was found.', other: `${all} people were found.` }),
  doubtful: 'To be looked at',
  nobodys: 'Phones that belong to nobody',
  nobodyHas: (mails: string) => `Matched with nobody in Microsoft 365 by the mail address ${mails}.`,
  noMail: 'It has no mail address.',
  toPeople: 'Everyone, and links by hand',
  links: 'Choose who follows whom',
  linksText:
    'A preset has the rules: which calls count, what do not disturb means where. Each can be read and changed later.',
  preset: 'Preset',
  follows: (target: string, source: string) => `${target} follows ${source}`,
  link: 'Make these links',
  linked: (links: string) => `Linked: ${links}`,
  call: 'Watch the first call',
  callText: 'Make a call with one of the phones: it shows here as soon as Teams was told.',
  waiting: 'Waiting for a call',
  called: (name: string) => `${name} is the first: their call was shown.`,
  why: 'Why?',
  toDo: (open: number) => count(open, { one: '1 thing to do', other: `${open} things to do` }),
  doIt: (title: string) => `Go there: ${title}`,
  goThere: 'Go there',
  back: 'Back to set-up',
}
