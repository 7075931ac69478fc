import { strToUtf16 } from '../base/values.ts'
import type { Owned } from '../memory/header.ts'
import { defineType } from '../objects/define.ts'
import { defineModule } from '../objects/define_module.ts'
import { newException, valueError } from '../objects/errors.ts'
import { newDict, newList, newStr, newText } from '../objects/make.ts'
import { strCompare } from '../objects/text/str_sequence.ts'
import { localeEncoding, localeName } from '../vm/locale_encoding.ts'
import { exceptionClass } from './exception_class.ts'

/** What `nl_langinfo` tells in the C locale: name, number, text. */
const information: readonly (readonly [name: string, item: number, text: string])[] = [
  ['ABDAY_1', 131072, 'Sun'],
  ['ABDAY_2', 131073, 'Mon'],
  ['ABDAY_3', 131074, 'Tue'],
  ['ABDAY_4', 131075, 'Wed'],
  ['ABDAY_5', 131076, 'Thu'],
  ['ABDAY_6', 131077, 'Fri'],
  ['ABDAY_7', 131078, 'Sat'],
  ['ABMON_1', 131086, 'Jan'],
  ['ABMON_10', 131095, 'Oct'],
  ['ABMON_11', 131096, 'Nov'],
  ['ABMON_12', 131097, 'Dec'],
  ['ABMON_2', 131087, 'Feb'],
  ['ABMON_3', 131088, 'Mar'],
  ['ABMON_4', 131089, 'Apr'],
  ['ABMON_5', 131090, 'May'],
  ['ABMON_6', 131091, 'Jun'],
  ['ABMON_7', 131092, 'Jul'],
  ['ABMON_8', 131093, 'Aug'],
  ['ABMON_9', 131094, 'Sep'],
  ['ALT_DIGITS', 131119, ''],
  ['AM_STR', 131110, 'AM'],
  ['CODESET', 14, 'UTF-8'],
  ['CRNCYSTR', 262159, '-'],
  ['DAY_1', 131079, 'Sunday'],
  ['DAY_2', 131080, 'Monday'],
  ['DAY_3', 131081, 'Tuesday'],
  ['DAY_4', 131082, 'Wednesday'],
  ['DAY_5', 131083, 'Thursday'],
  ['DAY_6', 131084, 'Friday'],
  ['DAY_7', 131085, 'Saturday'],
  ['D_FMT', 131113, '%m/%d/%y'],
  ['D_T_FMT', 131112, '%a %b %e %H:%M:%S %Y'],
  ['ERA', 131116, ''],
  ['ERA_D_FMT', 131118, ''],
  ['ERA_D_T_FMT', 131120, ''],
  ['ERA_T_FMT', 131121, ''],
  ['MON_1', 131098, 'January'],
  ['MON_10', 131107, 'October'],
  ['MON_11', 131108, 'November'],
  ['MON_12', 131109, 'December'],
  ['MON_2', 131099, 'February'],
  ['MON_3', 131100, 'March'],
  ['MON_4', 131101, 'April'],
  ['MON_5', 131102, 'May'],
  ['MON_6', 131103, 'June'],
  ['MON_7', 131104, 'July'],
  ['MON_8', 131105, 'August'],
  ['MON_9', 131106, 'September'],
  ['NOEXPR', 327681, '^[nN]'],
  ['PM_STR', 131111, 'PM'],
  ['RADIXCHAR', 65536, '.'],
  ['THOUSEP', 65537, ''],
  ['T_FMT', 131114, '%H:%M:%S'],
  ['T_FMT_AMPM', 131115, '%I:%M:%S %p'],
  ['YESEXPR', 327680, '^[yY]'],
  ['_DATE_FMT', 131180, '%a %b %e %H:%M:%S %Z %Y'],
]

/** The categories in the order of their numbers; those of glibc alone have no name here. */
const categories = ['LC_CTYPE', 'LC_NUMERIC', 'LC_TIME', 'LC_COLLATE', 'LC_MONETARY', 'LC_MESSAGES'] as const
const LC_ALL = 6
const CHAR_MAX = 127

/** Categories that `LC_ALL` has besides, as glibc lists them. */
const others = ['LC_PAPER', 'LC_NAME', 'LC_ADDRESS', 'LC_TELEPHONE', 'LC_MEASUREMENT', 'LC_IDENTIFICATION']

const LocaleError = exceptionClass('locale', 'Error')

/** The locales in force: at the start the environment decides about characters alone, as CPython has it. */
const inForce: Record<string, string> = {}

function current(name: string): string {
  return inForce[name] ?? (name === 'LC_CTYPE' ? coerced(localeName('LC_CTYPE')) : 'C')
}

/** The C locale becomes one with UTF-8 where characters are concerned (PEP 538). */
const coerced = (name: string) => (name === 'C' || name === 'POSIX' ? 'C.UTF-8' : name)

/** Whether a locale can be had: the C locale, and UTF-8 with its rules. */
function isKnown(name: string): boolean {
  return name === 'C' || name === 'POSIX' || /^(C|en_US)\.utf-?8$/i.test(name)
}

function allNames(): string {
  const names = [...categories, ...others].map((name) => [name, current(name)] as const)
  const [, first] = names[0]!
  if (names.every(([, locale]) => locale === first)) return first
  return names.map(([name, locale]) => `${name}=${locale}`).join(';')
}

function setOne(name: string, locale: string): void {
  const wanted = locale === '' ? localeName(name) : locale
  if (!isKnown(wanted)) throw newException(LocaleError, ['unsupported locale setting'])
  inForce[name] = wanted === 'POSIX' ? 'C' : wanted
}

function setlocale(category: number, locale: string | null): Owned<string> {
  if (category < 0 || category > LC_ALL) throw newException(LocaleError, ['invalid locale category'])
  const name = categories[category]
  if (locale !== null) {
    if (name !== undefined) setOne(name, locale)
    else if (locale.includes(';')) {
      for (const part of locale.split(';')) setOne(...(part.split('=') as [string, string]))
    } else {
      const before = { ...inForce }
      try {
        for (const each of [...categories, ...others]) setOne(each, locale)
      } catch (error) {
        Object.assign(inForce, before)
        throw error
      }
    }
  }
  return name === undefined ? allNames() : current(name)
}

/** `localeconv()`: the rules for numbers and money of the C locale. */
function localeconv() {
  const dict = newDict()
  const texts = ['int_curr_symbol', 'currency_symbol', 'mon_decimal_point', 'mon_thousands_sep']
  for (const key of texts) dict.data.set(key, '')
  dict.data.set('mon_grouping', newList([]))
  for (const key of ['positive_sign', 'negative_sign']) dict.data.set(key, '')
  const numbers = ['int_frac_digits', 'frac_digits', 'p_cs_precedes', 'p_sep_by_space', 'n_cs_precedes']
  for (const key of [...numbers, 'n_sep_by_space', 'p_sign_posn', 'n_sign_posn']) dict.data.set(key, CHAR_MAX)
  dict.data.set('decimal_point', '.')
  dict.data.set('thousands_sep', '')
  dict.data.set('grouping', newList([]))
  return dict
}

/** The `_locale` module: the C locale, with UTF-8. */
export const localeModule = defineModule('_locale', () => {
  defineType(LocaleError, () => ({}))
  return {
    functions: {
      'setlocale(category: int, locale: text = None, /)': setlocale,
      'localeconv()': localeconv,
      'getencoding()': () => newText(localeEncoding()),
      'nl_langinfo(key: int, /)': (key) => {
        if (key === CODESET) return newText(localeEncoding())
        const row = information.find(([, item]) => item === key)
        if (row === undefined) throw valueError('unsupported langinfo constant')
        return newText(row[2])
      },
      'strcoll(os1: str, os2: str, /)': (a, b): Owned<number> => strCompare(a, b),
      'strxfrm(string: str, /)': (text) => {
        if (strToUtf16(text).includes('\0')) throw valueError('embedded null character')
        return newStr(text)
      },
    },
    attributes: {
      ...Object.fromEntries(information.map(([name, item]) => [name, item])),
      ...Object.fromEntries(categories.map((name, i) => [name, i])),
      LC_ALL,
      CHAR_MAX,
      Error: LocaleError,
    },
  }
})

/** `nl_langinfo`'s item for the encoding. */
const CODESET = 14
