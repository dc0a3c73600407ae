import contextvars
import html
from concurrent.futures import ThreadPoolExecutor, as_completed, wait

v = contextvars.ContextVar('v', default=1)
t = v.set(2)
print(v.get(), v.name)
v.reset(t)
print(v.get())
try:
    contextvars.ContextVar('w').get()
except LookupError:
    print('unset')
print(html.escape('<a href="x">\'&'), html.unescape('&lt;&#65;&#x42;&amp;&quot;'))
with ThreadPoolExecutor(2) as pool:
    futures = [pool.submit(pow, k, 2) for k in range(3)]
    print([f.result() for f in futures], list(pool.map(lambda a, b: a + b, [1, 2], [3, 4])))
    bad = pool.submit(int, 'x')
    print(repr(bad.exception()), len(wait(futures)[0]), sorted(f.result() for f in as_completed(futures)))
try:
    pool.submit(print)
except RuntimeError as e:
    print(e)
