ints = [0, 00, 7, 1_000, 0xFF, 0XfF, 0o17, 0b1_01, 123456789012345678901234567890, 9007199254740991, 9007199254740993]
floats = [1., .5, 1e5, 1E-5, 1_0.0_1e1_0, 1e400, 0.1, 1e16, 123456789.0, 00.5, 1e-7]
imaginary = [1j, 1.5J, 1e3j, 0j, 1_0j]
strings = ['a', "b", '''c''', """d
e""", 'it''s', r'\n', u'x', 'a\
b', '\x41\u00e9\U0001F600\101\0\n\t\\\'\"\a\b\f\v\r\q', '\N{BULLET}\N{GREEK SMALL LETTER ALPHA}']
data = [b'a', B"\x00\xff", rb'\n', Rb'\x', b'a' b'b', b'\q\101\n']
joined = ('a' "b"
          r'\c' u'd')
f = f''
f = f'a{b}c'
f = f'{a!r:>{width}.{precision}}' 'tail' f'{{literal}} {b!s}' f"{c!a}"
f = f'{x=}' f'{x = }' f'{x=!s}' f'{x=:5}' f'{x = !r:^{n}}'
f = f'''multi
{a
+ b}
line'''
f = rf'\d{a}\{b}'
f = f'{a:{b}{c}}' f'{ {1: 2}[1] }' f"{(lambda x: x)(1)}" f'{a["b"]}' f'{x:%H:%M}'
f = f'\x41{a}\N{BULLET}'
if u'a': u'b'
