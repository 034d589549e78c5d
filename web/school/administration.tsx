import { PageHeading } from '../kit/index.ts'
import { may } from '../may.ts'
import { administration } from '../navigation.ts'
import { page } from '../page.tsx'
import { schoolRoute } from '../route.ts'

/** The ways to what is seldom needed: who works here, by which rules, and what was done. */
export const administrationPage = schoolRoute('/school/administration', 'see-administration', {
  get: (visit) =>
    page(
      visit,
      { title: 'Administration' },
      <>
        <PageHeading>Administration</PageHeading>
        <ul class="govuk-list sg-ways">
          {administration
            .filter((section) => may(visit.user, section.may))
            .map(({ text, href, about }) => (
              <li class="sg-ways__item">
                <h2 class="govuk-heading-s">
                  <a class="govuk-link" href={href}>
                    {text}
                  </a>
                </h2>
                <p class="govuk-body">{about}</p>
              </li>
            ))}
        </ul>
      </>,
    ),
})
