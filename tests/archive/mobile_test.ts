/** The mobile form: what PyTorch writes runs here, what we write comes back the same, what cannot be is refused. */
import assert from "node:assert/strict";
import {
  ExportRefusal,
  loadMobileArchive,
  loadModule,
  mobileArchiveInfo,
  saveToBytes,
} from "../../archive/mod.ts";
import { compileSource } from "../../compiler/mod.ts";
import { type IValue, ListValue, type ScriptObject, TupleValue } from "../../core/ivalue.ts";
import { Float } from "../../core/scalar.ts";
import { ScalarType } from "../../core/scalar_type.ts";
import { Tensor } from "../../core/tensor.ts";
import { formatTensor } from "../../ops/printing.ts";
import { forward } from "../../vm/mod.ts";
import { runPython, withPyTorch } from "../examples/pytorch.ts";
import { joinParts, writeZip } from "../../archive/zip_writer.ts";
import { ZipReader } from "../../archive/zip_reader.ts";

const fixtures = new URL("fixtures/", import.meta.url);

function floats(sizes: number[], ...values: number[]): Tensor {
  const t = Tensor.zeros(sizes, ScalarType.Float);
  (t.data() as Float32Array).set(values);
  return t;
}
function longs(values: number[]): Tensor {
  const t = Tensor.zeros([values.length], ScalarType.Long);
  (t.data() as BigInt64Array).set(values.map(BigInt));
  return t;
}
function call(o: ScriptObject, ...args: IValue[]): IValue {
  return forward(o.type.methods.get("forward")!, [o, ...args]);
}
/** As Python's repr shows a result. */
function shown(v: IValue): string {
  if (v instanceof Tensor) return formatTensor(v);
  if (v instanceof ListValue) return `[${v.items.map(shown).join(", ")}]`;
  if (v instanceof TupleValue) {
    const named = v.type?.named;
    if (!named) return `(${v.items.map(shown).join(", ")})`;
    const fields = v.items.map((x, i) => `${named.fields[i]}=${shown(x)}`);
    return `${named.name.slice(named.name.lastIndexOf(".") + 1)}(${fields.join(", ")})`;
  }
  if (typeof v === "string") return `'${v}'`;
  return v instanceof Float ? String(v.value) : String(v);
}
const plain = (text: string) => text.replace(/\s+/g, " ");

for (const version of ["113", "213"]) {
  const results = JSON.parse(Deno.readTextFileSync(new URL(`results_${version}.json`, fixtures)));
  const inputs: Record<string, () => IValue[]> = {
    small: () => [floats([2, 2], 1, 2, 3, -4), 3],
    control_flow: () => [floats([3], 1, 2, 3), 5],
    char_lstm: () => [longs(results.prompt), 24],
  };
  for (const [name, make] of Object.entries(inputs)) {
    Deno.test(`PyTorch ${version}'s ${name}: its code and its bytecode give its answer`, () => {
      const bytes = Deno.readFileSync(new URL(`${name}_${version}.ptl`, fixtures));
      assert.equal(mobileArchiveInfo(bytes).version, 8);
      assert.equal(plain(shown(call(loadModule(bytes), ...make()))), plain(results[name]));
      assert.equal(plain(shown(call(loadMobileArchive(bytes).object, ...make()))), plain(results[name]));
      // What we make of it is the same model again.
      const ours = saveToBytes(loadModule(bytes), { mobile: true });
      assert.equal(plain(shown(call(loadMobileArchive(ours).object, ...make()))), plain(results[name]));
    });
  }
}

for (const version of [4, 5, 6, 7]) {
  Deno.test(`bytecode of version ${version} runs`, () => {
    const bytes = Deno.readFileSync(new URL(`control_flow_bytecode_${version}.ptl`, fixtures));
    assert.equal(mobileArchiveInfo(bytes).version, version);
    assert.equal(
      shown(call(loadMobileArchive(bytes).object, floats([3], 1, 2, 3), 5)),
      "tensor([ 5., 10., 15.])",
    );
  });
}

Deno.test("an archive without its source runs by its bytecode", () => {
  const zip = new ZipReader(Deno.readFileSync(new URL("small_213.ptl", fixtures)));
  const members = zip.names().filter((n) => !n.startsWith("code/") && n !== "constants.pkl")
    .map((name) => ({ name, data: zip.read(name) }));
  const o = loadModule(joinParts(writeZip("archive", members)));
  assert.match(shown(call(o, floats([2, 2], 1, 2, 3, -4), 3)), /\[0, 2, 4\], 'p-3'/);
});

Deno.test("operators that are not there are listed before anything runs", () => {
  const zip = new ZipReader(Deno.readFileSync(new URL("control_flow_213.ptl", fixtures)));
  const members = zip.names().map((name) => {
    const data = zip.read(name).slice();
    if (name !== "bytecode.pkl") return { name, data };
    const text = new TextDecoder("latin1").decode(data), at = text.indexOf("aten::zeros_like");
    data.set(new TextEncoder().encode("aten::zeros_lake"), at);
    return { name, data };
  });
  assert.throws(
    () => loadMobileArchive(joinParts(writeZip("archive", members))),
    /Following ops cannot be found: \{aten::zeros_lake\}/,
  );
});

const CLASS = "class K:\n    def __init__(self, a: int):\n        self.a = a\n";
const REFUSED: [string, RegExp][] = [
  [
    "def f(x: Tensor):\n    y = torch.jit.fork(torch.neg, x)\n    return torch.jit.wait(y)\n",
    /^FORK is not supported/,
  ],
  [`${CLASS}def f(x: Tensor):\n    k = K(3)\n    return x + k.a\n`, /The problematic type is: __torch__\.K$/],
  [
    `${CLASS}def f(n: int) -> List[K]:\n    return [K(n)]\n`,
    /^Returning a list or dictionary with pytorch class type/,
  ],
  [
    "def f(n: int):\n    y: List[Union[int, str]] = [n, 'a']\n    return len(y)\n",
    /^Union types are not supported in mobile module/,
  ],
  [
    "def f(u: Union[int, str]):\n    return 1\n",
    /^Union types are not supported in mobile module: forward has u of type/,
  ],
];
for (const [source, message] of REFUSED) {
  Deno.test(`refused at export: ${message.source}`, () => {
    const f = compileSource(source, { entry: "f" });
    assert.throws(() => saveToBytes(f, { mobile: true }), (e) => {
      assert.ok(e instanceof ExportRefusal);
      assert.match(e.message, message);
      return true;
    });
    // Without the mobile form there is nothing to refuse.
    saveToBytes(f);
  });
}

const PROGRAMS: [string, string, () => IValue[]][] = [
  [
    "nested loops and branches",
    "def f(n: int, x: float):\n    total = 0.0\n    for i in range(n):\n        for j in range(i):\n            if j % 3 == 0:\n                total += x * j\n            elif j % 3 == 1:\n                total -= 1.0\n            else:\n                continue\n        if total > 1000.0:\n            break\n    return total, n\n",
    () => [9, new Float(1.5)],
  ],
  [
    "optional values",
    "def f(n: int):\n    best: Optional[int] = None\n    for i in range(n):\n        if best is None:\n            best = i\n        elif i * 7 % 5 > best:\n            best = i * 7 % 5\n    return best\n",
    () => [6],
  ],
  [
    "lists, dicts, tuples",
    "def f(n: int):\n    d = {'a': n}\n    l = [n, n + 1]\n    for i in range(n):\n        d[str(i)] = i\n        l.append(d['a'] + i)\n    a, b, c = l[0:3]\n    t = (a, str(b), c)\n    return t, sorted(l), len(d), t[1], list(d.keys())\n",
    () => [4],
  ],
  [
    "tensors and views",
    "def f(n: int):\n    x = torch.arange(n * 2).view(n, 2).float()\n    x[0] = 5.0\n    y = torch.zeros(n, 2)\n    torch.add(x, x, alpha=2, out=y)\n    return y.sum(0), x.t(), x.dim(), x.dtype, y.tolist() if n > 99 else []\n"
      .replace(", y.tolist() if n > 99 else []", ""),
    () => [3],
  ],
  [
    "text",
    "def f(n: int):\n    s = ''\n    while len(s) < n:\n        s += '{}:{}'.format(len(s), 'ab')\n    return s, s.upper(), '%d' % n, s.split(':')\n",
    () => [9],
  ],
  [
    "early returns",
    "def f(n: int):\n    if n < 0:\n        return 'negative'\n    for i in range(n):\n        if i * i > n:\n            return str(i)\n    return 'none'\n",
    () => [30],
  ],
  [
    "isinstance",
    "def f(n: Optional[int]):\n    r = 1\n    if isinstance(n, int):\n        r = n\n    if n is not None:\n        r += n\n    return r\n",
    () => [3],
  ],
  [
    "tolist",
    "def f(n: int):\n    y: List[List[float]] = torch.ones(n, 2).tolist()\n    return y\n",
    () => [2],
  ],
];
for (const [name, source, inputs] of PROGRAMS) {
  Deno.test(`through mobile code and back: ${name}`, () => {
    const f = compileSource(source, { entry: "f" });
    const expected = shown(forward(f, inputs()));
    const { object } = loadMobileArchive(saveToBytes(f, { mobile: true }));
    assert.equal(shown(call(object, ...inputs())), expected);
  });
}

Deno.test("PyTorch's lite interpreter gives the same for what we export", async () => {
  const folder = await Deno.makeTempDir();
  const literal = (v: IValue) => v instanceof Float ? v.value.toFixed(1) : String(v);
  const args: string[] = [], expected: string[] = [];
  for (const [i, [, source, inputs]] of PROGRAMS.entries()) {
    const f = compileSource(source, { entry: "f" });
    await Deno.writeFile(`${folder}/p${i}.ptl`, saveToBytes(f, { mobile: true }));
    args.push(`p${i}=(${inputs().map(literal).join(",")},)`);
    expected.push(shown(forward(f, inputs())));
  }
  const normal = (text: string) =>
    text.replace(/\s+/g, "").replaceAll(".0,", ",").replace(/\.0(?=[)\]])/g, "");
  await withPyTorch(async (p) => {
    const out = await runPython(p, new URL("run_lite.py", import.meta.url).pathname, folder, ...args);
    assert.deepEqual(out.trim().split("\n").map(normal), expected.map(normal), `PyTorch ${p.version}`);
  });
  await Deno.remove(folder, { recursive: true });
});

Deno.test("what a mobile model raises reaches the caller", () => {
  const f = compileSource(
    "def f(n: int):\n    if n > 2:\n        raise ValueError('too many: ' + str(n))\n    return n\n",
  );
  const { object } = loadMobileArchive(saveToBytes(f, { mobile: true }));
  assert.equal(call(object, 2), 2);
  assert.throws(() => call(object, 3), /too many: 3/);
});
