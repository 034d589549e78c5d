import { expect } from 'vitest'
import type { Person } from './person.ts'
import type { System } from './running.ts'
import type { World } from './world.ts'

/** A parent with their phone in hand: the page on which the sandbox shows it. */
export type Parent = {
  readsOnPhone(words: string | RegExp): Promise<void>
  hasNoTexts(): Promise<void>
  replies(text: string): Promise<void>
}

export async function parentWith(world: World, number: string): Promise<Parent> {
  const person = await world.visitor()
  const open = () => person.visit(`${world.system.carrier}/phones/${number}`)
  return {
    async readsOnPhone(words) {
      await open()
      await person.awaitWords(words)
    },
    async hasNoTexts() {
      await open()
      await person.read('No texts yet')
      expect(await person.page.getByRole('region', { name: 'Texts' }).innerText()).not.toContain(
        'School',
      )
    },
    async replies(text) {
      await open()
      await person.type('Your reply', text)
      await person.press('Send')
      await person.awaitWords(text)
    },
  }
}

/** The inbox of an address, as the sandbox shows it. */
export async function openInbox(person: Person, system: System, address: string): Promise<void> {
  await person.visit(`${system.carrier}/inboxes/${address}`)
}
