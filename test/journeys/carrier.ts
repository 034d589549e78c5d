import type { System } from './running.ts'

/** A message as the carrier wrote it down when it took it. */
export type Accepted = {
  position: number
  channel: string
  provider: string
  messageId: string
  reference: string
  to: string
  from: string
  text: string
  subject?: string
  status: string
  acceptedAt: string
  timesSeen: number
}

export type Summary = {
  accepted: number
  distinctReferences: number
  seenMoreThanOnce: number
  receiptsPending: number
}

export const summaryOf = ({ carrier }: System): Promise<Summary> =>
  read<Summary>(`${carrier}/log/summary.json`)

/** Everything that the carrier took, in order. */
export async function logOf({ carrier }: System): Promise<Accepted[]> {
  const all: Accepted[] = []
  for (;;) {
    const after = all.at(-1)?.position ?? 0
    const { messages } = await read<{ messages: Accepted[] }>(`${carrier}/log.json?after=${after}`)
    if (messages.length === 0) return all
    all.push(...messages)
  }
}

/** The texts that one number was sent. */
export const textsTo = async (system: System, number: string): Promise<string[]> =>
  (await logOf(system)).filter(({ to }) => to === number).map(({ text }) => text)

/** Makes every provider slow, or worse. */
export async function changeFaults(
  { carrier }: System,
  faults: Record<string, number | boolean>,
): Promise<void> {
  const answer = await fetch(`${carrier}/faults`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ provider: 'all', ...faults }),
  })
  if (!answer.ok) throw new Error(`Faults were refused: ${await answer.text()}`)
}

async function read<Answer>(url: string): Promise<Answer> {
  const answer = await fetch(url)
  if (!answer.ok) throw new Error(`${url} answered ${answer.status}`)
  return (await answer.json()) as Answer
}
