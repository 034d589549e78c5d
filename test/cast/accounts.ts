import type { Role } from '#access'

export type Place = 'botolphs' | 'oakfield' | 'northmoor' | 'operator'

export type Account = {
  at: Place
  role: Role
  /** "Mrs Ngozi Okafor". */
  name: string
  email: string
  yearGroups?: string[]
  /** Their account is still open, and the staff feed says that they left. */
  hasLeft?: boolean
}

/** Who can sign in. The addresses are the ones that `npm start` prints. */
export const castUsers = {
  okafor: account('botolphs', 'administrator', 'Mrs Ngozi Okafor', 'okafor@st-botolphs.example'),
  pym: account('botolphs', 'data-manager', 'Mr Arthur Pym', 'pym@st-botolphs.example'),
  bell: {
    ...account('botolphs', 'basic', 'Miss Clara Bell', 'bell@st-botolphs.example'),
    yearGroups: ['Year 3', 'Year 4'],
  },
  tennant: {
    ...account('botolphs', 'basic', 'Mr Rory Tennant', 'tennant@st-botolphs.example'),
    yearGroups: ['Year 5'],
    hasLeft: true,
  },
  abara: account('oakfield', 'administrator', 'Mr Chidi Abara', 'abara@oakfield.example'),
  farrow: account(
    'northmoor',
    'virtual-school-head',
    'Ms Helen Farrow',
    'farrow@northmoor.example',
  ),
  dot: account('operator', 'operator-basic', 'Dot Ainsley', 'dot@schoolgate.example'),
  lin: account('operator', 'operator-finance', 'Lin Zhao', 'lin@schoolgate.example'),
  sol: account('operator', 'operator-administrator', 'Sol Marek', 'sol@schoolgate.example'),
  kit: account('operator', 'operator-administrator', 'Kit Morrow', 'kit@schoolgate.example'),
} satisfies Record<string, Account>

export type CastUser = keyof typeof castUsers

function account(at: Place, role: Role, name: string, email: string): Account {
  return { at, role, name, email }
}
