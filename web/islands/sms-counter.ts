import { count } from '../../workers/delivery/sms.ts'
import { smsWords } from '../kit/sms-words.ts'
import { debounced } from './fragment.ts'

const quietMs = 1000

/** Says below a text how long it is, at every key; reads it out only when the typing rests. */
export function start(element: HTMLElement): void {
  if (!(element instanceof HTMLTextAreaElement)) return
  const output = document.getElementById(element.dataset['output'] ?? '')
  if (!output) return
  const status = document.querySelector(`[data-announce-for="${CSS.escape(output.id)}"]`)

  const announce = debounced(() => {
    if (status) status.textContent = output.textContent
  }, quietMs)
  const show = (): void => {
    const counted = count(element.value)
    output.textContent = smsWords(element.value, counted)
    output.classList.toggle('sg-sms-length--unicode', counted.encoding === 'UCS-2')
  }
  element.addEventListener('input', () => {
    show()
    announce()
  })
  show()
}
