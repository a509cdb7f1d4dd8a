import { createReadStream } from 'node:fs'
import { createGunzip } from 'node:zlib'
import { damaged } from './backup-format.ts'
import { explainFailure } from './failure.ts'

/** The lines of a compressed file, one after the other. Rejects with StoreFailure where it is cut off or damaged. */
export async function* linesOf(file: string): AsyncGenerator<string> {
  const input = createReadStream(file)
  const text = createGunzip()
  input.on('error', (error) => text.destroy(error))
  const decoder = new TextDecoder('utf-8', { fatal: true })
  let rest = ''
  try {
    for await (const chunk of input.pipe(text)) {
      const parts = (rest + decoder.decode(chunk as Uint8Array, { stream: true })).split('\n')
      rest = parts.pop() ?? ''
      yield* parts
    }
    if (rest !== '' || decoder.decode() !== '') throw damaged(file, 'it ends in the middle of a line')
  } catch (error) {
    const code = String((error as NodeJS.ErrnoException).code)
    throw /^(Z_|ERR_ENCODING)/.test(code)
      ? damaged(file, 'it is damaged or cut off')
      : explainFailure(error, file)
  } finally {
    input.destroy()
    text.destroy()
  }
}
