import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openBrowser } from './browser.ts'
import { look } from './look.ts'

// Every journey looks at every page; here it is seen that looking finds something.
let browser: Browser
beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(() => browser.close())

test.each([
  ['with scripts', true],
  ['without', false],
])('an unlabelled field, faint words and a page too wide are found, %s', async (_, hasScripts) => {
  const shows = (body: string) => lookAt(hasScripts, body)
  await expect(shows('<label>Name <input></label>')).resolves.toBeUndefined()
  await expect(shows('<input>')).rejects.toThrow('label')
  await expect(shows('<p style="color: #ccc">Faint</p>')).rejects.toThrow('color-contrast')
  await expect(shows('<p style="width: 400px">Wide</p>')).rejects.toThrow('px wide')
})

async function lookAt(hasScripts: boolean, body: string): Promise<void> {
  const context = await browser.newContext({
    javaScriptEnabled: hasScripts,
    viewport: { width: 320, height: 640 },
  })
  const page: Page = await context.newPage()
  const html = `<!doctype html><html lang="en"><title>A page</title><main><h1>A page</h1>${body}</main></html>`
  await page.route('http://page.test/', (route) =>
    route.fulfill({ body: html, contentType: 'text/html' }),
  )
  await page.goto('http://page.test/')
  await look(page, hasScripts).finally(() => context.close())
}
