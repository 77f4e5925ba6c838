// What made trials invalid, each kind of fault once: trial by trial only its numbers differ.

/** A number that stands alone: that of `p99` or `reader-1` is part of a name. */
const number = /(?<![\w.-])\d+(?:\.\d+)?(?![\w.-])/g

/** `used 45.0 to 81.4 %`, of faults that used 81.4 % and 45.0 %. */
export const mergedFaults = (faults: readonly string[]): string[] =>
  [...Map.groupBy(faults, (fault) => fault.replace(number, '0')).values()].map(merged)

const merged = (faults: readonly string[]): string => {
  const numbers = faults.map((fault) => fault.match(number) ?? [])
  let place = 0
  return (faults[0] ?? '').replace(number, () => {
    const here = numbers.map((each) => each[place] ?? '').toSorted((a, b) => Number(a) - Number(b))
    place += 1
    const [least = '', most = ''] = [here[0], here.at(-1)]
    return least === most ? least : `${least} to ${most}`
  })
}
