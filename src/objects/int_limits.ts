/** `sys.set_int_max_str_digits()`: the most decimal digits of an int ⇄ text conversion; 0 is no limit. */
export const intLimits = { maxStrDigits: 4300 }
