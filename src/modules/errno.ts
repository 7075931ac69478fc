import { defineModule } from '../objects/define_module.ts'
import { newDict } from '../objects/make.ts'
import { errorNames, errorNumbers } from '../vm/errno.ts'

/** The `errno` module. */
export const errnoModule = defineModule('errno', () => ({
  attributes: Object.fromEntries(errorNumbers),
  setup: ({ data }) => {
    const names = newDict()
    for (const [number, name] of errorNames) names.data.set(number, name)
    data.set('errorcode', names)
  },
}))
