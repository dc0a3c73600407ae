import re
print(re.match(r'(\w+) (\w+)', 'hello world foo'), re.match('x', 'y'), re.search(r'\d+', 'ab12c').group(), re.findall(r'(\w)(\d)', 'a1b2'), re.findall(r'\w', 'aé_1'))
m = re.search(r'(?P<y>\d{4})-(?P<m>\d\d)?', 'on 2024-x'); print(m.group('y'), m['m'], m.groups(), m.groups('-'), m.groupdict(), m.span('y'), m.start(2), m.end(), m.lastindex, m.lastgroup, m.string, m.re.pattern, m.pos, m.endpos)
print(re.sub(r'(\w)(\w)', r'\2\1', 'abcd'), re.sub('x*', '-', 'abxd'), re.sub(r'\d', lambda m: str(int(m[0])*2), 'a1b2'), re.subn('a', 'b', 'aaa', 2), re.sub('(?P<n>a)', r'<\g<n>\g<0>>', 'cat'), re.sub('a', r'\\n\n', 'a'))
print(re.split(r'[,;]\s*', 'a, b;c'), re.split(r'(-)', 'a-b-c'), re.split('x*', 'axbc'), re.split(',', 'a,b,c', 1), re.split(r'\b', 'hi yo'))
print([m.span() for m in re.finditer('a*', 'baac')], re.findall(r'\bfoo\b', 'foo food foo'), re.findall('^a', 'a\na', re.M), re.findall('a$', 'a\na\n'), re.findall('a.b', 'a\nb', re.S), re.findall('A', 'aA', re.I))
print(re.fullmatch('a|ab', 'ab'), re.match('a|ab', 'ab'), re.compile('a', re.I|re.M), re.compile(r'a').flags, re.I, re.I|re.X, re.escape('a.b*c d-é'), repr(re.compile(b'a')))
p = re.compile(r'''
 (\d+)  # number
 \s* ([a-z]+)  # unit
''', re.X); print(p.match('12 kg').groups(), p.groups, p.groupindex)
print(re.findall(b'\\w+', b'ab cd'), re.sub(b'a', b'x', b'banana'), re.match(r'(?i)ABC', 'abc'), re.match(r'(?i:A)b', 'ab'), re.match(r'(?s:.)', '\n'), re.findall(r'(?<=a)b', 'ab bb'), re.findall(r'(?<!a)b', 'ab bb'), re.findall(r'a(?!b)', 'ab ac'))
print(re.findall(r'[^\W\d]+', 'ab1_é-'), re.findall(r'[\]\-a]', 'a]-'), re.findall(r'[]a]', ']a'), re.findall('a{2}', 'aaaa'), re.findall('a{,2}', 'aaa'), re.findall('a{', 'a{'), re.findall('x{a}', 'x{a}'), re.findall(r'\.', 'a.b'), re.findall(r'(a)|(b)', 'ab'))
print(re.match(r'(a+)\1', 'aaaa').group(1), re.match(r'(?P<q>.)(?P=q)', 'aab'), re.match('(?>a+)b', 'aab'), re.match('(?>a+)ab', 'aab'), re.match('a++b', 'aab'), re.search('😀+', 'x😀😀y').span(), re.findall('.', 'a😀'), re.match('\\x41\\u0042\\103', 'ABC'), re.findall('\\s', ' \t\x1f\xa0'))
print(re.compile('a').search('xxa', 1), re.compile('^a').search('xa', 1), re.compile('a').match('xa', 1), re.compile('a').findall('aaaa', 1, 3), re.match(r'a\Z', 'a\n'), re.match('a$', 'a\n'))
for e in ["re.compile('(')","re.compile(')')","re.compile('*')","re.compile('a**')","re.compile('[a')","re.compile('[b-a]')","re.compile('\\\\q')","re.compile('(?P<a>x)(?P<a>y)')","re.compile('(?<a>x)')","re.compile('\\\\2(a)')","re.compile('(?P<1>a)')","re.compile('a{3,2}')","re.compile('(?z)')","re.compile('x(?i)')","re.compile('\\\\')","re.sub('a','\\\\2','a')","re.sub('a','\\\\q','a')","re.sub('a','\\\\g<z>','a')","re.match('a',1)","re.match('a',b'a')","re.match(b'a','a')","re.match('a','a').group(1)","re.compile(1)","re.compile('a\\n(')","re.compile('(?P=z)')","re.compile('(?P<n')"]:
    try: print(e, eval(e))
    except Exception as x: print(e, type(x).__name__, x)
print(re.match('(a)(b)?', 'a').regs, re.match('a', 'a').expand('x'), bool(re.match('', '')), re.match('ab', 'ab') and 1, re.error, re.Pattern, isinstance(re.compile('a'), re.Pattern))
print(re.sub(r'(?m)^', '> ', 'a\nb'), re.sub('', '-', 'abc'), re.findall(r'(?:a|b)+', 'abba c ab'), re.split(r'(?=b)', 'abab'))
import re as _re
tok = _re.compile(r'(?P<num>\d+(\.\d*)?)|(?P<id>[A-Za-z_]\w*)|(?P<op>[-+*/()])|(?P<ws>\s+)')
print([(m.lastgroup, m.group()) for m in tok.finditer('x1 = 3.5*(y-2)') if m.lastgroup != 'ws'])
