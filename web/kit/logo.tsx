/** Schoolgate's own mark: a school's gate, one leaf ajar. Takes its colours from the text around it. */
export const Logo = (props: { size?: number | undefined }) => (
  <svg
    class="sg-logo"
    width={props.size ?? 34}
    height={props.size ?? 34}
    viewBox="0 0 32 32"
    aria-hidden="true"
    focusable="false"
  >
    <path class="sg-logo__arch" d="M2 30V14a14 14 0 0 1 28 0v16h-4V14a10 10 0 0 0-20 0v16z" />
    <path class="sg-logo__leaf" d="M8 30V15h2v15zm4 0V11h2v19zm-4-9h6v2H8z" />
    <path class="sg-logo__ajar" d="M18 30V11l6 3v16l-2-.7V16l-2-1v14.6z" />
  </svg>
)
