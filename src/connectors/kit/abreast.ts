/** So many at a time, in order of their list, until one answers false. Rejects with the first error. */
export async function eachAbreast<Item>(
  items: readonly Item[],
  width: number,
  work: (item: Item, index: number) => Promise<boolean>,
): Promise<void> {
  let next = 0
  const worker = async () => {
    while (next < items.length) {
      const index = next
      next += 1
      if (!(await work(items[index]!, index))) next = items.length
    }
  }
  await Promise.all(Array.from({ length: Math.min(width, items.length) }, worker))
}
