import { describe, expect, test } from 'vitest'
import type { ContactId, PointId, PupilId, StaffId } from '#kernel'
import type { Circle, CircleContact, CirclePerson, CirclePupil, Point } from '#people'
import type { Fingerprint } from '#vault'
import { type Choice, chooseRecipients } from './recipients.ts'

/** A world in memory: fingerprints are the values themselves. */
const print = (value: string) => value as Fingerprint

const texts = (value: string, more: Partial<Point> = {}): Point => ({
  id: `pnt_${value}` as PointId,
  channel: 'sms',
  value,
  fingerprint: print(value),
  position: 1,
  isFailing: false,
  failingSinceMs: null,
  failingBecause: null,
  ...more,
})

const contact = (
  name: string,
  points: Point[],
  more: Partial<CircleContact> = {},
): CircleContact => ({
  kind: 'contact',
  id: `con_${name}` as ContactId,
  name,
  language: null,
  points,
  restriction: 'none',
  priority: 1,
  hasParentalResponsibility: true,
  ...more,
})

const pupil = (
  name: string,
  contacts: CircleContact[],
  more: Partial<CirclePupil> = {},
): CirclePupil => ({
  id: `pup_${name}` as PupilId,
  record: {
    forename: name.split(' ')[0] ?? name,
    surname: name.split(' ')[1] ?? '',
    preferredForename: null,
    middleNames: null,
    upn: null,
    admissionNumber: null,
    gender: null,
    dateOfBirth: null,
  },
  yearGroup: 'Year 4',
  registrationGroup: '4H',
  hasLeft: false,
  points: [],
  contacts,
  restrictedFingerprints: new Set(
    contacts
      .filter((one) => one.restriction !== 'none')
      .flatMap((one) => one.points.map((p) => p.fingerprint)),
  ),
  ...more,
})

const circleOf = (pupils: CirclePupil[], more: Partial<Circle> = {}): Circle => ({
  pupils,
  staff: [],
  direct: [],
  restrictedFingerprints: new Set(),
  ...more,
})

const choice = (more: Partial<Choice> = {}): Choice => ({
  channel: 'sms',
  category: 'operational',
  stopped: new Set(),
  agreed: new Set(),
  contactRule: 'parental-responsibility',
  withinYears: null,
  ...more,
})

const choose = (pupils: CirclePupil[], more: Partial<Choice> = {}) =>
  chooseRecipients(circleOf(pupils), choice(more))

const addresses = (result: ReturnType<typeof chooseRecipients>) =>
  result.chosen.map((one) => one.address)
const rulesOf = (result: ReturnType<typeof chooseRecipients>) =>
  Object.fromEntries(
    result.traces.map((trace) => [trace.personName ?? `${trace.pupilName}:`, trace.rule]),
  )

const ADA = '+447700900001'
const BEN = '+447700900002'
const HOME = '+447700900003'

describe('one number, one text', () => {
  const ingrid = contact('Ingrid Lindqvist', [texts(HOME)])
  const twins = [pupil('Elsa Lindqvist', [ingrid]), pupil('Otto Lindqvist', [ingrid])]

  test('the Lindqvist twins’ mother gets one text that names both', () => {
    const { chosen, traces } = choose(twins)
    expect(chosen).toHaveLength(1)
    expect(chosen[0]?.pupils.map((one) => one.firstName)).toEqual(['Elsa', 'Otto'])
    expect(chosen[0]?.people).toEqual([{ id: ingrid.id, name: 'Ingrid Lindqvist' }])
    expect(traces.map((trace) => [trace.pupilName, trace.rule, trace.fingerprint])).toEqual([
      ['Elsa Lindqvist', 'matches-contact-rule', HOME],
      ['Otto Lindqvist', 'matches-contact-rule', HOME],
    ])
  })

  test('two contacts who share a phone get one text, credited to both', () => {
    const erik = contact('Erik Lindqvist', [texts(HOME)])
    const { chosen, traces } = choose([pupil('Elsa Lindqvist', [ingrid, erik])])
    expect(chosen).toHaveLength(1)
    expect(chosen[0]?.people.map(({ name }) => name)).toEqual([
      'Ingrid Lindqvist',
      'Erik Lindqvist',
    ])
    expect(traces.every((trace) => trace.fingerprint === HOME)).toBe(true)
  })

  test('parents in two homes get one each', () => {
    const both = [contact('Adaeze Adeyemi', [texts(ADA)]), contact('Ben Adeyemi', [texts(BEN)])]
    expect(addresses(choose([pupil('Amara Adeyemi', both)]))).toEqual([ADA, BEN])
  })
})

describe('Teddy’s father', () => {
  const mother = contact('Jo Marsh', [texts(ADA)])
  const father = contact('Karl Marsh', [texts(BEN)], { restriction: 'all-contact' })

  test('is never sent anything, not even in an emergency, by any rule', () => {
    for (const category of ['emergency', 'attendance', 'operational', 'engagement'] as const) {
      for (const contactRule of [
        'parental-responsibility',
        'first',
        'first-two',
        'everyone',
      ] as const) {
        const result = choose([pupil('Teddy Marsh', [mother, father])], { category, contactRule })
        expect(addresses(result)).toEqual([ADA])
        expect(rulesOf(result)['Karl Marsh']).toBe('restricted')
      }
    }
  })

  test('does not hear of Teddy on a phone that he shares with somebody else', () => {
    const granny = contact('Rose Marsh', [texts(BEN)])
    const result = choose([pupil('Teddy Marsh', [mother, father, granny])])
    expect(addresses(result)).toEqual([ADA])
    expect(rulesOf(result)['Rose Marsh']).toBe('number-restricted')
  })

  test('the shared phone is passed over where granny has another of her own', () => {
    const granny = contact('Rose Marsh', [texts(BEN), texts(HOME, { position: 2 })])
    expect(addresses(choose([pupil('Teddy Marsh', [father, granny])]))).toEqual([HOME])
  })

  test('a number restricted about Teddy still serves another child, whom alone it is told of', () => {
    const aunt = contact('Rose Marsh', [texts(BEN)])
    const result = choose([pupil('Teddy Marsh', [father, aunt]), pupil('Ida Brook', [aunt])])
    expect(result.chosen.map((one) => one.pupils.map((child) => child.firstName))).toEqual([
      ['Ida'],
    ])
  })

  test('a restriction that nobody can read, or that limits what is said, leaves him out as well', () => {
    const standings = {
      unreadable: 'restriction-unreadable',
      'no-location': 'restricted',
      'reports-only': 'restricted',
    } as const
    for (const [restriction, rule] of Object.entries(standings)) {
      const limited = { ...father, restriction: restriction as keyof typeof standings }
      const result = choose([pupil('Teddy Marsh', [limited])], { category: 'emergency' })
      expect(addresses(result)).toEqual([])
      expect(rulesOf(result)).toEqual({ 'Karl Marsh': rule, 'Teddy Marsh:': 'nobody-reached' })
    }
  })

  test('written to directly, his phone is not used for anyone', () => {
    const granny: CirclePerson = contact('Rose Marsh', [texts(BEN)])
    const circle = circleOf([], { direct: [granny], restrictedFingerprints: new Set([print(BEN)]) })
    expect(rulesOf(chooseRecipients(circle, choice()))).toEqual({
      'Rose Marsh': 'number-restricted',
    })
  })
})

describe('which number', () => {
  test('only the first that works, in the order of positions', () => {
    const points = [texts(BEN, { position: 2 }), texts(ADA, { position: 1, isFailing: true })]
    expect(addresses(choose([pupil('Ida Brook', [contact('Kim Brook', points)])]))).toEqual([BEN])
  })

  test('a failing one leaves the contact out, but an emergency tries it', () => {
    const pupils = [pupil('Ida Brook', [contact('Kim Brook', [texts(ADA, { isFailing: true })])])]
    expect(rulesOf(choose(pupils))).toEqual({
      'Kim Brook': 'number-failing',
      'Ida Brook:': 'nobody-reached',
    })
    expect(addresses(choose(pupils, { category: 'emergency' }))).toEqual([ADA])
  })

  test('a landline takes no text, and an e-mail address none either', () => {
    const points = [
      texts(ADA, { channel: 'voice' }),
      texts('kim@example.com', { channel: 'email' }),
    ]
    const pupils = [pupil('Ida Brook', [contact('Kim Brook', points)])]
    expect(rulesOf(choose(pupils))['Kim Brook']).toBe('no-number')
    expect(addresses(choose(pupils, { channel: 'email' }))).toEqual(['kim@example.com'])
    const phoneOnly = [pupil('Ida Brook', [contact('Kim Brook', [texts(ADA)])])]
    expect(rulesOf(choose(phoneOnly, { channel: 'email' }))['Kim Brook']).toBe('no-address')
  })

  test('STOP ends what is not essential, and is not got round by the next number', () => {
    const points = [texts(ADA), texts(BEN, { position: 2 })]
    const pupils = [pupil('Ida Brook', [contact('Kim Brook', points)])]
    const stopped = new Set([print(ADA)])
    expect(rulesOf(choose(pupils, { stopped }))['Kim Brook']).toBe('asked-to-stop')
    expect(rulesOf(choose(pupils, { stopped, category: 'engagement' }))['Kim Brook']).toBe(
      'asked-to-stop',
    )
    expect(addresses(choose(pupils, { stopped, category: 'attendance' }))).toEqual([ADA])
    expect(addresses(choose(pupils, { stopped, category: 'emergency' }))).toEqual([ADA])
  })

  test('marketing goes only to a number that agreed, and never against a STOP', () => {
    const pupils = [pupil('Ida Brook', [contact('Kim Brook', [texts(ADA)])])]
    const marketing = (more: Partial<Choice> = {}) =>
      choose(pupils, { category: 'marketing', ...more })
    expect(rulesOf(marketing())['Kim Brook']).toBe('no-marketing-consent')
    expect(rulesOf(marketing({ agreed: new Set([print(BEN)]) }))['Kim Brook']).toBe(
      'no-marketing-consent',
    )
    const agreed = new Set([print(ADA)])
    expect(addresses(marketing({ agreed }))).toEqual([ADA])
    expect(rulesOf(marketing({ agreed, stopped: agreed }))['Kim Brook']).toBe('asked-to-stop')
  })

  test('whoever has no number at all is left out of marketing for that', () => {
    const pupils = [pupil('Ida Brook', [contact('Kim Brook', [])])]
    expect(rulesOf(choose(pupils, { category: 'marketing' }))['Kim Brook']).toBe('no-number')
  })
})

describe('which contacts', () => {
  const mother = contact('Ann Reed', [texts(ADA)])
  const father = contact('Bob Reed', [texts(BEN)], { priority: 2 })
  const gran = contact('Cat Reed', [texts(HOME)], { priority: 3, hasParentalResponsibility: false })
  const pupils = [pupil('Dan Reed', [mother, father, gran])]

  test.each([
    ['parental-responsibility', [ADA, BEN]],
    ['first', [ADA]],
    ['first-two', [ADA, BEN]],
    ['everyone', [ADA, BEN, HOME]],
    ['pupils-themselves', []],
  ] as const)('%s', (contactRule, expected) => {
    expect(addresses(choose(pupils, { contactRule }))).toEqual(expected)
  })

  test('those outside the rule are traced as such', () => {
    expect(rulesOf(choose(pupils, { contactRule: 'first' }))).toEqual({
      'Ann Reed': 'matches-contact-rule',
      'Bob Reed': 'outside-contact-rule',
      'Cat Reed': 'outside-contact-rule',
    })
  })

  test('pupils themselves, on their own phones', () => {
    const teen = pupil('Dan Reed', [mother], { points: [texts(BEN)] })
    const result = choose([teen], { contactRule: 'pupils-themselves' })
    expect(addresses(result)).toEqual([BEN])
    expect(rulesOf(result)).toEqual({ 'Dan Reed': 'pupil-themselves' })
  })
})

test('a pupil who has nobody, who has left, or whom nobody can be reached about is traced', () => {
  const result = choose([
    pupil('Ivo Petrov', [contact('Olga Petrova', [texts(ADA)])], { hasLeft: true }),
    pupil('Wren Holloway', []),
    pupil('Ida Brook', [contact('Kim Brook', [])]),
  ])
  expect(rulesOf(result)).toEqual({
    'Ivo Petrov:': 'has-left',
    'Wren Holloway:': 'no-contact-on-record',
    'Kim Brook': 'no-number',
    'Ida Brook:': 'nobody-reached',
  })
  expect(result.chosen).toEqual([])
})

test('a user granted some years reaches no other, nor a pupil of no year', () => {
  const parents = [contact('Kim Brook', [texts(ADA)])]
  const result = choose(
    [
      pupil('Ida Brook', parents),
      pupil('Max Brook', parents, { yearGroup: 'Year 6' }),
      pupil('Pip Brook', parents, { yearGroup: null }),
    ],
    { withinYears: ['Year 4'] },
  )
  expect(result.chosen.map((one) => one.pupils.map((child) => child.firstName))).toEqual([['Ida']])
  expect(rulesOf(result)).toMatchObject({
    'Max Brook:': 'outside-year-groups',
    'Pip Brook:': 'outside-year-groups',
  })
})

test('staff are sent it for no pupil’s sake; one who is a parent too gets one', () => {
  const teacher: CirclePerson = {
    kind: 'staff',
    id: 'stf_bell' as StaffId,
    name: 'Miss Bell',
    language: null,
    points: [texts(ADA)],
    restriction: 'none',
  }
  const circle = circleOf([pupil('Ida Bell', [contact('Miss Bell', [texts(ADA)])])], {
    staff: [teacher],
  })
  const { chosen, traces } = chooseRecipients(circle, choice())
  expect(chosen).toHaveLength(1)
  expect(chosen[0]?.pupils.map((one) => one.firstName)).toEqual(['Ida'])
  expect(traces.map(({ rule }) => rule)).toEqual(['matches-contact-rule', 'staff-chosen'])
})
