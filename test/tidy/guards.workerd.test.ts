import { env } from 'cloudflare:workers'
import { expect, test } from 'vitest'

const shard = (env as unknown as { SHARD_0: D1Database }).SHARD_0
const ran = (sql: string) => shard.prepare(sql).run()

const entry = (id: string) => `
  insert into trail (id, school_id, at_ms, actor_kind, actor_id, action, subject, facts)
  values ('${id}', 'org_1', 1, 'user', 'usr_1', 'pupil.seen', 'pup_1', '{}')`

test('an expectation that holds leaves nothing behind, one that does not fails the batch', async () => {
  await ran('insert into expectations (held) values (1)')
  const left = await shard.prepare('select count(*) as n from expectations').first('n')
  expect(left).toBe(0)
  await expect(ran('insert into expectations (held) values (0)')).rejects.toThrow(
    'expectation_held',
  )
})

test('a trail entry is placed once, and otherwise neither changed, replaced nor removed', async () => {
  await ran(entry('ent_1'))
  await expect(ran(`update trail set action = 'x.y' where id = 'ent_1'`)).rejects.toThrow(
    'append-only',
  )
  const moved = `update trail set position = 1, digest = 'd', from_where = 'GB-x' where id = 'ent_1'`
  await expect(ran(moved)).rejects.toThrow('append-only')
  await ran(`update trail set position = 1, digest = 'd' where id = 'ent_1'`)
  await expect(ran(`update trail set position = 2 where id = 'ent_1'`)).rejects.toThrow(
    'append-only',
  )
  await expect(ran(`delete from trail where id = 'ent_1'`)).rejects.toThrow('append-only')
  await expect(ran(entry('ent_1').replace('insert', 'insert or replace'))).rejects.toThrow(
    'append-only',
  )
  const kept = await shard.prepare('select action, position from trail').all()
  expect(kept.results).toEqual([{ action: 'pupil.seen', position: 1 }])
})

test('no entry takes the place of another', async () => {
  await ran(entry('ent_2'))
  const taken = `update or replace trail set position = 1, digest = 'd' where id = 'ent_2'`
  await expect(ran(taken)).rejects.toThrow('append-only')
  expect(await shard.prepare('select count(*) as n from trail').first('n')).toBe(2)
})

test('a credit entry is neither changed, replaced nor removed, and a message is paid for once', async () => {
  const spent = (id: string) => `
    insert or replace into credit_entries (id, school_id, kind, millipence, subject, at_ms, actor_id)
    values ('${id}', 'org_1', 'spent', -2400, 'msg_1', 1, 'usr_1')`
  await ran(spent('crd_1'))
  await expect(ran(spent('crd_1'))).rejects.toThrow('append-only')
  await expect(ran(spent('crd_2'))).rejects.toThrow('append-only')
  await expect(ran('update credit_entries set millipence = 1')).rejects.toThrow('append-only')
  await expect(ran('delete from credit_entries')).rejects.toThrow('append-only')
  const kept = await shard.prepare('select id, millipence from credit_entries').all()
  expect(kept.results).toEqual([{ id: 'crd_1', millipence: -2400 }])
})
