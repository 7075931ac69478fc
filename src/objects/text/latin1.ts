/** Bytes as text of the same code units, which is how ASCII algorithms read them, and back. */

/** Most arguments given to one `String.fromCharCode` call; far below the limit of every engine. */
const CHUNK = 4096

/** The text whose code units are the bytes. */
export function textFromLatin1(bytes: Uint8Array): string {
  if (bytes.length <= CHUNK) return String.fromCharCode.apply(null, bytes as unknown as number[])
  let text = ''
  for (let i = 0; i < bytes.length; i += CHUNK) {
    text += String.fromCharCode.apply(null, bytes.subarray(i, i + CHUNK) as unknown as number[])
  }
  return text
}

/** The bytes that are the code units of a text, none of which is above 255. */
export function latin1FromText(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length)
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i)
  return bytes
}
