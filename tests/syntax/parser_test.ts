/** Limits, speed, recovery and what CPython 3.11 cannot record: the syntax new in 3.12. */
import assert from "node:assert/strict";
import { Source } from "../../core/source.ts";
import type { FormattedValue, JoinedStr } from "../../compiler/syntax/ast.ts";
import { dump } from "../../compiler/syntax/dump.ts";
import { analyzeScopes, parseExpression, parseModule, SyntaxDiagnostic } from "../../compiler/syntax/mod.ts";

const parse = (text: string) => parseModule(new Source(text));
const messages = (text: string) => parse(text).errors.map((error) => error.text);

Deno.test("3.12: type parameters and type aliases", () => {
  assert.equal(
    dump(parse("type X[T: int, *Ts, **P] = list[T]\n").module),
    "Module(body=[TypeAlias(name=Name(id='X', ctx=Store()), type_params=[TypeVar(name='T', bound=Name(id='int', " +
      "ctx=Load())), TypeVarTuple(name='Ts'), ParamSpec(name='P')], value=Subscript(value=Name(id='list', " +
      "ctx=Load()), slice=Name(id='T', ctx=Load()), ctx=Load()))], type_ignores=[])",
  );
  assert.deepEqual(messages("class A[T](B): pass\ndef f[T](x): pass\n"), []);
});

Deno.test("3.12: f-strings nest, hold quotes, comments and newlines, and have true ranges", () => {
  const text = `f'{a['x']}{f"{1 + f'{2}'}"}{\n  b  # }\n!r:>{w}}'`;
  const value = parseExpression(new Source(text)) as JoinedStr;
  assert.equal(value.kind, "JoinedStr");
  const fields = value.values as FormattedValue[];
  assert.deepEqual(fields.map((f) => text.slice(f.value.start, f.value.end)), [
    "a['x']",
    `f"{1 + f'{2}'}"`,
    "b",
  ]);
  assert.equal(text.slice(fields[2].start, fields[2].end), "{\n  b  # }\n!r:>{w}}");
  assert.equal(fields[2].conversion, 114);
});

Deno.test("brackets nest 200 deep, no deeper", () => {
  for (const [open, close] of ["()", "[]", "{}"]) {
    assert.deepEqual(messages(`x = ${open.repeat(200)}1${close.repeat(200)}\n`), []);
    assert.deepEqual(messages(`x = ${open.repeat(201)}1${close.repeat(201)}\n`), [
      "too many nested parentheses",
    ]);
    assert.deepEqual(messages(`x = ${open.repeat(100_000)}`), ["too many nested parentheses"]);
  }
  const calls = parse(`x = ${"f(lambda: not -".repeat(200)}1${")".repeat(200)}\n`);
  assert.deepEqual(calls.errors, []);
  assert.equal(analyzeScopes(calls.module).size, 201);
});

Deno.test("absurd nesting without brackets is refused, long chains are not", () => {
  for (const part of ["not ", "-", "2 ** ", "1 if 2 else ", "lambda: "]) {
    assert.match(messages(`x = ${part.repeat(100_000)}1\n`)[0], /too complex to parse/);
  }
  for (const chain of [" + 1", ".b", ".b()", "[0]", " < b", " and b"]) {
    const { module, errors } = parse(`x = a${chain.repeat(50_000)}\n`);
    assert.deepEqual(errors, []);
    assert.equal(analyzeScopes(module).size, 1);
  }
  const elifs = parse(`if a: pass\n${"elif b: pass\n".repeat(20_000)}`);
  assert.deepEqual(elifs.errors, []);
  assert.equal(analyzeScopes(elifs.module).size, 1);
});

Deno.test("time grows with the length", () => {
  const unit = Deno.readTextFileSync(new URL("./trees/model.py", import.meta.url));
  const lines = unit.split("\n").length;
  const time = (n: number) => {
    const source = new Source(unit.repeat(Math.ceil(n / lines)));
    const start = performance.now();
    assert.deepEqual(parseModule(source).errors, []);
    return performance.now() - start;
  };
  // The machine may be busy: what would grow with the square takes 16 times as long however often it is tried.
  const ratios: number[] = [];
  for (let attempt = 0; attempt < 12; attempt++) {
    const small = Math.min(time(2000), time(2000), time(2000)), large = Math.min(time(8000), time(8000));
    if (large <= 5 * small) return;
    ratios.push(large / small);
  }
  assert.fail(`8,000 lines took ${ratios.map((r) => r.toFixed(1)).join(", ")} times as long as 2,000`);
});

Deno.test("one expression out of a source keeps the source's offsets", () => {
  const text = "x = []  # type: List[int]\n";
  const value = parseExpression(new Source(text), 16, 25);
  assert.equal(text.slice(value.start, value.end), "List[int]");
  assert.throws(() => parseExpression(new Source("a b")), SyntaxDiagnostic);
  assert.throws(() => parseExpression(new Source("")), SyntaxDiagnostic);
});

Deno.test("comments come with their places", () => {
  const text = "# a\nx = [  # type: ignore\n  '# no', # b\n]\n";
  const { comments } = parse(text).module;
  assert.deepEqual(comments.map((c) => c.text), ["# a", "# type: ignore", "# b"]);
  for (const c of comments) assert.equal(text.slice(c.start, c.end), c.text);
});

Deno.test("statements around an error survive; the first error is CPython's choice", () => {
  const text = "a = 1\nb = = 2\nc = 3\ndef f(x)\n  return 1\nd = 'x\n";
  const { module, errors } = parse(text);
  assert.deepEqual(module.body.map((stmt) => stmt.kind), ["Assign", "Assign", "FunctionDef"]);
  assert.equal(errors.length, 3);
  const [first, ...more] = parseModule(new Source(text), { firstErrorOnly: true }).errors;
  assert.equal(first.text, "unterminated string literal (detected at line 6)");
  assert.deepEqual(more, []);
});

Deno.test("broken text gives errors inside the text, never a crash", () => {
  const unit = Deno.readTextFileSync(new URL("./trees/statements.py", import.meta.url));
  const bits = [
    "(",
    ")",
    "[",
    "{",
    "}",
    ":",
    "'",
    '"""',
    "f'",
    "\n",
    "\t",
    "if ",
    "def ",
    "@",
    "**",
    "\\",
    "match ",
    "case ",
  ];
  let seed = 1;
  const random = (n: number) => (seed = (seed * 48271) % 2147483647) % n;
  for (let i = 0; i < 500; i++) {
    let text = unit;
    for (let k = 0; k < 3; k++) {
      const at = random(text.length);
      text = text.slice(0, at) + bits[random(bits.length)] + text.slice(at + random(4));
    }
    for (const { range, text: message } of parse(text).errors) {
      assert.ok(range!.start >= 0 && range!.start <= range!.end && range!.end <= text.length, message);
    }
  }
});
