import manifest from '../../../package.json' with { type: 'json' }

/** Taipan's own version. */
export const version: string = manifest.version
