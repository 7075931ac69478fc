import type { LibraryDirectory } from './interpreter.ts'
import { DIRECTORY_END_SIZE, directoryPlace, readDirectory } from './zip_directory.ts'

/** The directory of a zip archive in the form that a start can use as it is; throws Error where it is none. */
export function libraryDirectory(zip: Uint8Array): LibraryDirectory {
  const place = directoryPlace(zip.subarray(zip.length - DIRECTORY_END_SIZE))
  if (place === null) throw new Error('no zip archive')
  const entries = readDirectory(zip.subarray(place.offset, place.offset + place.size))
  return {
    size: zip.length,
    files: entries.map((entry) => {
      const { name, method, compressedSize, size, offset, time, date, crc } = entry
      return [name, method, compressedSize, size, offset, time, date, crc]
    }),
  }
}
