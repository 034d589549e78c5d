import type { Miniflare } from 'miniflare'

/** What the platform does by itself in production: runs `scheduled`, one at a time. Returns the way to stop. */
export function startCron(runtime: Miniflare, everyMs: number): () => void {
  let isRunning = false
  const run = async () => {
    if (isRunning) return
    isRunning = true
    try {
      const worker = await runtime.getWorker()
      await worker.scheduled({ cron: '* * * * *', scheduledTime: new Date() })
    } catch (error) {
      console.error(`The minute's work failed: ${error instanceof Error ? error.message : error}`)
    } finally {
      isRunning = false
    }
  }
  // At once, for what was under way when the last runtime stopped.
  void run()
  const timer = setInterval(() => void run(), everyMs)
  return () => clearInterval(timer)
}
