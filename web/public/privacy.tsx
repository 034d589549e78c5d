import type { Settings } from '#workers/env.ts'
import { PageHeading, Table } from '../kit/index.ts'
import { page } from '../page.tsx'
import { publicRoute, type Visit } from '../route.ts'
import { knownVisitor } from './known-visitor.ts'

/** What is held about people, why, where and for how long: for parents and for customers. */
export const privacy = publicRoute('/privacy', {
  get: async (visit) =>
    page(
      (await knownVisitor(visit)) ?? visit,
      { title: 'Privacy notice' },
      <Notice visit={visit} />,
    ),
})

const Notice = ({ visit }: { visit: Visit }) => (
  <div class="govuk-grid-row">
    <div class="govuk-grid-column-two-thirds">
      <PageHeading>Privacy notice</PageHeading>
      <Responsible />
      <Held />
      <Sealed />
      <Where jurisdiction={visit.settings.JURISDICTION} />
      <Cookies />
      <Rights officer={visit.settings.DATA_PROTECTION_OFFICER_EMAIL} />
    </div>
  </div>
)

const Responsible = () => (
  <>
    <h2 class="govuk-heading-m">Who is responsible</h2>
    <p class="govuk-body">
      Your child’s school decides why and how data about your family is used: it is the controller.
      For children looked after by a local authority it is that authority. Schoolgate works for them
      and on their instructions: it is the processor. It uses three kinds of other processors:
      Cloudflare, which runs the computers; the telephone and e-mail companies that carry messages;
      and the school’s own records system, from which the data comes.
    </p>
  </>
)

const held = [
  {
    whom: 'Pupils',
    what: 'name, admission number and unique pupil number, gender and date of birth where needed, year and groups',
    how: 'while on roll, and 30 days after',
  },
  {
    whom: 'Parents, carers and other contacts',
    what: 'name, telephone numbers, e-mail addresses, relationship to the pupil, language, restrictions',
    how: 'as long as the pupil’s',
  },
  {
    whom: 'Staff',
    what: 'name, telephone numbers, e-mail addresses, role, sign-ins (country, and a code for the network)',
    how: 'while at the school, and 30 days after',
  },
  { whom: 'Messages', what: 'text and answers', how: 'this school year and the next' },
  { whom: 'Delivery of messages', what: 'when, to whom, whether it arrived', how: '13 months' },
  { whom: 'The trail', what: 'who did what with the data, by reference number', how: '6 years' },
]

const Held = () => (
  <>
    <h2 class="govuk-heading-m">What is held, and for how long</h2>
    <p class="govuk-body">
      So that the school can reach the people responsible for a pupil, which is part of its public
      task. What a school’s file has beyond this goes into no record; the file itself is kept,
      encrypted, only until its import is done.
    </p>
    <Table
      caption="Data held"
      captionHidden
      columns={[
        { head: 'About', cell: (row) => row.whom },
        { head: 'What', cell: (row) => row.what },
        { head: 'How long', cell: (row) => row.how },
      ]}
      rows={held}
    />
    <p class="govuk-body">
      When a school leaves Schoolgate, all of it is destroyed 14 days after its account is closed.
      What it paid, and how many messages it sent, stays six years, without anybody’s name or words.
    </p>
  </>
)

const Sealed = () => (
  <>
    <h2 class="govuk-heading-m">How it is kept safe</h2>
    <p class="govuk-body">
      Names, numbers, addresses and messages are encrypted (AES-256-GCM) before they are stored,
      under a key that belongs to one school only. Destroying that key makes every copy unreadable,
      backups included. Whatever is changed, imported or sent, every sign-in, and every opening of a
      person’s record is written to a trail that the school can read and that shows if it was
      changed. Connections are encrypted.
    </p>
  </>
)

/** DESIGN 2.13: what the platform offers is said plainly, and nothing that cannot be had is claimed. */
const Where = ({ jurisdiction }: { jurisdiction: Settings['JURISDICTION'] }) => (
  <>
    <h2 class="govuk-heading-m">Where it is</h2>
    <p class="govuk-body">{places[jurisdiction]}</p>
    <p class="govuk-body">
      Cloudflare offers to keep stored data within the European Union or the United States. It
      offers no such boundary for the United Kingdom, so none is claimed here. Its Regional Services
      can keep the answering of web requests, encryption in transit included, on computers in the
      United Kingdom. Because what is stored is encrypted, the place of the master key decides where
      it can be read; that key may be held in a key service in the United Kingdom.
    </p>
  </>
)

const places: Record<Settings['JURISDICTION'], string> = {
  eu: 'Databases, queues and files of this service are kept within the European Union, which is lawful under the United Kingdom’s adequacy regulations.',
  us: 'Databases, queues and files of this service are kept within the United States.',
  '': 'This copy of the service is not told to keep its data in any one place: it is for development, and must not hold data about real people.',
}

const Cookies = () => (
  <>
    <h2 class="govuk-heading-m">Cookies</h2>
    <p class="govuk-body">
      Two, both needed: one keeps you signed in, for 12 hours at most; one lasts a minute and
      carries the word that something was done to the next page. Nobody is tracked, nothing is
      loaded from other companies, and whether a message was opened is not watched.
    </p>
  </>
)

const Rights = ({ officer }: { officer: string }) => (
  <>
    <h2 class="govuk-heading-m">Your rights</h2>
    <p class="govuk-body">
      You may ask to see what is held about you and your child, to have it put right or erased, and
      to object to its use. Ask your school first: it decides, and we help it to answer within one
      month. To stop texts that are not about attendance or an emergency, answer STOP to one of
      them.
    </p>
    <p class="govuk-body">
      Our data protection officer reads{' '}
      <a class="govuk-link" href={`mailto:${officer}`}>
        {officer}
      </a>
      . If you are not content with the answer, you may complain to the Information Commissioner’s
      Office at{' '}
      <a class="govuk-link" href="https://ico.org.uk/make-a-complaint/">
        ico.org.uk/make-a-complaint
      </a>
      .
    </p>
  </>
)
