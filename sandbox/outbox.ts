import { randomUUID } from 'node:crypto'
import type { DatabaseSync } from 'node:sqlite'
import { Webhook } from 'standardwebhooks'
import {
  MOST_TRIES,
  POSTS_AT_ONCE,
  POST_TIMEOUT_MS,
  RETRY_MOST_MS,
  RETRY_STEP_MS,
} from './limits.ts'
import { secretOf } from './provider-secret.ts'
import type { Settings } from './settings.ts'
import { rows } from './state.ts'
import { type Provider, providers } from './vocabulary.ts'

export type Outbox = {
  /** Keeps a body for the Worker until it has answered 2xx, or for 400 tries. */
  keep(post: NewPost): void
  /** How many more posts of this provider may be begun now. */
  room(provider: Provider): number
  /** Begins the posts that are due. */
  send(provider: Provider, nowMs: number): void
  close(): Promise<void>
}

export type NewPost = {
  provider: Provider
  /** Beneath the callback address, from `/hooks`. */
  path: string
  body: unknown
  /** How many receipts are inside; 0 for a reply. */
  receipts: number
  dueAt: number
}

type Post = {
  id: number
  webhook_id: string
  provider: Provider
  path: string
  body: string
  tries: number
}

/**
 * Posts to the Worker, signed as the Standard Webhooks specification says. A post keeps its
 * webhook-id through all its tries, and is signed anew each time, as its timestamp is checked.
 */
export function openOutbox(db: DatabaseSync, settings: Settings, changed: () => void): Outbox {
  const webhooks = webhooksOf(settings)
  const closing = new AbortController()
  const underWay = new Map<number, { provider: Provider; ended: Promise<void> }>()
  const store = postStore(db)

  const room = (provider: Provider) =>
    POSTS_AT_ONCE - [...underWay.values()].filter((post) => post.provider === provider).length

  async function attempt(post: Post): Promise<void> {
    const isDone = await deliver(
      post,
      settings.callbackUrl,
      webhooks[post.provider],
      closing.signal,
    )
    underWay.delete(post.id)
    if (closing.signal.aborted && !isDone) return
    store.settle(post, isDone)
    changed()
  }
  return {
    keep: store.keep,
    room,
    send(provider, nowMs) {
      let free = room(provider)
      if (free <= 0) return
      for (const post of store.due(provider, nowMs, POSTS_AT_ONCE * 2)) {
        if (free === 0) return
        if (underWay.has(post.id)) continue
        underWay.set(post.id, { provider, ended: attempt(post) })
        free--
      }
    },
    async close() {
      closing.abort()
      await Promise.all([...underWay.values()].map((post) => post.ended))
    },
  }
}

/** Each provider signs with a secret of its own. */
const webhooksOf = ({ webhookSecret }: Settings) =>
  Object.fromEntries(
    providers.map((provider) => [provider, new Webhook(secretOf(webhookSecret, provider))]),
  ) as Record<Provider, Webhook>

function postStore(db: DatabaseSync) {
  const insert = db.prepare(`INSERT INTO posts (webhook_id, provider, path, body, receipts, tries,
    due_at) VALUES (?, ?, ?, ?, ?, 0, ?)`)
  const select = db.prepare(`SELECT id, webhook_id, provider, path, body, tries FROM posts
    WHERE provider = ? AND due_at <= ? ORDER BY due_at, id LIMIT ?`)
  const remove = db.prepare('DELETE FROM posts WHERE id = ?')
  const again = db.prepare('UPDATE posts SET tries = ?, due_at = ? WHERE id = ?')
  return {
    keep: ({ provider, path, body, receipts, dueAt }: NewPost) => {
      insert.run(`msg_${randomUUID()}`, provider, path, JSON.stringify(body), receipts, dueAt)
    },
    due: (provider: Provider, nowMs: number, limit: number) =>
      rows<Post>(select, provider, nowMs, limit),
    settle: (post: Post, isDone: boolean) => {
      const tries = post.tries + 1
      if (isDone || tries >= MOST_TRIES) remove.run(post.id)
      else again.run(tries, Date.now() + Math.min(RETRY_STEP_MS * tries, RETRY_MOST_MS), post.id)
      if (!isDone && tries >= MOST_TRIES)
        console.error(`sandbox gave up posting to ${post.path} after ${tries} tries`)
    },
  }
}

/** True where the Worker answered 2xx; anything else, silence included, is tried again. */
async function deliver(
  post: Post,
  callbackUrl: string,
  webhook: Webhook,
  closing: AbortSignal,
): Promise<boolean> {
  const at = new Date()
  try {
    const response = await fetch(callbackUrl + post.path, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'webhook-id': post.webhook_id,
        'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
        'webhook-signature': webhook.sign(post.webhook_id, at, post.body),
      },
      body: post.body,
      redirect: 'manual',
      signal: AbortSignal.any([closing, AbortSignal.timeout(POST_TIMEOUT_MS)]),
    })
    await response.arrayBuffer()
    return response.ok
  } catch {
    return false
  }
}
