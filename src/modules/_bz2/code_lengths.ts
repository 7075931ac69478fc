/** The longest code that a compressor makes. */
const MAX_LENGTH = 17

/** Nodes of a tree as a heap by weight; a weight holds in its low byte how deep the node's tree is. */
class NodeHeap {
  readonly weights: Int32Array
  private readonly nodes: Int32Array
  size = 0

  constructor(leaves: number) {
    this.weights = new Int32Array(2 * leaves + 1)
    this.nodes = new Int32Array(leaves + 2)
  }

  add(node: number): void {
    const { nodes, weights } = this
    const weight = weights[node]!
    let at = ++this.size
    for (; at > 1 && weight < weights[nodes[at >> 1]!]!; at >>= 1) nodes[at] = nodes[at >> 1]!
    nodes[at] = node
  }

  takeLightest(): number {
    const { nodes, weights } = this
    const lightest = nodes[1]!
    const moved = nodes[this.size--]!
    let at = 1
    for (;;) {
      let child = at << 1
      if (child > this.size) break
      if (child < this.size && weights[nodes[child + 1]!]! < weights[nodes[child]!]!) child++
      if (weights[moved]! < weights[nodes[child]!]!) break
      nodes[at] = nodes[child]!
      at = child
    }
    nodes[at] = moved
    return lightest
  }
}

/** The parents of all nodes of a Huffman tree over these weights (those of the leaves stand at 1, 2, …); 0 for the root. */
function treeParents(leafWeights: Int32Array): Int32Array {
  const leaves = leafWeights.length
  const heap = new NodeHeap(leaves)
  const { weights } = heap
  const parents = new Int32Array(2 * leaves + 1)
  for (let i = 1; i <= leaves; i++) {
    weights[i] = leafWeights[i - 1]! << 8
    heap.add(i)
  }
  let node = leaves
  while (heap.size > 1) {
    const a = heap.takeLightest()
    const b = heap.takeLightest()
    node++
    parents[a] = parents[b] = node
    const depth = 1 + Math.max(weights[a]! & 0xff, weights[b]! & 0xff)
    weights[node] = ((weights[a]! & ~0xff) + (weights[b]! & ~0xff)) | depth
    heap.add(node)
  }
  return parents
}

/**
 * The lengths of the Huffman codes for symbols that occur so often, as bzip2 gives them: where a code would be too long,
 * the frequencies are made more alike and the tree is built again.
 */
export function codeLengths(frequencies: Int32Array, lengths: Uint8Array): void {
  const weights = frequencies.map((frequency) => Math.max(frequency, 1))
  for (;;) {
    const parents = treeParents(weights)
    let longest = 0
    for (let i = 0; i < weights.length; i++) {
      let length = 0
      for (let node = i + 1; parents[node] !== 0; node = parents[node]!) length++
      lengths[i] = length
      if (length > longest) longest = length
    }
    if (longest <= MAX_LENGTH) return
    for (let i = 0; i < weights.length; i++) weights[i] = 1 + (weights[i]! >> 1)
  }
}
