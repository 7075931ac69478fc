import type { TextOutput } from '../../host/host.ts'

/**
 * One line at the foot of a terminal that tells how far a long work has come, redrawn at most ten times a second.
 * Elsewhere it writes nothing.
 */
export class Progress {
  private readonly output: TextOutput
  private readonly total: number
  private readonly verb: string
  private done = 0
  private shownAt = 0
  private visible = false

  constructor(output: TextOutput, verb: string, total: number) {
    this.output = output
    this.verb = verb
    this.total = total
  }

  /** Counts one more piece as done; `label` names it. */
  advance(label: string): void {
    this.done++
    if (!this.output.isTerminal || this.total < 2) return
    const now = Date.now()
    if (now - this.shownAt < 100 && this.done < this.total) return
    this.shownAt = now
    const count = `${String(this.done).padStart(String(this.total).length)}/${this.total}`
    const share = `${Math.floor((100 * this.done) / this.total)}`.padStart(3)
    const line = `${this.verb} ${count} ${share}%  ${label}`
    this.output.write(`\r\x1b[K${line.slice(0, Math.max(20, this.output.columns - 1))}`)
    this.visible = true
  }

  /** Takes the line away, so that other text can be written. */
  clear(): void {
    if (this.visible) this.output.write('\r\x1b[K')
    this.visible = false
  }
}
