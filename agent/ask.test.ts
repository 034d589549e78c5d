import { createServer as plainServer, type Server } from 'node:http'
import { createServer } from 'node:https'
import { type AddressInfo, connect } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { ask } from './ask.ts'
import { certificate, privateKey } from './testing/certificate.ts'

const open: Server[] = []
afterEach(() => {
  for (const server of open.splice(0)) {
    server.close()
    server.closeAllConnections()
  }
})

async function listening(server: Server): Promise<number> {
  open.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return (server.address() as AddressInfo).port
}

const secure = () =>
  listening(
    createServer({ cert: certificate, key: privateKey }, (_, response) => response.end('hello')),
  )

/** A proxy that notes whom it was asked for and with what password. */
async function proxy(isOpen = true) {
  const asked: string[] = []
  const server = plainServer()
  server.on('connect', (request, socket) => {
    asked.push(`${request.url} ${request.headers['proxy-authorization'] ?? '-'}`)
    if (!isOpen) return socket.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n')
    const far = connect(Number(request.url?.split(':')[1]), '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection Established\r\n\r\n')
      far.pipe(socket).pipe(far)
    })
    far.on('error', () => socket.destroy())
    return socket.on('error', () => far.destroy())
  })
  return { asked, port: await listening(server) }
}

const url = (port: number) => new URL(`https://localhost:${port}/`)

test('an unknown certificate is not trusted, until the school says whose it is', async () => {
  const port = await secure()
  const question = { method: 'GET', url: url(port) } as const
  expect(await ask(question)).toMatchObject({ ok: false, reason: 'not-trusted' })
  expect(await ask(question, { certificates: certificate })).toMatchObject({
    ok: true,
    text: 'hello',
  })
})

test('a certificate of another name is not trusted either', async () => {
  const port = await secure()
  const elsewhere = new URL(`https://ip6-localhost:${port}/`)
  const through = await proxy()
  const answer = await ask(
    { method: 'GET', url: elsewhere },
    { certificates: certificate, proxy: new URL(`http://127.0.0.1:${through.port}`) },
  )
  expect(answer).toMatchObject({ ok: false, reason: 'not-trusted' })
})

test('through a proxy TLS is spoken with the far end, and the proxy gets its password alone', async () => {
  const port = await secure()
  const through = await proxy()
  const network = {
    certificates: certificate,
    proxy: new URL(`http://school:pa%2Fss@127.0.0.1:${through.port}`),
  }
  const headers = { authorization: 'Basic secret' }
  expect(await ask({ method: 'GET', url: url(port), headers }, network)).toMatchObject({
    text: 'hello',
  })
  const password = Buffer.from('school:pa/ss').toString('base64')
  expect(through.asked).toEqual([`localhost:${port} Basic ${password}`])
})

test('a proxy that refuses is told as such', async () => {
  const through = await proxy(false)
  const answer = await ask(
    { method: 'GET', url: url(1) },
    { proxy: new URL(`http://127.0.0.1:${through.port}`) },
  )
  expect(answer).toEqual({ ok: false, reason: 'proxy-refused', code: '407' })
})

test('nobody there, too slow, too much and a redirect are values', async () => {
  const port = await listening(
    plainServer((request, response) => {
      if (request.url === '/slow') return
      if (request.url === '/much') response.end('x'.repeat(5_000))
      else response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end()
    }),
  )
  const at = (path: string, rest = {}) =>
    ask({ method: 'GET', url: new URL(path, `http://127.0.0.1:${port}`), ...rest })
  expect(await at('/slow', { timeoutMs: 50 })).toMatchObject({ ok: false, reason: 'timed-out' })
  expect(await at('/much', { maxBytes: 1_000 })).toMatchObject({
    ok: false,
    reason: 'answer-too-big',
  })
  expect(await at('/away')).toMatchObject({ ok: true, status: 302 })
  expect(await ask({ method: 'GET', url: new URL('http://127.0.0.1:1/') })).toMatchObject({
    ok: false,
    reason: 'unreachable',
  })
})
