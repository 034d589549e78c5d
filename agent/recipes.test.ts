import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { readXml } from '../workers/mis/read/xml.ts'
import { readConfig } from './config.ts'

const recipes = join(import.meta.dirname, 'recipes')
const names = readdirSync(recipes).filter((name) => name.endsWith('.json'))

test('every configuration that schools begin with is right', async () => {
  expect(names.length).toBeGreaterThanOrEqual(3)
  for (const name of names) {
    expect(await readConfig(join(recipes, name)), name).toMatchObject({ ok: true })
  }
})

test('the service on Linux may write what the configuration for Linux has it write', async () => {
  const read = await readConfig(join(recipes, 'csv.json'))
  const config = read.ok ? read.config : undefined
  const unit = readFileSync(join(recipes, 'linux', 'schoolgate-agent.service'), 'utf8')
  const setting = (name: string) => new RegExp(`^${name}=-?(.*)$`, 'm').exec(unit)?.[1]
  expect(setting('ProtectSystem')).toBe('strict')
  expect(setting('ReadWritePaths')).toBe(config?.writeBacks?.folder)
  expect(`/var/lib/${setting('StateDirectory')}`).toBe(config?.state)
  // What it does not say goes to the terminal, and so to the journal: no other file is written.
  expect(config?.logFile).toBeUndefined()
  expect(setting('RestrictAddressFamilies')).toContain('AF_UNIX')
})

test('what README says of the folder that the school’s system imports from is what the service has', () => {
  const readme = readFileSync(join(import.meta.dirname, 'README.md'), 'utf8')
  const unit = readFileSync(join(recipes, 'linux', 'schoolgate-agent.service'), 'utf8')
  const made = /install -d -o schoolgate -g mis -m 2770 \S*import/
  expect(made.exec(readme)?.[0]).toBeDefined()
  expect(made.exec(unit)?.[0]).toBe(made.exec(readme)?.[0])
})

const windows = join(recipes, 'windows')
const text = (name: string) => readFileSync(join(windows, name), 'utf8')
const scripts = readdirSync(windows).filter((name) => name.endsWith('.ps1'))

test('what Windows reads is plain ASCII, which it reads alike in every language', () => {
  expect(scripts).toEqual(['agent.ps1', 'enrol.ps1', 'install.ps1'])
  for (const name of [...scripts, 'schoolgate-agent.xml']) {
    expect(text(name), name).toMatch(/^[\x20-\x7E\r\n]+$/)
  }
})

test('the task is XML that Task Scheduler takes as a string, and starts again whatever ended it', () => {
  const xml = text('schoolgate-agent.xml')
  const named = new Map<string, string>()
  const open: string[] = []
  const fault = readXml(xml, {
    open: (name) => void open.push(name),
    text: (piece) => {
      const name = open.at(-1) ?? ''
      named.set(name, (named.get(name) ?? '') + piece.trim())
    },
    close: () => void open.pop(),
  })
  expect(fault).toBeUndefined()
  // A string is UTF-16 in memory; one that says to be UTF-8 is refused ("unable to switch the encoding").
  expect(xml).not.toContain('<?xml')
  // Count (restartType): an unsignedByte from 1 (Microsoft, Task Scheduler Schema).
  expect(Number(named.get('Count'))).toBeLessThanOrEqual(255)
  // A program that ended with an error counts as done: a repeated trigger starts it again, and never a second one.
  expect(named.get('Interval')).toContain('PT15M')
  expect(named.get('MultipleInstancesPolicy')).toBe('IgnoreNew')
  expect(named.get('ExecutionTimeLimit')).toBe('PT0S')
  expect(named.get('UserId')).toBe('S-1-5-19')
})

test('task, scripts and README mean the same places', () => {
  const xml = text('schoolgate-agent.xml')
  const readme = readFileSync(join(import.meta.dirname, 'README.md'), 'utf8')
  const command = /<Command>(.*)<\/Command>/.exec(xml)?.[1] ?? 'none'
  const [program = 'none', config = 'none'] = [...xml.matchAll(/"(C:[^"]+)"/g)].map(([, at]) => at)
  const folder = dirname(config.replaceAll('\\', '/')).replaceAll('/', '\\')
  expect(folder).toBe(/<WorkingDirectory>(.*)<\/WorkingDirectory>/.exec(xml)?.[1])
  for (const name of scripts) {
    expect(text(name), name).toContain(`$data = '${folder}'`)
    expect(text(name), name).toContain('schoolgate-agent.json')
  }
  for (const name of ['agent.ps1', 'install.ps1']) {
    expect(text(name), name).toContain(`$node = '${command}'`)
    expect(text(name), name).toContain(`'${program}'`)
  }
  expect(readme).toContain(dirname(program.replaceAll('\\', '/')).replaceAll('/', '\\'))
  expect(readme).toContain(folder)
})

test('each script is asked for what README says to give it', () => {
  const readme = readFileSync(join(import.meta.dirname, 'README.md'), 'utf8')
  for (const name of ['enrol.ps1', 'install.ps1']) {
    const given =
      new RegExp(`windows.${name.replace('.', '\\.')} (-[^\`]*)`).exec(readme)?.[1] ?? ''
    const names = [...given.matchAll(/(?:^| )-([A-Z]\w+)/g)].map(([, one]) => one)
    expect(names.length, name).toBeGreaterThan(1)
    for (const one of names)
      expect(text(name), `${name} -${one}`).toMatch(new RegExp(`\\$${one}\\b`))
  }
})
