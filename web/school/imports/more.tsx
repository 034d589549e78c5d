/** "and 340 more": so that nobody takes a list for the whole. */
export const More = ({ total, shown }: { total: number; shown: number }) =>
  total > shown ? (
    <p class="govuk-body">and {(total - shown).toLocaleString('en-GB')} more</p>
  ) : null
