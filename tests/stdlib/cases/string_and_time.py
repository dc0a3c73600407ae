import string, time
print(string.ascii_letters, string.digits, repr(string.whitespace), string.punctuation, string.capwords('hello  world foo'))
t = string.Template('$who likes ${what} $$5'); print(t.substitute(who='tim', what='x'), t.safe_substitute(who='a'), t.get_identifiers(), t.is_valid())
for e in ("t.substitute(who=1)", "string.Template('$ 5').substitute()", "string.Formatter().format('{0} {1:>5} {x!r} {2[a].real}', 1, 2, {'a':3}, x='q')", "string.Formatter().format('{} {}', 1, 2)", "string.Formatter().format('{:{}}', 1, 5)"):
    try: print(eval(e))
    except Exception as x: print(type(x).__name__, x)
print(time.gmtime(0), time.strftime('%Y-%m-%d %H:%M:%S %j %a %B %p %U %W %V', time.gmtime(1e9)), time.asctime(time.gmtime(0)), time.gmtime(86400*365).tm_yday, time.time() > 1e9, isinstance(time.time(), float), time.perf_counter() >= 0, time.sleep(0.001))
