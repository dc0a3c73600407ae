/** Names to kinds, as CPython's symtable module says for the same programs. */
import assert from "node:assert/strict";
import { Source } from "../../core/source.ts";
import { analyzeScopes, mangle, parseModule, type Scope } from "../../compiler/syntax/mod.ts";

function scopes(text: string): Scope[] {
  const { module, errors } = parseModule(new Source(text));
  assert.deepEqual(errors.map((error) => error.text), []);
  return [...analyzeScopes(module).values()];
}

const names = (scope: Scope) => Object.fromEntries(scope.names);

Deno.test("closures: cells, free names passed through, globals", () => {
  const [module, outer, middle, inner] = scopes(`
def outer(a, b=1, *c, d, **e):
    x = y = 0
    def middle():
        def inner():
            nonlocal y
            global z
            y = z = a + g
        return inner
    return x
`);
  assert.deepEqual(names(module), { outer: "local" });
  assert.deepEqual(outer.params, ["a", "b", "c", "d", "e"]);
  assert.deepEqual(names(outer), {
    a: "cell",
    b: "local",
    c: "local",
    d: "local",
    e: "local",
    x: "local",
    y: "cell",
    middle: "local",
  });
  assert.deepEqual(names(middle), { inner: "local", y: "free", a: "free" });
  assert.deepEqual(names(inner), { y: "free", z: "global-explicit", a: "free", g: "global-implicit" });
});

Deno.test("a class body is skipped from inside, and keeps what it binds", () => {
  const [, f, , method] = scopes(`
def f(x, y):
    class A:
        x = x
        z = y
        def method(self):
            return x, z
`);
  const [, , cls] = scopes(
    "def f(x, y):\n    class A:\n        x = x\n        z = y\n        def m(self): return x, z\n",
  );
  assert.equal(f.names.get("x"), "cell");
  assert.deepEqual(names(cls), { x: "local", z: "local", y: "free", m: "local" });
  assert.deepEqual(names(method), { self: "local", x: "free", z: "global-implicit" });
});

Deno.test("super and __class__ make the class keep a cell", () => {
  const [, cls, method, inner] = scopes(`
class A:
    def m(self):
        return lambda: super().m()
`);
  assert.equal(cls.usesClassCell, true);
  assert.equal(method.names.get("__class__"), "free");
  assert.equal(inner.names.get("__class__"), "free");
  assert.equal(inner.usesSuper, true);
  assert.equal(inner.kind, "lambda");
  const [, plain] = scopes("class A:\n    def m(self): return 1\n");
  assert.equal(plain.usesClassCell, false);
});

Deno.test("comprehensions: the first iterable outside, := outside, generators", () => {
  const [, f, comp, gen] = scopes(`
def f(xs):
    a = [last := x for x in xs if x in k]
    return (y for y in a)
`);
  assert.deepEqual(names(comp), { last: "free", x: "local", k: "global-implicit" });
  assert.equal(f.names.get("last"), "cell");
  assert.equal(f.names.get("xs"), "local");
  assert.equal(comp.isGenerator, false);
  assert.equal(gen.isGenerator, true);
  const [module, top] = scopes("[n := i for i in range(3)]\n");
  assert.equal(top.names.get("n"), "global-explicit");
  assert.equal(module.names.get("n"), "local");
});

Deno.test("private names are mangled, generators and async functions known", () => {
  const [, cls, method] = scopes(`
class _Box:
    __size = 0
    async def take(self, __n):
        yield __n + self.__size + len(vars())
`);
  assert.equal(cls.names.get("_Box__size"), "local");
  assert.deepEqual(method.params, ["self", "_Box__n"]);
  assert.equal(method.isGenerator && method.isAsync && method.hasYield && method.usesLocals, true);
  assert.equal(mangle("_Box", "__size__"), "__size__");
  assert.equal(mangle("__", "__size"), "__size");
  assert.equal(mangle(null, "__size"), "__size");
});

Deno.test("type parameters have a scope of their own", () => {
  const [module, params, f] = scopes("def f[T](x: T) -> T:\n    y: T = x\n    return y\n");
  assert.deepEqual(names(module), { f: "local" });
  assert.equal(params.kind, "type-params");
  assert.equal(params.names.get("T"), "cell");
  assert.equal(f.names.get("T"), "free");
});
