import { type Str, WideStr } from './values.ts'

/** Collects the code points of a Python string; changes to the wide form when the first astral one arrives. */
export class StrBuilder {
  private text = ''
  private wide: number[] | null = null

  /** Adds a run of text of which each code unit is one code point. */
  addText(text: string): void {
    if (this.wide === null) this.text += text
    else for (let i = 0; i < text.length; i++) this.wide.push(text.charCodeAt(i))
  }

  addCodePoint(codePoint: number): void {
    if (this.wide === null) {
      if (codePoint <= 0xffff) {
        this.text += String.fromCharCode(codePoint)
        return
      }
      this.wide = []
      for (let i = 0; i < this.text.length; i++) this.wide.push(this.text.charCodeAt(i))
    }
    this.wide.push(codePoint)
  }

  addStr(value: Str): void {
    if (typeof value === 'string') this.addText(value)
    else for (let i = 0; i < value.codePoints.length; i++) this.addCodePoint(value.codePoints[i])
  }

  finish(): Str {
    return this.wide === null ? this.text : new WideStr(this.wide)
  }
}
