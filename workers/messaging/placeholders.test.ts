import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fill, find, unknown, type Facts } from './placeholders.ts'

const elsa = {
  firstName: 'Elsa',
  fullName: 'Elsa Lindqvist',
  registrationGroup: '4B',
  yearGroup: 'Year 4',
}
const otto = {
  firstName: 'Otto',
  fullName: 'Otto Lindqvist',
  registrationGroup: '4R',
  yearGroup: 'Year 4',
}
const amara = {
  firstName: 'Amara',
  fullName: 'Amara Adeyemi',
  registrationGroup: null,
  yearGroup: null,
}

const about = (...pupils: Facts['pupils'][number][]): Facts => ({
  contactName: 'Mrs Lindqvist',
  school: "St Botolph's Primary",
  pupils,
})

describe('a family gets one message that names all its children', () => {
  const text = '((pupil first name)) will be home late.'

  test.each([
    ['Elsa will be home late.', [elsa]],
    ['Elsa and Otto will be home late.', [elsa, otto]],
    ['Amara, Elsa and Otto will be home late.', [amara, elsa, otto]],
  ])('%s', (filled, pupils) => {
    expect(fill(text, about(...pupils))).toBe(filled)
  })

  test('a year or a group they share is said once', () => {
    expect(fill('((year group)): ((registration group))', about(elsa, otto))).toBe(
      'Year 4: 4B and 4R',
    )
    expect(fill('((registration group))', about(amara, otto))).toBe('4R')
  })

  test('two children of one name are both named', () => {
    expect(fill('((pupil first name))', about(elsa, { ...elsa, fullName: 'Elsa Marsh' }))).toBe(
      'Elsa and Elsa',
    )
  })
})

test('each placeholder has its fact', () => {
  const text = 'Dear ((contact name)), ((pupil full name)) of ((registration group)). ((school))'
  expect(fill(text, about(elsa))).toBe(
    "Dear Mrs Lindqvist, Elsa Lindqvist of 4B. St Botolph's Primary",
  )
})

test('capitals and spaces do not matter', () => {
  const typed = '((Pupil First Name)) ((  pupil   first name ))((PUPIL\u00a0FIRST\nNAME))'
  expect(fill(typed, about(elsa))).toBe('Elsa ElsaElsa')
  expect(find(typed)).toEqual(['pupil first name'])
  expect(unknown(typed)).toEqual([])
})

test('placeholders are found once each, in order; what is none of ours is named as typed', () => {
  const text = '((school)) ((Pupils name)) ((contact name)) ((school)) (( Pupils name ))'
  expect(find(text)).toEqual(['school', 'contact name'])
  expect(unknown(text)).toEqual(['Pupils name'])
  expect(fill('((Pupils name))', about(elsa))).toBe('((Pupils name))')
})

test.each([
  '((pupil first name',
  '((pupil first name)',
  '(pupil first name))',
  '(pupil first name)',
  '(( ))',
  '(())',
  '((constructor',
  `((${'remark '.repeat(20)}))`,
])('%j is only text', (text) => {
  expect(find(text)).toEqual([])
  expect(unknown(text)).toEqual([])
  expect(fill(text, about(elsa))).toBe(text)
})

test('words that every object knows are unknown placeholders', () => {
  expect(unknown('((constructor)) ((toString))')).toEqual(['constructor', 'toString'])
  expect(fill('((constructor))', about(elsa))).toBe('((constructor))')
})

test('brackets around a placeholder stay', () => {
  expect(fill('(((pupil first name)))', about(elsa))).toBe('(Elsa)')
})

test('a fact that is not known leaves nothing behind', () => {
  expect(fill('((pupil first name)) in ((year group))', about(amara))).toBe('Amara in ')
})

describe('a name is never read as anything but a name', () => {
  test.each(['((school))', '$& $1 $$', '((contact name', 'Elizabeth (Lizzie)'])(
    '%j',
    (firstName) => {
      expect(fill('((pupil first name))!', about({ ...elsa, firstName }))).toBe(`${firstName}!`)
    },
  )

  test('a line break in a name does not break the message', () => {
    expect(fill('((pupil first name))!', about({ ...elsa, firstName: ' El\r\nsa ' }))).toBe(
      'El sa!',
    )
  })

  test('whatever the names and the words around them', () => {
    const words = fc.string({ unit: fc.constantFrom('(', ')', 'a', ' ', '((school))', '$&') })
    fc.assert(
      fc.property(words, words, words, (before, name, after) => {
        const around = `${before}|((pupil first name))|${after}`
        const tidy = name.replace(/\s+/g, ' ').trim()
        const filled = fill(around, about({ ...elsa, firstName: name }))
        const left = fill(before, about(elsa))
        const right = fill(after, about(elsa))
        expect(filled).toBe(`${left}|${tidy}|${right}`)
      }),
      { seed: 301, numRuns: 1000 },
    )
  })
})
