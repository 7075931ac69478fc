import { defineModule } from '../../objects/define_module.ts'
import {
  compressType,
  countType,
  cycleType,
  defineBasicTools,
  dropwhileType,
  filterfalseType,
  pairwiseType,
  repeatType,
  starmapType,
  takewhileType,
} from './basic.ts'
import { accumulateType, chainType, defineChainTools, isliceType, zipLongestType } from './chains.ts'
import {
  combinationsType,
  combinationsWithReplacementType,
  defineCombinatoricTools,
  permutationsType,
  productType,
} from './combinatoric.ts'
import { defineGroupingTools, groupbyType, grouperType, tee, teeLinkType, teeType } from './grouping.ts'

/** The module `itertools`. */
export const itertoolsModule = defineModule('itertools', () => {
  defineBasicTools()
  defineChainTools()
  defineCombinatoricTools()
  defineGroupingTools()
  return {
    functions: { 'tee(iterable, n: ssize = 2, /)': tee },
    types: [
      accumulateType,
      combinationsType,
      combinationsWithReplacementType,
      cycleType,
      dropwhileType,
      takewhileType,
      isliceType,
      starmapType,
      chainType,
      compressType,
      filterfalseType,
      countType,
      zipLongestType,
      pairwiseType,
      permutationsType,
      productType,
      repeatType,
      groupbyType,
      grouperType,
      teeType,
      teeLinkType,
    ],
  }
})
