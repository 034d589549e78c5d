/** What the commands say on the terminal where something is wrong, ending in what to do. */
const sentences: Readonly<Record<string, string>> = {
  'not-enrolled':
    'This agent is not enrolled. Make a code on Schoolgate’s page Agents, then run: enrol <address> <code>',
  'not-private':
    'Other accounts of this machine can read the agent’s secrets, so they are not used. Run this command as the account that the agent runs as (on Windows by agent.ps1); if others can read the file secrets.json indeed, revoke this agent and enrol a new one.',
  damaged:
    'The file secrets.json is damaged. Revoke this agent on Schoolgate’s page Agents and enrol it again.',
  fault:
    'Something failed on this machine, such as a disk that is full or a folder that the agent may not write. Where it runs by itself the log has the code (turn.failed), and it tries again.',
  running: 'Another agent is at work with the same folder. Try again when it is done.',
  unreachable: 'Schoolgate cannot be reached. Look at the network, the proxy and the address.',
  'timed-out': 'Schoolgate did not answer in time.',
  'proxy-refused':
    'The proxy does not let the agent through. Ask whoever looks after it to allow Schoolgate’s address.',
  'not-trusted':
    'The certificate of whoever answered is not trusted. Where the school’s web filter opens connections, put its certificate authority into “certificates”.',
  'answer-too-big': 'Whoever answered sent far too much. Look at the address.',
  'another-shape':
    'Whoever answered is not Schoolgate, or is a version that this agent does not understand.',
  'not-proven': 'Whoever answered could not prove to be Schoolgate. Nothing was sent.',
  'no-such-code':
    'The code is not valid: it works once and for one hour. If the page Agents says that it was used and you did not use it, revoke that agent, and make a new code.',
  'unknown-key':
    'Schoolgate does not know the key that was sealed to. Nothing was taken. Begin again.',
  'key-too-old':
    'This machine was off for more than a year, and Schoolgate cannot prove its new key to it any more. Revoke this agent on the page Agents and enrol it again.',
  'another-fingerprint':
    'The fingerprints differ, so this is not the Schoolgate you mean. Nothing was stored.',
  'not-an-address': 'This is not an address. It looks like https://schoolgate.example',
  'not-https': 'The address must begin with https://, because children’s data goes there.',
  'holds-a-password': 'The address must not hold a name and password.',
  'no-file':
    'There is no such file. Look at “path”, “folder” and “match”, and at whether the export ran.',
  'still-being-written': 'The export is still being written. Run the agent later.',
  'export-too-big':
    'The export is too big to be read or sent at once. Leave out what is not needed, or export it in parts.',
  'too-big': 'The file is too big to be read. Leave out what is not needed, or export it in parts.',
  'too-many-rows':
    'There are more rows in it than are read at once. Look whether it is the file you mean, or export it in parts.',
  'too-many-people':
    'There are more pupils and contacts in it than Schoolgate takes at once. Look whether it is the export of one school, or export it in parts.',
  'too-many-records':
    'There are more people or entries in it than Schoolgate takes at once, and people cannot be divided. Look whether it is the export of one school.',
  'folder-not-written':
    'The folder of “writeBacks” cannot be written, so nothing is collected. Look at whether it is there, at its permissions for the account that the agent runs as, and on Linux at ReadWritePaths in schoolgate-agent.service.',
  'wrong-login':
    'Schoolgate does not know this agent: it was revoked, or enrolled anew on another machine. Ask whoever looks after agents in the school to make a new code, then enrol again.',
  revoked:
    'The school revoked this agent, so Schoolgate takes nothing from it. If it is to go on, ask for a new code, then enrol again.',
  locked:
    'The school’s area in Schoolgate is locked, since its contract has ended. Nothing is taken. Stop the agent, or ask the school’s business manager.',
  throttled:
    'Schoolgate does not know this agent by its login, and was asked too often. Look whether it was enrolled anew; else try again in five minutes.',
  'token-not-private':
    'Other accounts of this machine can read the file with the token, so it is not used.',
  'source-unreachable': 'The school’s system cannot be reached.',
  'source-refused': 'The school’s system refused. Look at the token and at what it may read.',
  'source-answers-nonsense': 'The school’s system answered something that cannot be understood.',
  'not-subscribed':
    'No product that your school subscribes to needs this kind of data, so it is not read.',
  'another-kind-of-file': 'The file is of another kind than “kind” says.',
  'not-in-this-source': 'An export of this kind does not hold such data.',
  'mapping-does-not-fit': 'The columns do not fit. Set “template” or “mapping”.',
}

/** A sentence; for what has none, the word itself with the place. */
export function problemWords(problem: string, detail?: string): string {
  const sentence = sentences[problem] ?? `${problem.replaceAll('-', ' ')}.`
  const shown = detail === undefined || detail === problem ? '' : ` (${detail})`
  return sentence + shown
}

/** A clock that is further off than this is told; Schoolgate’s time is used all the same. */
const TOLD_CLOCK_MS = 60_000

/** Undefined where the clock is right. */
export function clockWords(aheadMs: number): string | undefined {
  if (Math.abs(aheadMs) < TOLD_CLOCK_MS) return undefined
  const minutes = Math.round(Math.abs(aheadMs) / 60_000)
  const side = aheadMs > 0 ? 'ahead of' : 'behind'
  return `This machine’s clock is ${minutes} minutes ${side} Schoolgate’s. Schedules run by it: set it right.`
}
