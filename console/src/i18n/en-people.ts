// English texts about where somebody is signed in, and what lets operators in.

export const people = {
  // Everywhere
  signedIn: 'Signed in',
  lastUsed: 'Last used',
  ends: 'Ends unless used',
  current: 'this one',
  end: 'End',
  ended: 'The session is ended.',
  endTitle: 'End this session?',
  // One's own
  ownText:
    'Where you are signed in. If you do not know one of them, end it and change your password. Keys and platform tokens stay valid.',
  endText: 'Whoever uses it has to sign in again.',
  endOthers: 'End all others',
  endOthersTitle: 'End all other sessions?',
  endOthersText: 'You stay signed in here, and have to sign in again everywhere else.',
  othersEnded: 'All other sessions are ended.',
  // Of a holder
  showSessions: 'Sessions',
  showTokens: 'Platform tokens',
  holderText: 'Opening these lists is an act in the audit log.',
  noSessions: 'No open sessions',
  noSessionsText: 'The holder is signed in nowhere.',
  noTokens: 'No platform tokens',
  noTokensText: 'No program manages this account.',
  revokeTokenText: 'Programs that use it are refused at once.',
  revoked: 'It is revoked.',
  // Operators
  title: "Operators' access",
  lead: 'What lets operators in: tokens of programs, links that nobody has used yet, sessions in browsers. They are made on the server, by <0>lineproof operator token create</0> and <1>lineproof operator link</1>. Looking at them is an act in the audit log.',
  name: 'Operator',
  kind: 'Kind',
  kind_bearer: 'token',
  kind_link: 'link',
  kind_session: 'session',
  state: 'State',
  state_valid: 'valid',
  state_expired: 'expired',
  state_revoked: 'revoked',
  made: 'Made',
  expires: 'Expires',
  revoke: 'Revoke',
  revokeTitle: 'Revoke the {{kind}} of {{name}}?',
  revokeText: 'It is refused from the next call on, for good.',
  signOut: 'To end this one, sign out.',
  none: 'Nothing lets operators in',
  noneText: 'Tokens and links are made on the command line of the server.',
  // Accounts
  email: "Holder's e-mail address",
  emailHelp:
    'The whole address. It stands in no address of this page; the search is an act in the audit log.',
} as const;
