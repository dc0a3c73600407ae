import logging, sys, io
# Paths in tracebacks differ from machine to machine.
logging.Formatter.formatException = lambda self, ei: ei[0].__name__ + ': ' + str(ei[1])
logging.basicConfig(stream=sys.stdout, format='%(levelname)s:%(name)s:%(funcName)s:%(lineno)d:%(message)s')
log = logging.getLogger('a.b')
log.info('hidden')
log.warning('shown %s %d', 'x', 3)
log.setLevel(logging.DEBUG)
def f():
    log.debug('in f')
f()
print(log, logging.getLogger(), log.getEffectiveLevel(), log.isEnabledFor(5), logging.getLogger('a.b') is log, log.parent.name, log.name)
p = logging.getLogger('a')
print(log.parent is p, logging.getLevelName(20), logging.getLevelName('ERROR'), logging.getLevelName(7))
s = io.StringIO()
h = logging.StreamHandler(s)
h.setFormatter(logging.Formatter('{levelname} [{name}] {message}', style='{'))
p.addHandler(h)
log.error('oops')
try:
    raise ZeroDivisionError("d")
except ZeroDivisionError:
    log.exception('failed')
print(s.getvalue())
p.propagate = False
log.critical('only in s %(k)s', {'k': 1})
print(s.getvalue().splitlines()[-1])
class F(logging.Filter):
    def filter(self, r): return 'secret' not in r.getMessage()
h.addFilter(F())
log.warning('secret'); log.warning('fine')
print(s.getvalue().splitlines()[-1])
logging.disable(logging.CRITICAL); log.error('no'); logging.disable(logging.NOTSET)
logging.LoggerAdapter(logging.getLogger('z'), {'k': 2}).warning('adapted')
for e in ("log.setLevel('NOPE')", "log.log('x','y')", "logging.getLogger(3)"):
    try: eval(e)
    except Exception as x: print(type(x).__name__, x)
logging.warning('root %s', 1)
