import { HAVE_ARGUMENT, INVALID_STACK_EFFECT, stackEffect } from '../bytecode/opcode_table.ts'
import { asInt } from '../objects/access.ts'
import { defineModule } from '../objects/define_module.ts'
import { typeError, valueError } from '../objects/errors.ts'
import { None, typeOf } from '../objects/types.ts'

/** The module `_opcode`. */
export const opcodeModule = defineModule('_opcode', () => ({
  functions: {
    'get_specialization_stats()': () => {},
    'stack_effect(opcode: int, oparg = None, /, *, jump = None)': (opcode, oparg, jump) => {
      let argument = 0
      if (opcode >= HAVE_ARGUMENT) {
        if (oparg === None) {
          throw valueError('stack_effect: opcode requires oparg but oparg was not specified')
        }
        const number = asInt(oparg)
        if (number === undefined) throw typeError(`'${typeOf(oparg).name}' object cannot be interpreted as an integer`)
        argument = Number(number)
      } else if (oparg !== None) {
        throw valueError('stack_effect: opcode does not permit oparg but oparg was specified')
      }
      if (jump !== None && jump !== true && jump !== false) {
        throw valueError('stack_effect: jump must be False, True or None')
      }
      const effect = stackEffect(opcode, argument, jump === None ? 'max' : (jump as boolean))
      if (effect === INVALID_STACK_EFFECT) throw valueError('invalid opcode or oparg')
      return effect
    },
  },
}))
