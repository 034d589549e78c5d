type Item = { row: HTMLElement; box: HTMLInputElement; text: string }

/** Puts a filter, a count and "select all" above a long list of checkboxes. Hidden boxes keep their ticks. */
export function start(list: HTMLElement): void {
  const items = itemsOf(list)
  if (items.length < 2) return
  const words = { one: list.dataset['one'] ?? 'item', many: list.dataset['many'] ?? 'items' }
  const bar = controls(list.querySelector('input')?.id ?? 'list', words.many)
  const shown = (): Item[] => items.filter((item) => !item.row.hidden)

  const update = (): void => {
    const ticked = items.filter((item) => item.box.checked).length
    bar.count.textContent = `${ticked} of ${items.length} ${items.length === 1 ? words.one : words.many} selected`
    const every = shown().length > 0 && shown().every((item) => item.box.checked)
    bar.all.textContent = `${every ? 'Clear' : 'Select'} all ${shown().length} ${shown().length < items.length ? 'shown' : words.many}`
    bar.all.dataset['tick'] = every ? '' : 'yes'
  }
  const filter = (): void => {
    const wanted = plain(bar.filter.value)
    for (const item of items) item.row.hidden = !item.text.includes(wanted)
    update()
  }
  bar.all.addEventListener('click', () => {
    for (const { box } of shown())
      if (!box.disabled) box.checked = bar.all.dataset['tick'] === 'yes'
    update()
  })
  bar.filter.addEventListener('input', filter)
  // Enter in the filter would submit the form with half the list chosen.
  bar.filter.addEventListener('keydown', (event) => event.key === 'Enter' && event.preventDefault())
  list.addEventListener('change', update)

  wrapInScroll(list, bar.element)
  update()
}

const itemsOf = (list: HTMLElement): Item[] =>
  [...list.querySelectorAll<HTMLElement>('.govuk-checkboxes__item')].flatMap((row) => {
    const box = row.querySelector('input')
    return box ? [{ row, box, text: plain(row.textContent ?? '') }] : []
  })

// "Zoe" finds Zoë.
const plain = (text: string): string =>
  text.normalize('NFD').replace(/\p{M}/gu, '').toLocaleLowerCase('en-GB').trim()

function controls(id: string, many: string) {
  const element = made('div', 'sg-choose')
  const group = made('div', 'govuk-form-group')
  const label = made('label', 'govuk-label', `Filter ${many}`)
  const filter = made('input', 'govuk-input')
  const all = made('button', 'sg-button-quiet')
  const count = made('p', 'sg-choose__count')
  label.htmlFor = filter.id = `${id}-filter`
  filter.type = 'search'
  filter.autocomplete = 'off'
  all.type = 'button'
  count.setAttribute('role', 'status')
  group.append(label, filter)
  element.append(group, all, count)
  return { element, filter, all, count }
}

function made<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  className: string,
  text = '',
): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag)
  element.className = className
  element.textContent = text
  return element
}

function wrapInScroll(list: HTMLElement, bar: HTMLElement): void {
  const rows = made('div', 'sg-choose-many__list')
  rows.append(...list.children)
  list.append(bar, rows)
  list.dataset['started'] = ''
}
