/**
 * What CPython 3.11.7 made of one module: its marshalled code, and what `dis` says of it. Recorded, not written by hand;
 * addresses are made equal, and the members of a frozenset, which come in the order of hashes, are sorted by their texts.
 */

/** The marshalled code, in base 64. */
export const sampleMarshal =
  '4wAAAAAAAAAAAAAAAAQAAAAAAAAA81YAAACXAGQAWgBkAWQCbAFUAGQBZANsAm0DWgQBAGQEWgVkBWQGeggAAFoGZAdaBwIARwBkCIQAZAmmAg' +
  'AAqwIAAAAAAAAAAFoIZAqEAFoJZAuEAFoKZANTACkMeglBIG1vZHVsZS7pAAAAACkB2gEqTmcAAAAAAAAKQOkCAAAA6UYAAAApCtoDb25l+gl0' +
  'd28gd29yZHN1BQAAAMOpdMOpdQQAAADwn5iAdQMAAADtoIBzAgAAAAB4LnkAAAAAAAAAAAAAAAAAAAhA6XARAQBpkO7+/2MAAAAAAAAAAAAAAA' +
  'AEAAAAAAAAAPM4AAAAlwBlAFoBZABaAlUAZAFaA2UEZQVkAjwAAAACAEcAZAOEAGQEpgIAAKsCAAAAAAAAAABaBmQFUwApBtoFT3V0ZXJyCAAA' +
  'ANoBeGMAAAAAAAAAAAAAAAADAAAAAAAAAPMeAAAAlwBlAFoBZABaAmUDZgFkAWUEZgJkAoQFWgVkA1MAKQT6C091dGVyLklubmVy2gFjYwMAAA' +
  'ACAAAAAQAAAAQAAAAPAAAA85YAAACXAAkAfAFkAXwCmwCdApsGZAJ8AJsAnQNkA3YAZAR8AF8AAAAAAAAAAABTACMAdAIAAAAAAAAAAAAAdAQA' +
  'AAAAAAAAAAAAZgIkAHIVfQZ0BwAAAAAAAAAAAABkBaYBAACrAQAAAAAAAAAAfAaCAmQAfQZ+BncBdwB4A1kAdwEjAGQEfABfAAAAAAAAAAAAdw' +
  'B4A1kAdwEpBk76AT76ASA+BAAAAOcAAAAAAAD4P+ksAQAA+gN5IHpyCwAAAFRyBwAAACkE2gRkb25l2ghLZXlFcnJvctoKVmFsdWVFcnJvctoM' +
  'UnVudGltZUVycm9yKQfaBHNlbGbaAWHaAWJyDgAAANoEYXJnc9oCa3faAWVzBwAAACAgICAgICD6CXNhbXBsZS5wedoGbWV0aG9kehJPdXRlci' +
  '5Jbm5lci5tZXRob2QOAAAAc4AAAACAAPACBQ0h2Bob0BcroAHQFyvQFyvQFyvQFyugVNAXK9AXK9AvRdAXRfAIAB0hkASUCZAJ+PUHABUdnWrQ' +
  'EynwAAENN/AAAQ038AABDTfdFiKgO9EWL9QWL7BR0BA2+Pj4+PADAQ03+Pj4+PAGAB0hkASUCdAQINAQINAQINAQIHMZAAAAggwWAJYRPAOnED' +
  'cDtwU8A7wDPwC/CUEIA04pBtoIX19uYW1lX1/aCl9fbW9kdWxlX1/aDF9fcXVhbG5hbWVfX9oCUEnaA3N0cnIgAAAAqQDzAAAAAHIfAAAA2gVJ' +
  'bm5lcnINAAAADQAAAHM3AAAAgACAAIAAgACAANghI/AABgkh8AAGCSGoc/AABgkh8AAGCSHwAAYJIfAABgkh8AAGCSHwAAYJIXInAAAAcigAAA' +
  'BOKQdyIQAAAHIiAAAAciMAAAByCwAAANoDaW502g9fX2Fubm90YXRpb25zX19yKAAAAHImAAAAcicAAAByHwAAAHIKAAAAcgoAAAAKAAAAc0sA' +
  'AACAAIAAgACAAIAAgADYDRKAQYBzgE6AToFO8AQHBSHwAAcFIfAABwUh8AAHBSHwAAcFIfEABwUh9AAHBSHwAAcFIfAABwUh8AAHBSFyJwAAAH' +
  'IKAAAAYwEAAAAAAAAAAAAAAAYAAAAjAAAA81oAAACHAEsAAQCXAIgAZgFkAYQIfQECAHwBpgAAAKsAAAAAAAAAAABFAGQAewNWAJcChgQBAHQB' +
  'AAAAAAAAAAAAAHQCAAAAAAAAAAAAAGQCZANkBJwCjgEBAGQAUwApBU5jAAAAAAAAAAAAAAAABAAAABMAAADzRAAAAJUBlwCJAGQBehcAAIoAiA' +
  'BmAWQChAh0AQAAAAAAAAAAAACJAKYBAACrAQAAAAAAAAAARACmAAAAqwAAAAAAAAAAAFMAKQNO6QEAAABjAQAAAAAAAAAAAAAABAAAABMAAADz' +
  'IgAAAJUBlwBnAHwAXQt9AXwBZAB6BgAAsAeJAq4JfAGRAowMUwApAXIEAAAAciYAAAApA9oCLjDaAWnaAW5zAwAAACAggHIfAAAA+go8bGlzdG' +
  'NvbXA+eiZnZW4uPGxvY2Fscz4uaW5uZXIuPGxvY2Fscz4uPGxpc3Rjb21wPhsAAABzIwAAAPiAANAPQ9APQ9APQ5BhqDGocak10A9DsFGwXZAB' +
  'sF2wXbBdcicAAAApAdoFcmFuZ2UpAXIxAAAAcwEAAACAch8AAADaBWlubmVyehJnZW4uPGxvY2Fscz4uaW5uZXIYAAAAcywAAAD4gADgCAmIUY' +
  'kGiAHYD0PQD0PQD0PQD0OdNaARmTicONAPQ9EPQ9QPQ9AIQ3InAAAAegIsINoAKQLaA3NlcNoDZW5kKQLaBXByaW502gVOQU1FUykCcjEAAABy' +
  'NAAAAHMCAAAAYCByHwAAANoDZ2VucjoAAAAXAAAAc2AAAAD46ADoAIAA8AIDBUQB8AADBUQB8AADBUQB8AADBUQB8AADBUQB8AgAEBWIdYl3jH' +
  'fQBBbQBBbQBBbQBBbQBBbQBBbQBBbdBAmNNZBkoALQBCPQBCPQBCPQBCPQBCPQBCNyJwAAAGMBAAAAAAAAAAAAAAAGAAAAgwAAAPO4AAAASwAB' +
  'AJcAfAA0AIMBZAB7A1YAlwOGBF4BfQF9AgkAZABkAGQApgIAAKsCAAAAAAAAAACDAmQAewNWAJcDhgQBAG4RIwAxAIMCZAB7A1YAlwOGBHMEdw' +
  'J4A1kAdwEBAFkAAQABAHwBHwByJB4AZAFrBQAAAAByHmQFIQB4AYEYXAEAACAAchQeAGQDawIAAAAAcg5cAgAAZAFrAgAAAAByBwEAAQABAGQG' +
  'ZASEAVMAAQABAAEAZABTACkHTnItAAAA2gFrcgQAAABjAQAAAAAAAAAAAAAAAwAAABMAAADzFgAAAJcAfABkAWQChQIZAAAAAAAAAAAAUwApA0' +
  '5yLQAAAHIEAAAAciYAAAApAdoBcXMBAAAAIHIfAAAA+gg8bGFtYmRhPnoUY28uPGxvY2Fscz4uPGxhbWJkYT4lAAAAcw4AAACAAJhxoBGgMaAT' +
  'nHaAAHInAAAAKQFyPAAAACkBci0AAAByJgAAACkD2gFtchoAAAByGwAAAHMDAAAAICAgch8AAADaAmNvckEAAAAgAAAAcwwBAADoAOgAgADYDx' +
  'DwAAEFDfAAAQUN8AABBQ3wAAEFDfAAAQUN8AABBQ3wAAEFDZBHkFGYEdgIDPADAQUN8AABBQ3wAAEFDfEAAQUN9AABBQ3wAAEFDfAAAQUN8AAB' +
  'BQ3wAAEFDfAAAQUN8AABBQ3wAAEFDfAAAQUN8AABBQ3wAAEFDfAAAQUN8AABBQ3wAAEFDfAAAQUN8AABBQ3wAAEFDfAAAQUN8AABBQ34+PjwAA' +
  'EFDfAAAQUN8AABBQ3wAAEFDeAKC9gNGohdiF2IXYpdiF2IXYhdiF2IXYldkDaQNpA2kDaSNpA2kTaQQZJBkEGQcZBxkHHYEyXQEyXQEyXQDCXw' +
  'AwAOG4hdiF2IXYhdcwwAAACLAyEDoQorB64BKwcpC9oHX19kb2NfX9oCb3PaB29zLnBhdGjaBHBhdGjaAXByJAAAANoDQklHcjkAAAByCgAAAH' +
  'I6AAAAckEAAAByJgAAAHInAAAAch8AAAD6CDxtb2R1bGU+ckgAAAABAAAAc4sAAADwAwEBAdgAD4AP2AAQ0AAQ0AAQ0AAQ2AAT0AAT0AAT0AAT' +
  '0AAT0AAT4AUJgALYBgeIMoFngAPYCF+ABfAGCgEh8AAKASHwAAoBIfAACgEh8AAKASHxAAoBIfQACgEh8AAKASHwGgYBJPAABgEk8AAGASTwEg' +
  'UBJvAABQEm8AAFASbwAAUBJvAABQEmcicAAAA='

/** `dis.dis` of it. */
export const sampleDis = `  0           0 RESUME                   0

  1           2 LOAD_CONST               0 ('A module.')
              4 STORE_NAME               0 (__doc__)

  2           6 LOAD_CONST               1 (0)
              8 LOAD_CONST               2 (('*',))
             10 IMPORT_NAME              1 (os)
             12 IMPORT_STAR

  3          14 LOAD_CONST               1 (0)
             16 LOAD_CONST               3 (None)
             18 IMPORT_NAME              2 (os.path)
             20 IMPORT_FROM              3 (path)
             22 STORE_NAME               4 (p)
             24 POP_TOP

  5          26 LOAD_CONST               4 (3.25)
             28 STORE_NAME               5 (PI)

  6          30 LOAD_CONST               5 (2)
             32 LOAD_CONST               6 (70)
             34 BINARY_OP                8 (**)
             38 STORE_NAME               6 (BIG)

  7          40 LOAD_CONST               7 (('one', 'two words', 'été', '😀', '\\ud800', b'\\x00x', Ellipsis, 3j, 70000, -70000))
             42 STORE_NAME               7 (NAMES)

 10          44 PUSH_NULL
             46 LOAD_BUILD_CLASS
             48 LOAD_CONST               8 (<code object Outer at 0x7f0000000000, file "sample.py", line 10>)
             50 MAKE_FUNCTION            0
             52 LOAD_CONST               9 ('Outer')
             54 PRECALL                  2
             58 CALL                     2
             68 STORE_NAME               8 (Outer)

 23          70 LOAD_CONST              10 (<code object gen at 0x7f0000000000, file "sample.py", line 23>)
             72 MAKE_FUNCTION            0
             74 STORE_NAME               9 (gen)

 32          76 LOAD_CONST              11 (<code object co at 0x7f0000000000, file "sample.py", line 32>)
             78 MAKE_FUNCTION            0
             80 STORE_NAME              10 (co)
             82 LOAD_CONST               3 (None)
             84 RETURN_VALUE

Disassembly of <code object Outer at 0x7f0000000000, file "sample.py", line 10>:
 10           0 RESUME                   0
              2 LOAD_NAME                0 (__name__)
              4 STORE_NAME               1 (__module__)
              6 LOAD_CONST               0 ('Outer')
              8 STORE_NAME               2 (__qualname__)
             10 SETUP_ANNOTATIONS

 11          12 LOAD_CONST               1 (70000)
             14 STORE_NAME               3 (x)
             16 LOAD_NAME                4 (int)
             18 LOAD_NAME                5 (__annotations__)
             20 LOAD_CONST               2 ('x')
             22 STORE_SUBSCR

 13          26 PUSH_NULL
             28 LOAD_BUILD_CLASS
             30 LOAD_CONST               3 (<code object Inner at 0x7f0000000000, file "sample.py", line 13>)
             32 MAKE_FUNCTION            0
             34 LOAD_CONST               4 ('Inner')
             36 PRECALL                  2
             40 CALL                     2
             50 STORE_NAME               6 (Inner)
             52 LOAD_CONST               5 (None)
             54 RETURN_VALUE

Disassembly of <code object Inner at 0x7f0000000000, file "sample.py", line 13>:
 13           0 RESUME                   0
              2 LOAD_NAME                0 (__name__)
              4 STORE_NAME               1 (__module__)
              6 LOAD_CONST               0 ('Outer.Inner')
              8 STORE_NAME               2 (__qualname__)

 14          10 LOAD_NAME                3 (PI)
             12 BUILD_TUPLE              1
             14 LOAD_CONST               1 ('c')
             16 LOAD_NAME                4 (str)
             18 BUILD_TUPLE              2
             20 LOAD_CONST               2 (<code object method at 0x7f0000000000, file "sample.py", line 14>)
             22 MAKE_FUNCTION            5 (defaults, annotations)
             24 STORE_NAME               5 (method)
             26 LOAD_CONST               3 (None)
             28 RETURN_VALUE

Disassembly of <code object method at 0x7f0000000000, file "sample.py", line 14>:
 14           0 RESUME                   0

 15           2 NOP

 16           4 LOAD_FAST                1 (a)
              6 LOAD_CONST               1 ('>')
              8 LOAD_FAST                2 (b)
             10 FORMAT_VALUE             0
             12 BUILD_STRING             2
             14 FORMAT_VALUE             6 (repr, with format)
             16 LOAD_CONST               2 (' ')
             18 LOAD_FAST                0 (self)
             20 FORMAT_VALUE             0
             22 BUILD_STRING             3
             24 LOAD_CONST               3 (frozenset({'x', 'y z', 1.5, 300}))
             26 CONTAINS_OP              0

 20          28 LOAD_CONST               4 (True)
             30 LOAD_FAST                0 (self)
             32 STORE_ATTR               0 (done)
             42 RETURN_VALUE
        >>   44 PUSH_EXC_INFO

 17          46 LOAD_GLOBAL              2 (KeyError)
             58 LOAD_GLOBAL              4 (ValueError)
             70 BUILD_TUPLE              2
             72 CHECK_EXC_MATCH
             74 POP_JUMP_FORWARD_IF_FALSE    21 (to 118)
             76 STORE_FAST               6 (e)

 18          78 LOAD_GLOBAL              7 (NULL + RuntimeError)
             90 LOAD_CONST               5 ('two words')
             92 PRECALL                  1
             96 CALL                     1
            106 LOAD_FAST                6 (e)
            108 RAISE_VARARGS            2
        >>  110 LOAD_CONST               0 (None)
            112 STORE_FAST               6 (e)
            114 DELETE_FAST              6 (e)
            116 RERAISE                  1

 17     >>  118 RERAISE                  0
        >>  120 COPY                     3
            122 POP_EXCEPT
            124 RERAISE                  1
        >>  126 PUSH_EXC_INFO

 20         128 LOAD_CONST               4 (True)
            130 LOAD_FAST                0 (self)
            132 STORE_ATTR               0 (done)
            142 RERAISE                  0
        >>  144 COPY                     3
            146 POP_EXCEPT
            148 RERAISE                  1
ExceptionTable:
  4 to 26 -> 44 [0]
  44 to 76 -> 120 [1] lasti
  78 to 108 -> 110 [1] lasti
  110 to 118 -> 120 [1] lasti
  120 to 124 -> 126 [0]
  126 to 142 -> 144 [1] lasti

Disassembly of <code object gen at 0x7f0000000000, file "sample.py", line 23>:
              0 MAKE_CELL                0 (n)

 23           2 RETURN_GENERATOR
              4 POP_TOP
              6 RESUME                   0

 24           8 LOAD_CLOSURE             0 (n)
             10 BUILD_TUPLE              1
             12 LOAD_CONST               1 (<code object inner at 0x7f0000000000, file "sample.py", line 24>)
             14 MAKE_FUNCTION            8 (closure)
             16 STORE_FAST               1 (inner)

 28          18 PUSH_NULL
             20 LOAD_FAST                1 (inner)
             22 PRECALL                  0
             26 CALL                     0
             36 GET_YIELD_FROM_ITER
             38 LOAD_CONST               0 (None)
        >>   40 SEND                     3 (to 48)
             42 YIELD_VALUE
             44 RESUME                   2
             46 JUMP_BACKWARD_NO_INTERRUPT     4 (to 40)
        >>   48 POP_TOP

 29          50 LOAD_GLOBAL              1 (NULL + print)
             62 LOAD_GLOBAL              2 (NAMES)
             74 LOAD_CONST               2 (', ')
             76 LOAD_CONST               3 ('')
             78 LOAD_CONST               4 (('sep', 'end'))
             80 BUILD_CONST_KEY_MAP      2
             82 CALL_FUNCTION_EX         1
             84 POP_TOP
             86 LOAD_CONST               0 (None)
             88 RETURN_VALUE

Disassembly of <code object inner at 0x7f0000000000, file "sample.py", line 24>:
              0 COPY_FREE_VARS           1

 24           2 RESUME                   0

 26           4 LOAD_DEREF               0 (n)
              6 LOAD_CONST               1 (1)
              8 BINARY_OP               23 (-=)
             12 STORE_DEREF              0 (n)

 27          14 LOAD_CLOSURE             0 (n)
             16 BUILD_TUPLE              1
             18 LOAD_CONST               2 (<code object <listcomp> at 0x7f0000000000, file "sample.py", line 27>)
             20 MAKE_FUNCTION            8 (closure)
             22 LOAD_GLOBAL              1 (NULL + range)
             34 LOAD_DEREF               0 (n)
             36 PRECALL                  1
             40 CALL                     1
             50 GET_ITER
             52 PRECALL                  0
             56 CALL                     0
             66 RETURN_VALUE

Disassembly of <code object <listcomp> at 0x7f0000000000, file "sample.py", line 27>:
              0 COPY_FREE_VARS           1

 27           2 RESUME                   0
              4 BUILD_LIST               0
              6 LOAD_FAST                0 (.0)
        >>    8 FOR_ITER                11 (to 32)
             10 STORE_FAST               1 (i)
             12 LOAD_FAST                1 (i)
             14 LOAD_CONST               0 (2)
             16 BINARY_OP                6 (%)
             20 POP_JUMP_BACKWARD_IF_TRUE     7 (to 8)
             22 LOAD_DEREF               2 (n)
             24 POP_JUMP_BACKWARD_IF_NONE     9 (to 8)
             26 LOAD_FAST                1 (i)
             28 LIST_APPEND              2
             30 JUMP_BACKWARD           12 (to 8)
        >>   32 RETURN_VALUE

Disassembly of <code object co at 0x7f0000000000, file "sample.py", line 32>:
 32           0 RETURN_GENERATOR
              2 POP_TOP
              4 RESUME                   0

 33           6 LOAD_FAST                0 (m)
              8 BEFORE_ASYNC_WITH
             10 GET_AWAITABLE            1
             12 LOAD_CONST               0 (None)
        >>   14 SEND                     3 (to 22)
             16 YIELD_VALUE
             18 RESUME                   3
             20 JUMP_BACKWARD_NO_INTERRUPT     4 (to 14)
        >>   22 UNPACK_EX                1
             24 STORE_FAST               1 (a)
             26 STORE_FAST               2 (b)

 34          28 NOP

 33          30 LOAD_CONST               0 (None)
             32 LOAD_CONST               0 (None)
             34 LOAD_CONST               0 (None)
             36 PRECALL                  2
             40 CALL                     2
             50 GET_AWAITABLE            2
             52 LOAD_CONST               0 (None)
        >>   54 SEND                     3 (to 62)
             56 YIELD_VALUE
             58 RESUME                   3
             60 JUMP_BACKWARD_NO_INTERRUPT     4 (to 54)
        >>   62 POP_TOP
             64 JUMP_FORWARD            17 (to 100)
        >>   66 PUSH_EXC_INFO
             68 WITH_EXCEPT_START
             70 GET_AWAITABLE            2
             72 LOAD_CONST               0 (None)
        >>   74 SEND                     3 (to 82)
             76 YIELD_VALUE
             78 RESUME                   3
             80 JUMP_BACKWARD_NO_INTERRUPT     4 (to 74)
        >>   82 POP_JUMP_FORWARD_IF_TRUE     4 (to 92)
             84 RERAISE                  2
        >>   86 COPY                     3
             88 POP_EXCEPT
             90 RERAISE                  1
        >>   92 POP_TOP
             94 POP_EXCEPT
             96 POP_TOP
             98 POP_TOP

 35     >>  100 LOAD_FAST                1 (a)

 36         102 MATCH_MAPPING
            104 POP_JUMP_FORWARD_IF_FALSE    36 (to 178)
            106 GET_LEN
            108 LOAD_CONST               1 (1)
            110 COMPARE_OP               5 (>=)
            116 POP_JUMP_FORWARD_IF_FALSE    30 (to 178)
            118 LOAD_CONST               5 (('k',))
            120 MATCH_KEYS
            122 COPY                     1
            124 POP_JUMP_FORWARD_IF_NONE    24 (to 174)
            126 UNPACK_SEQUENCE          1
            130 MATCH_SEQUENCE
            132 POP_JUMP_FORWARD_IF_FALSE    20 (to 174)
            134 GET_LEN
            136 LOAD_CONST               3 (2)
            138 COMPARE_OP               2 (==)
            144 POP_JUMP_FORWARD_IF_FALSE    14 (to 174)
            146 UNPACK_SEQUENCE          2
            150 LOAD_CONST               1 (1)
            152 COMPARE_OP               2 (==)
            158 POP_JUMP_FORWARD_IF_FALSE     7 (to 174)
            160 POP_TOP
            162 POP_TOP
            164 POP_TOP

 37         166 LOAD_CONST               6 ((1,))
            168 LOAD_CONST               4 (<code object <lambda> at 0x7f0000000000, file "sample.py", line 37>)
            170 MAKE_FUNCTION            1 (defaults)
            172 RETURN_VALUE

 36     >>  174 POP_TOP
            176 POP_TOP
        >>  178 POP_TOP
            180 LOAD_CONST               0 (None)
            182 RETURN_VALUE
ExceptionTable:
  22 to 26 -> 66 [1] lasti
  66 to 84 -> 86 [3] lasti
  92 to 92 -> 86 [3] lasti

Disassembly of <code object <lambda> at 0x7f0000000000, file "sample.py", line 37>:
 37           0 RESUME                   0
              2 LOAD_FAST                0 (q)
              4 LOAD_CONST               1 (1)
              6 LOAD_CONST               2 (2)
              8 BUILD_SLICE              2
             10 BINARY_SUBSCR
             20 RETURN_VALUE
`

/** `dis.dis` of its function `gen` alone, with `show_caches`. */
export const sampleCaches = `              0 MAKE_CELL                0 (n)

 23           2 RETURN_GENERATOR
              4 POP_TOP
              6 RESUME                   0

 24           8 LOAD_CLOSURE             0 (n)
             10 BUILD_TUPLE              1
             12 LOAD_CONST               1 (<code object inner at 0x7f0000000000, file "sample.py", line 24>)
             14 MAKE_FUNCTION            8 (closure)
             16 STORE_FAST               1 (inner)

 28          18 PUSH_NULL
             20 LOAD_FAST                1 (inner)
             22 PRECALL                  0
             24 CACHE                    0
             26 CALL                     0
             28 CACHE                    0
             30 CACHE                    0
             32 CACHE                    0
             34 CACHE                    0
             36 GET_YIELD_FROM_ITER
             38 LOAD_CONST               0 (None)
        >>   40 SEND                     3 (to 48)
             42 YIELD_VALUE
             44 RESUME                   2
             46 JUMP_BACKWARD_NO_INTERRUPT     4 (to 40)
        >>   48 POP_TOP

 29          50 LOAD_GLOBAL              1 (NULL + print)
             52 CACHE                    0
             54 CACHE                    0
             56 CACHE                    0
             58 CACHE                    0
             60 CACHE                    0
             62 LOAD_GLOBAL              2 (NAMES)
             64 CACHE                    0
             66 CACHE                    0
             68 CACHE                    0
             70 CACHE                    0
             72 CACHE                    0
             74 LOAD_CONST               2 (', ')
             76 LOAD_CONST               3 ('')
             78 LOAD_CONST               4 (('sep', 'end'))
             80 BUILD_CONST_KEY_MAP      2
             82 CALL_FUNCTION_EX         1
             84 POP_TOP
             86 LOAD_CONST               0 (None)
             88 RETURN_VALUE
`

/** `dis.code_info` of its function `method`. */
export const sampleInfo = `Name:              method
Filename:          sample.py
Argument count:    3
Positional-only arguments: 2
Kw-only arguments: 1
Number of locals:  7
Stack size:        4
Flags:             OPTIMIZED, NEWLOCALS, VARARGS, VARKEYWORDS
Constants:
   0: None
   1: '>'
   2: ' '
   3: frozenset({'x', 'y z', 1.5, 300})
   4: True
   5: 'two words'
Names:
   0: done
   1: KeyError
   2: ValueError
   3: RuntimeError
Variable names:
   0: self
   1: a
   2: b
   3: c
   4: args
   5: kw
   6: e`
