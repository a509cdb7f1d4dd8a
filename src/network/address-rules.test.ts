import { expect, test } from 'vitest'
import { mayConnect, readRules } from './address-rules.ts'

const hosted = readRules('hosted', [])
const onSite = readRules('onSite', [])

const own = [
  ...['127.0.0.1', '127.9.9.9', '10.0.0.1', '172.16.0.1', '172.31.255.255', '192.168.1.1', '100.64.0.1'],
  ...['192.0.2.1', '198.18.0.1', '198.51.100.7', '203.0.113.9', '240.0.0.1'],
  ...['::1', 'fc00::1', 'fd12:3456::1', 'fec0::1', '2001:db8::1', '100::1', '64:ff9b:1::10.0.0.1', '2001::1'],
  // Addresses that carry another.
  ...[
    '::ffff:10.0.0.1',
    '::ffff:7f00:1',
    '64:ff9b::10.0.0.1',
    '2002:0a00:0001::',
    '::10.0.0.1',
    '::ffff:0:10.0.0.1',
  ],
]
const open = [
  ...['8.8.8.8', '20.190.128.1', '172.32.0.1', '2606:4700::1111', '2a01:4f8::1'],
  ...['::ffff:8.8.8.8', '64:ff9b::8.8.8.8'],
]
const never = [
  ...[
    '169.254.169.254',
    '168.63.129.16',
    '100.100.100.200',
    '192.0.0.192',
    'fd00:ec2::254',
    'fd00:ec2:0::254',
  ],
  ...['0.0.0.0', '0.1.2.3', '255.255.255.255', '224.0.0.1', 'ff02::1', '::'],
  ...[
    '::ffff:169.254.169.254',
    '64:ff9b::a9fe:a9fe',
    '2002:a9fe:a9fe::1',
    '::169.254.169.254',
    '::ffff:0.0.0.0',
  ],
]
const nearby = ['169.254.1.1', 'fe80::1', 'fe80::1%eth0', '::ffff:169.254.1.1']

test('hosted: nothing of a network of its own, however it is written', () => {
  expect(own.filter((address) => mayConnect(address, hosted))).toEqual([])
  expect(nearby.filter((address) => mayConnect(address, hosted))).toEqual([])
  expect(open.filter((address) => !mayConnect(address, hosted))).toEqual([])
})

test('on site: the network that the hub stands in, but not link-local', () => {
  const private4 = own.filter((address) => !mayConnect(address, onSite))
  expect(private4).toEqual([])
  expect(open.filter((address) => !mayConnect(address, onSite))).toEqual([])
  expect(nearby.filter((address) => mayConnect(address, onSite))).toEqual([])
})

test('never: where clouds tell secrets, and addresses of no single machine, whatever is allowed', () => {
  const generous = readRules('onSite', ['0.0.0.0/0', '::/0'])
  expect(never.filter((address) => mayConnect(address, generous))).toEqual([])
  expect(never.filter((address) => mayConnect(address, hosted))).toEqual([])
})

test('what is allowed counts for single addresses, ranges, and addresses that carry them', () => {
  const rules = readRules('hosted', ['10.20.0.0/16', '192.168.1.7', 'fd12::/16', '169.254.1.1'])
  const allowed = ['10.20.3.4', '192.168.1.7', 'fd12::9', '::ffff:10.20.3.4', '169.254.1.1']
  expect(allowed.filter((address) => !mayConnect(address, rules))).toEqual([])
  expect(['10.21.0.1', '192.168.1.8', 'fd13::9'].filter((address) => mayConnect(address, rules))).toEqual([])
})
