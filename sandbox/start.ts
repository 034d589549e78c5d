import { createAdaptorServer } from '@hono/node-server'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { sandboxApp } from './app.ts'
import { KEEP_ALIVE_MS } from './limits.ts'
import { openSandbox } from './sandbox.ts'
import type { Settings } from './settings.ts'

export type Running = { port: number; origin: string; close(): Promise<void> }

/** Starts the sandbox on the loopback address. Rejects where the port is taken. */
export async function startSandbox(settings: Settings): Promise<Running> {
  const sandbox = openSandbox(settings)
  const server = createAdaptorServer({ fetch: sandboxApp(sandbox).fetch }) as Server
  // Longer than a client's pool keeps a connection, so that none is closed as it is used.
  server.keepAliveTimeout = KEEP_ALIVE_MS
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject)
      server.listen(settings.port, '127.0.0.1', resolve)
    })
  } catch (error) {
    await sandbox.close()
    throw error
  }
  const { port } = server.address() as AddressInfo
  return {
    port,
    origin: `http://localhost:${port}`,
    async close() {
      const closed = new Promise((resolve) => server.close(resolve))
      server.closeAllConnections()
      await closed
      await sandbox.close()
    },
  }
}
