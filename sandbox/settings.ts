/** What the sandbox is told when it starts. */
export type Settings = {
  port: number
  stateDir: string
  /** Where the Worker answers; receipts and replies are posted beneath it. No slash at the end. */
  callbackUrl: string
  /** The bearer key that the Worker must show. */
  key: string
  /** Signs what is posted back: `whsec_` and base64, as Standard Webhooks has it. */
  webhookSecret: string
  seed: number
}

type Environment = Record<string, string | undefined>

/** Reads the environment; what is wrong with it comes back as sentences, all of them at once. */
export function readSettings(env: Environment): Settings | { problems: string[] } {
  const problems: string[] = []
  const port = Number(env['SANDBOX_PORT'] || 8788)
  const callbackUrl = (env['SANDBOX_CALLBACK_URL'] || 'http://localhost:8787').replace(/\/+$/, '')
  const key = env['SANDBOX_KEY'] ?? ''
  const webhookSecret = env['SANDBOX_WEBHOOK_SECRET'] ?? ''
  const seed = Number(env['SANDBOX_SEED'] || 1)

  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    problems.push('SANDBOX_PORT must be a port, from 0 to 65535 (0 picks a free one).')
  if (!isHttp(callbackUrl))
    problems.push('SANDBOX_CALLBACK_URL must be the http address of the Worker.')
  if (key === '')
    problems.push('SANDBOX_KEY is missing: give the bearer key that the Worker presents.')
  if (!isSecret(webhookSecret))
    problems.push(
      'SANDBOX_WEBHOOK_SECRET is missing or not a Standard Webhooks secret (whsec_ and base64).',
    )
  if (!Number.isInteger(seed)) problems.push('SANDBOX_SEED must be a whole number.')

  if (problems.length > 0) return { problems }
  const stateDir = env['SANDBOX_STATE_DIR'] || '.sandbox'
  return { port, stateDir, callbackUrl, key, webhookSecret, seed }
}

const isHttp = (url: string) => URL.canParse(url) && /^https?:$/.test(new URL(url).protocol)

const isSecret = (secret: string) => /^whsec_[A-Za-z0-9+/]{4,}={0,2}$/.test(secret)
