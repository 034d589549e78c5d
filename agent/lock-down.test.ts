import { mkdtemp, readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, expect, test } from 'vitest'
import { isLockedDown, isPrivate, lockDown, type System } from './lock-down.ts'
import { openLog } from './log.ts'
import { readSecrets, type Secrets, writeSecrets } from './secrets.ts'
import { writeWhole } from './write-whole.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'agent-'))
})

const key = Buffer.alloc(32, 7).toString('base64url')
const secrets: Secrets = {
  version: 1,
  address: 'https://schoolgate.example',
  agentId: 'agt_00000000000000000000000001',
  loginSecret: 'login',
  apiKeys: [key],
  organisation: { id: 'org_00000000000000000000000001', name: 'St Botolph’s Primary' },
  serverKeys: [{ id: 'key_1', publicKey: key }],
  keyPairs: [{ privateKey: key, publicKey: key }],
}

test('only the agent’s own account can read its secrets, and it reads no others', async () => {
  await writeSecrets(folder, secrets)
  const path = join(folder, 'secrets.json')
  expect((await stat(path)).mode & 0o777).toBe(0o600)
  expect(await readSecrets(folder)).toEqual({ ok: true, secrets })
  await writeFile(path, JSON.stringify(secrets))
  const { chmod } = await import('node:fs/promises')
  await chmod(path, 0o640)
  expect(await readSecrets(folder)).toEqual({ ok: false, reason: 'not-private' })
})

test('secrets that are missing or damaged are told apart', async () => {
  expect(await readSecrets(folder)).toEqual({ ok: false, reason: 'not-enrolled' })
  await writeWhole(join(folder, 'secrets.json'), '{"version":1')
  expect(await readSecrets(folder)).toEqual({ ok: false, reason: 'damaged' })
})

const USER = 'S-1-5-21-1004336348-1177238915-682003330-1104'

/** Windows as it answers, with the access list that a test gives it. */
function windows(sddl: string, asked: string[] = []): System {
  return {
    platform: 'win32',
    run: async (program, args) => {
      asked.push([program, ...args].join(' '))
      if (program === 'whoami') return `"SCHOOL\\svc-schoolgate","${USER}"\r\n`
      const [, option, saved] = args
      if (option === '/save' && saved)
        await writeFile(saved, `secrets.json\r\n${sddl}\r\n`, 'utf16le')
      return 'Successfully processed 1 files'
    },
  }
}

test('on Windows inheritance is cut, three accounts are let in, and the list is read back', async () => {
  const path = join(folder, 'secrets.json')
  await writeFile(path, '')
  const asked: string[] = []
  await lockDown(path, windows(`D:PAI(A;;FA;;;SY)(A;;FA;;;BA)(A;;FA;;;${USER})`, asked))
  expect(asked).toContain(`icacls ${path} /reset`)
  expect(asked).toContain(
    `icacls ${path} /inheritance:r /grant:r *${USER}:F /grant:r *S-1-5-18:F /grant:r *S-1-5-32-544:F`,
  )
  expect(await readdir(folder)).toEqual(['secrets.json'])
})

test('on Windows a list that lets anybody else in is refused', async () => {
  const path = join(folder, 'secrets.json')
  await writeFile(path, '')
  await expect(lockDown(path, windows('D:PAI(A;;FA;;;SY)(A;;FR;;;BU)'))).rejects.toThrow(
    'could not be restricted',
  )
  expect(await isLockedDown(path, windows('D:AI(A;;FA;;;SY)'))).toBe(false)
  expect(isPrivate(`D:P(A;;FA;;;${USER})`, USER)).toBe(true)
  expect(isPrivate('D:P(A;;FA;;;WD)', USER)).toBe(false)
  expect(isPrivate('D:P(A;;FA;;;LA)', USER)).toBe(false)
  expect(isPrivate('D:P(A;;FA;;;LA)', 'S-1-5-21-1-2-3-500')).toBe(true)
  expect(isPrivate('', USER)).toBe(false)
})

test('on Windows two may look at the same moment, and each reads its own list', async () => {
  const path = join(folder, 'secrets.json')
  await writeFile(path, '')
  const asked: string[] = []
  const system = windows(`D:PAI(A;;FA;;;SY)(A;;FA;;;${USER})`, asked)
  expect(await Promise.all([isLockedDown(path, system), isLockedDown(path, system)])).toEqual([
    true,
    true,
  ])
  expect(new Set(asked.filter((each) => each.includes('/save'))).size).toBe(2)
  expect(await readdir(folder)).toEqual(['secrets.json'])
})

test('a file that could not be finished leaves what was there, and no rest', async () => {
  const path = join(folder, 'history.json')
  await writeWhole(path, 'before')
  async function* breaking() {
    yield new Uint8Array([1, 2, 3])
    throw new Error('the disk is full')
  }
  await expect(writeWhole(path, breaking())).rejects.toThrow('full')
  expect(await readFile(path, 'utf8')).toBe('before')
  expect(await readdir(folder)).toEqual(['history.json'])
})

test('the log takes ids, counts and words, and withholds whatever else it is given', async () => {
  const file = join(folder, 'agent.log')
  const log = openLog(file, () => 0)
  log('push.received', { import: 'imp_01', pupils: 240, code: 'ECONNRESET' })
  log('push.failed', { code: 'Amara Adeyemi', to: '07700 900123', who: 'Teddy', line: 'a b' })
  const [first, second] = (await readFile(file, 'utf8')).trim().split('\n')
  expect(JSON.parse(first ?? '')).toEqual({
    at: '1970-01-01T00:00:00.000Z',
    event: 'push.received',
    import: 'imp_01',
    pupils: 240,
    code: 'ECONNRESET',
  })
  expect(second).not.toMatch(/Amara|07700|Teddy/)
})
