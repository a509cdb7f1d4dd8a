import { expect, test } from 'vitest'
import { readServer, serverPattern } from './server-address.ts'

test.each([
  ['pbx.example.com', 'udp', { host: 'pbx.example.com', port: 5060 }],
  ['pbx.example.com', 'tls', { host: 'pbx.example.com', port: 5061 }],
  ['127.0.0.1:5070', 'tcp', { host: '127.0.0.1', port: 5070 }],
  ['[2001:db8::1]', 'tcp', { host: '2001:db8::1', port: 5060 }],
  ['[2001:db8::1]:5071', 'tls', { host: '2001:db8::1', port: 5071 }],
] as const)('%s over %s', (server, transport, read) => {
  expect(server).toMatch(new RegExp(serverPattern))
  expect(readServer(server, transport)).toEqual(read)
})
