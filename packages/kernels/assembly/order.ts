// From what an iteration leaves to the convention of every decomposition here: values sorted, signs chosen.

/** order (int32) ← the indices that sort n values, descending or ascending, equal ones in their old order; sorts values too. */
export function sortWithOrder(values: usize, order: usize, n: i32, descending: bool): void {
  for (let i = 0; i < n; i++) {
    const value = load<f64>(values + (<usize>i << 3))
    let j = i
    for (; j > 0; j--) {
      const before = load<f64>(values + (<usize>(j - 1) << 3))
      if (descending ? before >= value : before <= value) break
      store<f64>(values + (<usize>j << 3), before)
      store<i32>(order + (<usize>j << 2), load<i32>(order + (<usize>(j - 1) << 2)))
    }
    store<f64>(values + (<usize>j << 3), value)
    store<i32>(order + (<usize>j << 2), i)
  }
}

/** x ← −x for n doubles. */
export function negate(x: usize, n: i32): void {
  for (let end = x + (<usize>n << 3); x < end; x += 8) store<f64>(x, -load<f64>(x))
}

/** Whether the entry of largest modulus, the first of them, is negative: the vectors returned are those where it is not. */
export function leadsNegative(x: usize, n: i32): bool {
  let size = 0.0
  let negative = false
  for (let i = 0; i < n; i++) {
    const entry = load<f64>(x + (<usize>i << 3))
    if (abs(entry) > size) {
      size = abs(entry)
      negative = entry < 0
    }
  }
  return negative
}
