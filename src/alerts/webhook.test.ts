import { expect, it } from 'vitest'
import { sign } from './webhook.ts'

it('signs as the example of the Standard Webhooks specification', () => {
  const content = 'msg_p5jXN8AQM9LWM0D4loKWxJek.1614265330.{"test": 2432232314}'
  expect(sign('whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', content)).toBe(
    'g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
  )
})

it('takes any other text as the key itself', () => {
  expect(sign('a secret of our own', 'x')).not.toBe(sign('another secret', 'x'))
})
