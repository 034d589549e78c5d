// Renews the live parts of a page every two seconds while somebody looks at it. What is typed is
// never inside a live part, and the focus is put back where it was.
const EVERY_MS = 2000
const parts = [...document.querySelectorAll('[data-live]')]
const follow = document.querySelector('[data-follow]')
const news = document.querySelector('[data-news]')
const isAtEnd = () =>
  follow !== null && follow.scrollHeight - follow.scrollTop - follow.clientHeight < 80
const toEnd = () => follow?.scrollTo({ top: follow.scrollHeight })

function renew(part, content) {
  if (content === undefined || content === part.dataset.shown) return false
  const focused = part.contains(document.activeElement) ? document.activeElement : null
  const href = focused?.getAttribute('href')
  const isFirst = part.dataset.shown === undefined
  const before = part.textContent
  part.dataset.shown = content
  part.innerHTML = content
  if (href) part.querySelector(`[href="${CSS.escape(href)}"]`)?.focus({ preventScroll: true })
  return !isFirst || before !== part.textContent
}

async function look() {
  if (document.hidden) return
  const headers = { 'x-live': document.body.dataset.version ?? '' }
  const response = await fetch(location.href, { headers, cache: 'no-store' })
  if (response.status !== 200) return
  const { version, parts: contents } = await response.json()
  const wasAtEnd = isAtEnd()
  document.body.dataset.version = version
  const isNews = parts.map((part) => renew(part, contents[part.dataset.live])).includes(true)
  if (isNews && wasAtEnd) toEnd()
  if (isNews && news) news.textContent = `Renewed at ${new Date().toLocaleTimeString('en-GB')}`
}

toEnd()
if (parts.length > 0) {
  setInterval(() => void look().catch(() => undefined), EVERY_MS)
  document.addEventListener('visibilitychange', () => void look().catch(() => undefined))
}
document.querySelector('.reply textarea')?.addEventListener('keydown', (event) => {
  if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return
  event.preventDefault()
  event.target.form.requestSubmit()
})
