/** Type parameters and `type` statements (3.12, so not recorded from the CPython 3.11 the other cases come from). */
import { Host } from "../../python/host.ts";
import "../../python/stdlib/mod.ts";
import { Source } from "../../core/source.ts";
import { assertEquals } from "./assert.ts";

function run(text: string): string {
  let out = "";
  const host = new Host({ stdout: (t) => out += t, stderr: (t) => out += t });
  host.runMain(new Source(text, "t.py"));
  return out;
}

Deno.test("host: generic functions", () => {
  assertEquals(
    run(`
def first[T: int, *Ts, **P](x: T, *more, y: list[T] = 3) -> T:
    return x, T
v, t = first(4)
print(v, t, t.__name__, t.__bound__, t.__constraints__, t.__infer_variance__, first.__name__, first.__qualname__)
print(first.__type_params__, first.__annotations__["y"])
def pick[T: (int, str)](x: T) -> T: return x
print(pick.__type_params__[0].__constraints__, pick.__type_params__[0].__bound__)
def late[T: Later](x: T): return x
class Later: pass
print(late.__type_params__[0].__bound__.__name__)
def plain(): pass
async def a[T](x: T): return x
print(a.__type_params__)
`),
    "4 T T <class 'int'> () True first first\n(T, Ts, P) list[T]\n(<class 'int'>, <class 'str'>) None\n" +
      "Later\n(T,)\n",
  );
});

Deno.test("host: generic classes", () => {
  assertEquals(
    run(`
from typing import Generic
class Box[T]:
    kind = "box"
    def __init__(self, x: T): self.x = x
    def get(self) -> T: return self.x
    def map[U](self, f: "Callable") -> "Box[U]": return Box[U](f(self.x))
    def sup(self): return super().__repr__()[:3], __class__.__name__
b = Box[int](3)
print(b.get(), b.map(str).x, Box.__type_params__, Box.__parameters__, Box.__orig_bases__, Box.__mro__[1:])
print(Box.__qualname__, Box.map.__qualname__, Box.map.__type_params__, b.sup(), Box[str])
class Pair[K, V](dict[K, V], metaclass=type): pass
print(Pair.__orig_bases__, Pair(a=1), Pair.__type_params__)
class Outer:
    Name = int
    def m[T: Name](self, x: Name) -> T: return x
print(Outer.m.__annotations__["x"], Outer.m.__type_params__[0].__bound__)
def closure(n):
    class In[T]:
        def get(self): return n, T
    return In
print(closure(5)().get())
`),
    "3 3 (T,) (T,) (typing.Generic[T],) (<class 'typing.Generic'>, <class 'object'>)\n" +
      "Box Box.map (U,) ('<__', 'Box') __main__.Box[str]\n" +
      "(dict[K, V], typing.Generic[K, V]) {'a': 1} (K, V)\n<class 'int'> <class 'int'>\n(5, T)\n",
  );
});

Deno.test("host: type aliases", () => {
  assertEquals(
    run(`
type Tree = int | list[Tree]
type Pair[A, B = 1] = tuple[A, B]
`).includes("SyntaxError"),
    true, // defaults of type parameters came with 3.13
  );
  assertEquals(
    run(`
type Tree = int | list[Tree]
type Pair[A] = tuple[A, A]
print(Tree, type(Tree).__name__, Tree.__value__, Pair.__value__, Pair.__type_params__, Pair[int])
def f():
    local = str
    type Alias = dict[local, local]
    return Alias
print(f().__value__, f().__name__)
type = 3
print(type)
`),
    "Tree TypeAliasType int | list[Tree] tuple[A, A] (A,) Pair[int]\ndict[str, str] Alias\n3\n",
  );
});
