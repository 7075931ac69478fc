import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Ring } from './ring.ts'

test('a ring does what an array does, at both ends and in the middle', () => {
  const ring = new Ring()
  const array: number[] = []
  let state = 1
  const random = (limit: number) => {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0
    return (state >>> 8) % limit
  }
  for (let i = 0; i < 5000; i++) {
    switch (random(8)) {
      case 0:
      case 1:
        ring.push(i)
        array.push(i)
        break
      case 2:
        ring.unshift(i)
        array.unshift(i)
        break
      case 3:
        assert.equal(ring.pop(), array.pop())
        break
      case 4:
        assert.equal(ring.shift(), array.shift())
        break
      case 5: {
        const at = random(array.length + 1)
        ring.insertAt(at, i)
        array.splice(at, 0, i)
        break
      }
      case 6: {
        if (array.length === 0) break
        const at = random(array.length)
        assert.equal(ring.removeAt(at), array.splice(at, 1)[0])
        break
      }
      default: {
        if (array.length === 0) break
        const count = random(2 * array.length) - array.length
        ring.rotate(count)
        for (let n = ((count % array.length) + array.length) % array.length; n > 0; n--) array.unshift(array.pop()!)
      }
    }
    assert.equal(ring.length, array.length)
  }
  assert.deepEqual(ring.toArray(), array)
  ring.reverse()
  assert.deepEqual(ring.toArray(), array.reverse())
})
