import { type Host, HostError } from '../../host/host.ts'

/** Reads whole files by name for messages that quote them: `null` where there is no such file to read. */
export function fileReader(host: Host): (filename: string) => Uint8Array | null {
  return (filename) => {
    if (host.status(filename)?.kind !== 'file') return null
    try {
      return host.readFile(filename)
    } catch (error) {
      if (error instanceof HostError) return null
      throw error
    }
  }
}
