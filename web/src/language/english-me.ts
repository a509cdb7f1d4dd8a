/** The page of oneself, in the portal and as a tab in Teams. */
export const englishMe = {
  nobody:
    'Your account belongs to no person whose presence is kept here. Ask your administrator to give it the role of a member.',
  asWhom: 'As whom',
  consent: {
    title: 'Do you want this?',
    label: 'Keep my presence in step',
    on: 'You agreed: your phone and Microsoft Teams are kept in step, as far as the switches below say.',
    off: 'Nothing is read or written for you in Microsoft Teams until you switch this on. You can switch it off again at any time.',
  },
  pairing: {
    title: 'Your Microsoft account',
    states: { green: 'In order', amber: 'Cannot be renewed', red: 'Sign in again' },
    none: 'You have not signed in with your Microsoft account. Until you do, nothing is written in Microsoft Teams for you.',
    account: (name: string, time: string) => `${name}, since ${time}`,
    since: (time: string) => `Since ${time}:`,
    begin: 'Sign in with Microsoft',
    again: 'Sign in again',
    lastTry: (time: string) => `The last sign-in, ${time}, came to nothing:`,
    ended: {
      refused: 'The sign-in came to nothing.',
      closed: 'The window was closed before you had signed in.',
      blocked:
        'Teams could not open a window. Allow pop-up windows for Teams, or use the portal in a browser.',
    },
    forget: 'Forget this sign-in',
  },
  directions: {
    title: 'What follows what',
    follows: (to: string, from: string) => `${to} follows ${from}`,
    off: (time: string) => `Off since ${time}. What was written over it was taken back.`,
    observeOnly: 'Your administrator lets the hub only watch here: nothing is written.',
    none: 'No two of your systems are linked. Your administrator decides that.',
  },
  calls: {
    title: 'How my calls are shown in Microsoft Teams',
    rules: 'As the administrator set it',
    inACall: 'In a call',
    busy: 'Busy',
    nothing: 'Not at all',
  },
  shown: { title: 'What is shown of you, and why', now: 'Your colleagues see:' },
  stored: {
    title: 'What is stored about you',
    text: 'What your systems say now, what was written for you and when, and your choices on this page. Your administrator sees who looked at it.',
    save: 'Save as a file',
    erase: 'Erase the past',
    eraseTitle: 'Erase what is stored of the past?',
    eraseText:
      'The history of your presence and the writes that are over are erased for good. What your systems say now stays, and so do your choices and the audit log.',
    keep: 'Keep it',
    eraseNow: 'Erase',
    erased: 'Erased.',
  },
  tab: {
    title: 'Soft keys',
    opening: 'Signing you in through Microsoft Teams',
    refused: 'You could not be signed in through Microsoft Teams.',
    inBrowser: 'This page is meant for Microsoft Teams. In a browser, your own page is in the portal.',
    toPortal: 'Open the portal',
    again: 'Try again',
  },
}
