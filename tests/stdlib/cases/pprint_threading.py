import pprint, threading, errno
pprint.pprint({"b": 1, "a": [1, 2]}); pprint.pprint({"k%d" % i: list(range(i * 3)) for i in range(8)}); pprint.pprint([["x" * 30, "y" * 40], ("z" * 50, {1, 2, 3}), "some longer text with spaces " * 5]); pprint.pprint(list(range(60)), compact=True, width=60)
pprint.pprint({"z": {"deep": {"deeper": [1, 2, {"x": "y" * 60}]}}, "a": ("t" * 70,)}, width=40); print(pprint.pformat([1, [2, [3, [4]]]], depth=2)); pprint.pp({"b": 1, "a": 2}); pprint.pprint({"b" * 30: 1, "a" * 30: 2, "c" * 30: [1] * 30}, indent=4)
out = []
t = threading.Thread(target=lambda x: out.append((x, threading.current_thread() is t)), args=(1,)); t.start(); t.join(); print(out, threading.current_thread().name)
with threading.Lock() as k: print(k)
l = threading.RLock()
with l:
    with l: pass
print(errno.ENOENT, errno.errorcode[2])
