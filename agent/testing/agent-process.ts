import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export type Ran = { code: number | null; out: string; err: string }

/** Another Node to try it with, such as the oldest that it is for. */
const node = process.env['AGENT_NODE'] ?? process.execPath

/** The bundled program with a folder of its own, as a school's server has it. */
export type Agent = {
  folder: string
  run: (...args: string[]) => Promise<Ran>
  start: (...args: string[]) => ChildProcess
}

export async function agentIn(program: string, config: object): Promise<Agent> {
  const folder = await mkdtemp(join(tmpdir(), 'agent-'))
  await writeFile(join(folder, 'schoolgate-agent.json'), JSON.stringify(config))
  const start = (...args: string[]) =>
    spawn(node, [program, ...args], { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] })
  const run = (...args: string[]): Promise<Ran> => {
    const child = start(...args)
    const ran: Ran = { code: null, out: '', err: '' }
    child.stdout?.on('data', (part) => (ran.out += String(part)))
    child.stderr?.on('data', (part) => (ran.err += String(part)))
    return new Promise((resolve) => child.on('close', (code) => resolve({ ...ran, code })))
  }
  return { folder, run, start }
}
