import * as readline from 'node:readline'

/** Whom the editor tells what the user does. */
export interface EditorEvents {
  /** A line is complete; `null` for the end of input, `undefined` where it was interrupted. */
  line(line: string | null | undefined): void
  /** Asks for what a line can become; the answer goes to `completed`. */
  complete(id: number, line: string): void
  interrupt(): void
}

interface Choices {
  readonly choices: readonly string[]
  readonly replaces: string
}

/** Lets people edit lines at the terminal, with Node's `readline`: emacs keys, history, completion. */
export class TerminalEditor {
  /** Earlier lines, the newest first. */
  history: string[] = []
  private readonly events: EditorEvents
  private open: readline.Interface | null = null
  private readonly pending = new Map<number, (error: null, found: [string[], string]) => void>()
  private ids = 0

  constructor(events: EditorEvents) {
    this.events = events
  }

  /** Lines that were typed, or pasted, before anybody asked for them, and the beginning of the next one. */
  private readonly ahead: string[] = []
  private begun = ''

  /** Shows a prompt and reads one line; the terminal is in its usual mode again when the line is told. */
  readLine(prompt: string): void {
    const typed = this.ahead.shift()
    if (typed !== undefined) {
      process.stdout.write(`${prompt}${typed}\n`)
      this.remember(typed)
      this.events.line(typed)
      return
    }
    process.stdin.removeAllListeners('readable')
    const editor = readline.createInterface({
      input: process.stdin,
      output: process.stdout,
      terminal: true,
      historySize: 1000,
      history: this.history,
      completer: (line: string, done: (error: null, found: [string[], string]) => void) => {
        const id = ++this.ids
        this.pending.set(id, done)
        this.events.complete(id, line)
      },
    })
    this.open = editor
    let told = false
    const tell = (line: string | null | undefined) => {
      if (told) {
        if (typeof line === 'string') this.ahead.push(line)
        return
      }
      told = true
      // What came with the line in one piece is taken apart first.
      setImmediate(() => {
        this.history = (editor as unknown as { history: string[] }).history
        this.begun = line === undefined ? '' : editor.line
        this.close()
        this.events.line(line)
      })
    }
    editor.on('line', (line) => tell(line))
    editor.on('close', () => tell(null))
    editor.on('SIGINT', () => {
      this.events.interrupt()
      tell(undefined)
    })
    editor.setPrompt(prompt)
    editor.prompt()
    if (this.begun !== '') editor.write(this.begun)
    this.begun = ''
  }

  private remember(line: string): void {
    if (line !== '' && this.history[0] !== line) this.history.unshift(line)
  }

  /** Takes the answer to a question of `EditorEvents.complete`. */
  completed(id: number, { choices, replaces }: Choices): void {
    const done = this.pending.get(id)
    this.pending.delete(id)
    done?.(null, [[...choices], replaces])
  }

  /** Gives the terminal back. */
  close(): void {
    const { open } = this
    this.open = null
    if (open === null) return
    open.close()
    process.stdin.pause()
    process.stdin.unref()
  }
}
