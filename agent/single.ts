import { createHash, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdir, open, readdir, realpath, rename, rm, stat } from 'node:fs/promises'
import { connect, createServer, type Server } from 'node:net'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'

/**
 * Does something while no other agent does it with the same folder: a timer and a person at the keyboard would
 * else send twice. Undefined where another one is at it. Throws where the folder cannot be written.
 *
 * Who is at it listens on a socket, and only an agent that runs can answer there: the operating system ends it
 * with the process, however that ends. A number in a file would go on speaking for a process that was killed, and
 * after a restart belongs to somebody else.
 */
export async function alone<T>(state: string, act: () => Promise<T>): Promise<T | undefined> {
  await mkdir(state, { recursive: true, mode: 0o700 })
  const release = await (process.platform === 'win32' ? takePipe(state) : takeSocket(state))
  if (!release) return undefined
  try {
    return await act()
  } finally {
    await release()
  }
}

type Release = () => Promise<unknown>

/** Windows gives a pipe's name to one process at a time, and takes it back when that ends. */
async function takePipe(state: string): Promise<Release | undefined> {
  const server = createServer((other) => other.destroy())
  try {
    await listen(server, pipeOf(await realpath(state)))
    return () => closed(server)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EADDRINUSE') return undefined
    throw error
  }
}

/** However the folder is written: capitals do not count there. */
export const pipeOf = (state: string): string =>
  `\\\\.\\pipe\\schoolgate-agent-${createHash('sha256').update(state.toLowerCase()).digest('hex').slice(0, 32)}`

/** Two that begin at the same moment see each other, and both step back; so each tries again, a little later. */
const TRIES = 3
const STEP_BACK_MS = 150

/**
 * Each has a socket of its own, which nobody takes over: it is seen in the folder only once it answers, and is
 * looked for by the others only after theirs is seen. So of two, the later one sees the earlier.
 */
async function takeSocket(state: string): Promise<Release | undefined> {
  const folder = await open(state, 'r')
  try {
    for (let tries = 0; tries < TRIES; tries++) {
      if (tries > 0) await pause(STEP_BACK_MS * (0.5 + Math.random()))
      const mine = await announce(state, folder.fd)
      if (await isMine(state, folder.fd, mine)) return mine.release
    }
    return undefined
  } finally {
    await folder.close()
  }
}

type Announced = { readonly name: string; readonly release: Release }

/** Whatever comes of looking, a socket that is not held is not left listening: it would be in its own way. */
async function isMine(state: string, fd: number, { name, release }: Announced): Promise<boolean> {
  let isAlone = false
  try {
    isAlone = !(await isAnotherThere(state, fd, name))
  } finally {
    if (!isAlone) await release()
  }
  return isAlone
}

const SOCKET = /^running-[0-9a-f]{16}\.(?:socket|new)$/

/** Open to every account, as the folder is not: whoever has left one behind, the next one may ask it. */
async function announce(state: string, fd: number): Promise<Announced> {
  const name = `running-${randomBytes(8).toString('hex')}`
  const server = createServer((other) => other.destroy())
  const path = join(state, `${name}.socket`)
  await listen(server, whereIn(state, fd, `${name}.new`))
  const release = async () => {
    try {
      await rm(path, { force: true })
    } finally {
      await closed(server)
    }
  }
  try {
    await rename(join(state, `${name}.new`), path)
  } catch (error) {
    await closed(server)
    throw error
  }
  return { name: `${name}.socket`, release }
}

/** A name of a socket may have 107 bytes (unix(7)), and a folder's path more: so it is named by its number. */
const whereIn = (state: string, fd: number, name: string): string =>
  process.platform === 'linux' ? `/proc/self/fd/${fd}/${name}` : join(state, name)

async function isAnotherThere(state: string, fd: number, mine: string): Promise<boolean> {
  const names = (await readdir(state)).filter((name) => SOCKET.test(name) && name !== mine)
  let isThere = false
  for (const name of names) {
    if (name.endsWith('.new')) await forgetIfOld(join(state, name))
    else if (await answers(whereIn(state, fd, name))) isThere = true
    else await rm(join(state, name), { force: true })
  }
  return isThere
}

/** Killed before it was seen: it holds nobody up. */
async function forgetIfOld(path: string): Promise<void> {
  const about = await stat(path).catch(() => undefined)
  if (about && Date.now() - about.mtimeMs > NEW_MS) await rm(path, { force: true })
}

const NEW_MS = 60_000

/** Nobody answers where the connection is refused, or the socket is gone by now; all else is taken for an answer. */
function answers(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(path)
    socket.once('connect', () => {
      socket.destroy()
      resolve(true)
    })
    socket.once('error', (error: NodeJS.ErrnoException) =>
      resolve(error.code !== 'ECONNREFUSED' && error.code !== 'ENOENT'),
    )
  })
}

async function listen(server: Server, path: string): Promise<void> {
  const listening = once(server, 'listening')
  server.listen({ path, readableAll: true, writableAll: true })
  await listening
}

/** A stopped agent must not wait for whoever asked it. */
const closed = (server: Server): Promise<void> =>
  new Promise((resolve) => server.close(() => resolve()))
