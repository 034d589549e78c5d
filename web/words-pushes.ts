import type { Import } from '#mis'

/** What a school sent, by the kind of data. */
export const dataWords: Record<Import['data'], string> = {
  roster: 'Pupils and contacts',
  registers: 'Registers',
  behaviour: 'Behaviour',
  achievements: 'Achievements',
  detentions: 'Detentions',
  staff: 'Staff',
  consents: 'Wishes and consents',
}

/** Why nothing of what an agent sent was used, and what to do. */
export const pushProblems: Record<NonNullable<Import['refusedBecause']>, string> = {
  'not-a-push': 'This was not sent by the agent program. Look at the program on your server.',
  'does-not-open':
    'It could not be opened with the keys of this agent: it was changed on the way, or the keys do not match. Enrol the agent again if it stays.',
  truncated: 'It was cut short on the way. The agent sends it again by itself.',
  'agent-unknown': 'The agent was revoked, or its keys are gone. Enrol it again.',
  gone: 'What was sent is not there any more. The agent sends the whole again with its next run.',
  'not-a-payload':
    'What was inside is nothing that Schoolgate knows. Update the agent program on your server.',
  'not-as-announced':
    'Inside, it says that it is other data than the agent announced. Update the agent program on your server.',
  'too-many-records':
    'There is more in it than any school has. Look at the export it was read from.',
  'wrong-count':
    'It does not have as many records as it says, so some may be missing. The agent sends it again.',
  overtaken:
    'Newer data from your management information system has been applied already, so this was not.',
}

/** The file's own name, or what it was that an agent sent. */
export const importName = ({ record, data }: Pick<Import, 'record' | 'data'>): string =>
  record.fileName === '' ? dataWords[data] : record.fileName
