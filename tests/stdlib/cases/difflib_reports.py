import difflib

old = """graph(%x : Tensor):
  %1 : Tensor = prim::Constant[value={2}]() # f.py:17:0
  %2 : Tensor = aten::mul(%x, %1) # f.py:17:0
  return (%2)
""".splitlines(True)
new = """graph(%x : Tensor):
  %1 : Tensor = prim::Constant[value={3}]() # f.py:18:0
  %2 : Tensor = aten::mul(%x, %1) # f.py:18:0
  %3 : Tensor = aten::neg(%2)
\treturn (%3)
""".splitlines(True)
print("".join(difflib.ndiff(old, new)))
print("".join(difflib.unified_diff(old, new, "a", "b", n=1)))
print("".join(difflib.context_diff(old, new, "a", "b")))
print("".join(difflib.restore(difflib.ndiff(old, new), 2)) == "".join(new))
m = difflib.SequenceMatcher(None, "private Thread currentThread;", "private volatile Thread currentThread;")
print(round(m.ratio(), 3), m.get_matching_blocks())
print(difflib.SequenceMatcher(lambda c: c == " ", "qabxcd e", "abycdf  e").get_opcodes())
print(difflib.get_close_matches("appel", ["ape", "apple", "peach", "puppy"]), difflib.get_close_matches("x", ["abc"]))
print(list(difflib.ndiff(["one\n", "two\n", "three\n"], ["ore\n", "tree\n", "emu\n"])))
print(list(difflib.ndiff([], ["a\n"])), list(difflib.ndiff(["same"], ["same"])))
words = [f"line {i % 7}\n" for i in range(230)]
other = words[:100] + ["new\n"] + words[120:]
print(list(difflib.unified_diff(words, other, n=0)))
