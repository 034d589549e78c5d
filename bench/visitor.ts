import { enter } from './enter.ts'
import type { School } from './sending.ts'
import type { World } from './world.ts'

export type Asked = { path: string; form?: Record<string, string>; fragment?: string }
export type Visitor = {
  workerd: number
  ask(asked: Asked): Promise<{ ms: number; text: string }>
  /** Sends a form with a file in it. Answers where it leads to. */
  upload(path: string, form: FormData): Promise<string>
}

/** Signs in as people do, and asks for pages as a browser would, one after the other. */
export async function visitorAt(
  world: World,
  { email }: School,
  secrets: { password: string; totp: string },
): Promise<Visitor> {
  const origin = `http://${world.direct.host}:${world.direct.port}`
  const from = { origin, 'sec-fetch-site': 'same-origin' }
  const cookie = await enter(origin, { email, ...secrets })
  return {
    workerd: world.workerd,
    ask: async ({ path, form, fragment }) => {
      const startedMs = performance.now()
      const answer = await fetch(`${origin}${path}`, {
        method: form ? 'POST' : 'GET',
        headers: { ...from, cookie, ...(fragment && { 'x-fragment': fragment }) },
        redirect: 'manual',
        ...(form && { body: new URLSearchParams(form) }),
      })
      const text = await answer.text()
      const ms = performance.now() - startedMs
      if (answer.status !== 200) throw new Error(`${path} was answered ${answer.status}.`)
      return { ms, text }
    },
    upload: async (path, form) => {
      const headers = { ...from, cookie }
      const sent = { method: 'POST', headers, redirect: 'manual', body: form } as const
      const answer = await fetch(`${origin}${path}`, sent)
      await answer.text()
      if (answer.status !== 303) throw new Error(`${path} was answered ${answer.status}.`)
      return answer.headers.get('location') ?? ''
    },
  }
}
