import { expect, test } from 'vitest'
import { newId } from '#kernel'
import { importRoomOf } from './import-room.ts'

test('a school is always in one room, and schools are spread over few', () => {
  const schools = Array.from({ length: 400 }, () => newId('organisation'))
  const counts = new Map<number, number>()
  for (const school of schools) {
    const room = importRoomOf(school)
    expect(importRoomOf(school)).toBe(room)
    counts.set(room, (counts.get(room) ?? 0) + 1)
  }
  expect([...counts.keys()].toSorted()).toEqual([0, 1, 2, 3])
  expect(Math.min(...counts.values())).toBeGreaterThan(50)
})
