import { expect, test } from 'vitest'
import { locate } from './locate.ts'

const target = (host: string) => ({ host, port: 80, address: `${host}:80` })

test('a target that has an address keeps it', async () => {
  expect(await locate(target('127.0.0.1'))).toEqual(target('127.0.0.1'))
})

test('a name becomes its address, once for all requests', async () => {
  expect((await locate(target('localhost'))).host).toMatch(/^(127\.|::1$)/)
})

test('a name that does not resolve is an error that says which, and what to look at', async () => {
  await expect(locate(target('no-such-service.invalid'))).rejects.toThrow(
    /^no-such-service\.invalid does not resolve: [A-Z_]+\. Check that the Service is there\.$/,
  )
})
