import json, textwrap, bisect, heapq
print(json.dumps({"a": [1, 2.5, None, True], "b": "x\"\n\u00e9😀", "c": {}, "d": [], 3: (1,)}))
print(json.dumps({"b": 1, "a": [1, {"z": 2}]}, indent=2, sort_keys=True)); print(json.dumps("é", ensure_ascii=False), json.dumps([1, 2], separators=(",", ":")), json.dumps(float("nan")), json.dumps(1e100))
print(json.loads('{"a": [1, -2.5e3, "x\\u00e9\\ud83d\\ude00\\n"], "b": null, "c": true}'), json.loads(" 12 "), json.loads(b'[]'))
for bad in ('{"a" 1}', '[1,]', '', '[1 2]', '{"a":1,}', '"abc', '1 2', '{a:1}', '-'):
    try: print(json.loads(bad))
    except json.JSONDecodeError as e: print(e)
try: json.dumps({1, 2})
except TypeError as e: print(e)
try: json.dumps({(1,): 2})
except TypeError as e: print(e)
class E(json.JSONEncoder):
    def default(self, o): return sorted(o) if isinstance(o, set) else super().default(o)
print(json.dumps({"s": {3, 1}}, cls=E), json.dumps({3, 1}, default=list), json.loads('{"a":1}', object_hook=lambda d: list(d)))
x = []; x.append(x)
try: json.dumps(x)
except ValueError as e: print(e)
t = "The quick brown fox jumped over the lazy dog, a well-known sentence-like thing, extraordinarilylongword indeed."
print(textwrap.fill(t, 20)); print(textwrap.wrap(t, 30, initial_indent="* ", subsequent_indent="  ")); print(textwrap.shorten(t, 40)); print(repr(textwrap.dedent("""
    a
      b

    c
    """))); print(textwrap.indent("a\n\nb\n", "> "))
a = [1, 3, 3, 5]; print(bisect.bisect(a, 3), bisect.bisect_left(a, 3)); bisect.insort(a, 4); print(a)
h = [5, 2, 8, 1, 9, 3]; heapq.heapify(h); print(h); heapq.heappush(h, 0); print(h, [heapq.heappop(h) for _ in range(len(h))], heapq.nlargest(2, [3, 1, 2]), list(heapq.merge([1, 4], [2, 3])))
