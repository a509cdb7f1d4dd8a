// biome-ignore-all lint/suspicious/noTemplateCurlyInString: that is how references are written
import { expect, test } from 'vitest'
import { maskSecrets } from './mask-secrets.ts'

const types = {
  phone: {
    configSchema: { properties: { password: { type: 'string', secret: true }, host: { type: 'string' } } },
  },
}

test('a file is shown with its references, and without what it has in clear', () => {
  const text = `http: { tokens: [{ name: board, token: 0123456789abcdefgh }] } # tokens
tenants:
  - id: contoso
    connectors:
      - { id: a, type: phone, host: h, password: "\${env:A}" }
      - { id: b, type: phone, host: h, password: "clear\${env:B}" }
`
  const { yaml, config } = maskSecrets(text, types)
  expect(yaml).toContain('# tokens')
  expect(yaml).not.toMatch(/0123456789|clear/)
  expect(config).toMatchObject({
    http: { tokens: [{ token: '(hidden)' }] },
    tenants: [{ connectors: [{ password: '${env:A}' }, { password: '(hidden)', host: 'h' }] }],
  })
})
