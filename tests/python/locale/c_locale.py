"""The C locale."""
import locale

print(locale.localeconv())
print(locale.setlocale(locale.LC_ALL, 'C'), locale.setlocale(locale.LC_CTYPE, 'C.UTF-8'), locale.setlocale(locale.LC_ALL))
try:
    locale.setlocale(locale.LC_ALL, 'xx_YY')
except locale.Error as e:
    print(repr(e))
print([locale.nl_langinfo(getattr(locale, n)) for n in ('DAY_1', 'ABMON_12', 'RADIXCHAR', 'THOUSEP', 'D_T_FMT', 'YESEXPR')])
print(locale.strcoll('a', 'b') < 0, locale.strxfrm('x'), locale.format_string('%d', 1234567, grouping=True))
