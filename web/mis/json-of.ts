import type { Visit } from '../route.ts'

/** The body as JSON; undefined where it is none. */
export async function jsonOf({ c }: Visit): Promise<unknown> {
  try {
    return (await c.req.json()) as unknown
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}
