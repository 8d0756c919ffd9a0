import { expect, test } from 'vitest'
import { type Draft, keyFile, percentUsed, readAddresses, requestOf, showNetwork } from './model'
import { clients, endpointsOf, sampleOf } from './samples'

const draft: Draft = {
  label: ' bot ',
  accountId: 'a',
  rights: 'both',
  addresses: '',
  lifetime: 'never',
  kind: 'hmac',
  publicKey: 'left over',
}

test('addresses may stand on lines or between commas', () => {
  expect(readAddresses(' 10.0.0.1, 10.1.0.0/16\n2001:db8::1 ;\t')).toEqual(['10.0.0.1', '10.1.0.0/16', '2001:db8::1'])
  expect(readAddresses(' \n')).toEqual([])
})

test('a draft becomes a request; what its kind does not need stays behind', () => {
  expect(requestOf(draft, 0)).toEqual({
    label: 'bot',
    accountId: 'a',
    scopes: ['read', 'trade'],
    allowedIps: [],
    expiresAt: null,
    kind: 'hmac',
    publicKey: null,
  })
  const other = requestOf({ ...draft, rights: 'read', lifetime: '30', kind: 'ed25519', publicKey: 'PEM' }, 0)
  expect(other.scopes).toEqual(['read'])
  expect(other.expiresAt).toBe('1970-01-31T00:00:00.000Z')
  expect(other.publicKey).toBe('PEM')
})

test('the file holds the secret only where there is one', () => {
  const key = { label: 'bot', key: 'K', secret: 'S', prefix: 'Lastro123456' } as Parameters<typeof keyFile>[0]
  expect(keyFile(key, 'http://h')).toBe('label: bot\nserver: http://h\napiKey: K\nsecret: S\n')
  expect(keyFile({ ...key, secret: null }, 'http://h')).not.toContain('secret')
})

test('one address is shown without its length', () => {
  expect(['10.0.0.1/32', '10.0.0.0/8', '2001:db8::1/128'].map(showNetwork)).toEqual([
    '10.0.0.1',
    '10.0.0.0/8',
    '2001:db8::1',
  ])
})

test('the meter ends at a hundred, and is none without a limit', () => {
  expect([percentUsed(0, 6000), percentUsed(600, 6000), percentUsed(9000, 6000), percentUsed(5, 0)]).toEqual([
    0,
    10,
    100,
    null,
  ])
})

test('every sample names this server and nobody else', () => {
  const at = endpointsOf('https://trade.example.org')
  expect(at).toEqual({
    rest: 'https://trade.example.org/binance',
    streams: 'wss://trade.example.org/binance/stream',
    socketApi: 'wss://trade.example.org/binance/ws-api/v3',
  })
  expect(endpointsOf('http://127.0.0.1:5080').streams).toBe('ws://127.0.0.1:5080/binance/stream')
  for (const client of clients) {
    const sample = sampleOf(client, at)
    expect(sample).toContain('https://trade.example.org/binance')
    expect(sample).not.toContain('binance.com')
  }
})
