/** Python expressions to TorchScript's tree; what TorchScript has no word for is an error here, before compiling. */
import { floatRepr, shortestText } from "../../core/text/float_repr.ts";
import { SourceRange } from "../../core/source.ts";
import type * as py from "../syntax/ast.ts";
import { frontendError, notSupported, unsupportedNode } from "./error_report.ts";
import type { SourceContext } from "./function_source.ts";
import { type BinaryOp, type Expr, type KeywordArg, tree } from "./tree.ts";

const BINARY: Record<py.Operator, BinaryOp> = {
  Add: "+",
  Sub: "-",
  Mult: "*",
  Div: "/",
  Pow: "**",
  Mod: "%",
  FloorDiv: "//",
  BitAnd: "&",
  BitXor: "^",
  BitOr: "|",
  LShift: "<<",
  RShift: ">>",
  MatMult: "@",
};
const COMPARE: Record<Exclude<py.CmpOp, "NotIn">, BinaryOp> = {
  Eq: "==",
  NotEq: "!=",
  LtE: "<=",
  Lt: "<",
  GtE: ">=",
  Gt: ">",
  Is: "is",
  IsNot: "is not",
  In: "in",
};

/** What messages call a node, and the length of the word that begins it. */
const NODE_NAMES: Record<string, [name: string, length: number]> = {
  FunctionDef: ["function definitions", 3],
  For: ["for loops", 3],
  Delete: ["del statements", 3],
  ClassDef: ["class definitions", 5],
  With: ["with statements", 4],
  Raise: ["raise statements", 5],
  Assert: ["assertions", 6],
  Import: ["import statements", 6],
  ImportFrom: ["import statements", 4],
  Global: ["global variables", 6],
  Break: ["break statements", 5],
  Continue: ["continue statements", 8],
  AsyncFunctionDef: ["async function definitions", 9],
  AsyncFor: ["async for loops", 9],
  AsyncWith: ["async with statements", 10],
  Try: ["try blocks", 3],
  Nonlocal: ["nonlocal variables", 8],
  AnnAssign: ["annotated assignments", 1],
};

export function unsupported(ctx: SourceContext, node: py.NodeBase & { kind: string }, reason = ""): Error {
  const [name, length] = NODE_NAMES[node.kind] ?? [node.kind, 1];
  return unsupportedNode(ctx.range(node, length), `${name} ${reason ? reason + " " : ""}aren't supported`);
}

export function buildExpr(ctx: SourceContext, e: py.Expr): Expr {
  switch (e.kind) {
    case "Name":
      return buildName(ctx, e);
    case "Constant":
      return buildConstant(ctx, e);
    case "Attribute": {
      const value = buildExpr(ctx, e.value);
      // PyTorch guesses the name's place: one past the end of the base, whatever stands there.
      let at = value.range.end + 1;
      while (/\s/.test(ctx.source.text[at] ?? "")) at++;
      return tree.select(value, { name: e.attr, range: new SourceRange(ctx.source, at, at + e.attr.length) });
    }
    case "Call":
      return buildCall(ctx, e);
    case "BinOp":
      return buildBinOp(ctx, e);
    case "UnaryOp": {
      const operand = buildExpr(ctx, e.operand);
      if (ctx.isTorchScript && e.op === "USub" && operand.kind === "Const") {
        return { ...operand, value: operand.value === 0 && operand.type === "int" ? 0 : -operand.value };
      }
      if (e.op === "UAdd") throw notSupported(ctx.range(e), "unsupported unary operator: UAdd");
      const op = e.op === "Not" ? "not" : e.op === "USub" ? "-" : "~";
      return tree.unary(ctx.range(e, op.length), op, operand);
    }
    case "BoolOp": {
      let lhs = buildExpr(ctx, e.values[0]);
      const op = e.op === "And" ? "and" : "or";
      for (let i = 1; i < e.values.length; i++) lhs = tree.binop(op, lhs, buildExpr(ctx, e.values[i]));
      return lhs;
    }
    case "IfExp":
      return tree.ternary(buildExpr(ctx, e.test), buildExpr(ctx, e.body), buildExpr(ctx, e.orelse));
    case "Compare":
      return buildCompare(ctx, e);
    case "Subscript":
      return buildSubscript(ctx, e);
    case "List":
      return tree.list(ctx.range(e, 1), e.elts.map((x) => buildExpr(ctx, x)));
    case "Tuple":
      return tree.tuple(ctx.range(e, 1), e.elts.map((x) => buildExpr(ctx, x)));
    case "Dict":
      return buildDict(ctx, e);
    case "JoinedStr":
      return buildJoinedStr(ctx, e);
    case "ListComp":
    case "GeneratorExp": {
      const [target, iter] = onlyGenerator(ctx, e);
      const elt = buildExpr(ctx, e.elt);
      return tree.listComp(ctx.range(e, 0), elt, buildExpr(ctx, target), buildExpr(ctx, iter));
    }
    case "DictComp": {
      const [target, iter] = onlyGenerator(ctx, e);
      const key = buildExpr(ctx, e.key), value = buildExpr(ctx, e.value);
      return tree.dictComp(ctx.range(e, 0), key, value, buildExpr(ctx, target), buildExpr(ctx, iter));
    }
    case "Starred":
      return tree.starred(ctx.range(e, 1), buildExpr(ctx, e.value));
    default:
      throw unsupported(ctx, e);
  }
}

function onlyGenerator(ctx: SourceContext, e: py.ListComp | py.DictComp): [target: py.Expr, iter: py.Expr] {
  const range = ctx.range(e, 0);
  if (e.generators.length !== 1) throw notSupported(range, "Only a single generator is currently supported");
  const [g] = e.generators;
  if (g.ifs.length) throw notSupported(range, "Comprehension ifs are not supported yet");
  return [g.target, g.iter];
}

function buildName(ctx: SourceContext, e: py.Name): Expr {
  const range = ctx.range(e, e.id.length);
  if (e.id.startsWith("__jit")) {
    throw notSupported(range, "names of variables used in JIT-ed functions can't start with __jit");
  }
  if (e.id === "Ellipsis") return { kind: "Dots", range };
  return tree.var(range, e.id);
}

function buildConstant(ctx: SourceContext, e: py.Constant): Expr {
  const c = e.value;
  switch (c.type) {
    case "none":
      return { kind: "None", range: ctx.range(e, 4) };
    case "bool":
      return { kind: c.value ? "True" : "False", range: ctx.range(e, c.value ? 4 : 5) };
    case "ellipsis":
      return { kind: "Dots", range: ctx.range(e, 3) };
    case "str":
      return tree.string(ctx.range(e, c.value.length + 1), c.value);
    case "int":
      return { kind: "Const", range: ctx.range(e, String(c.value).length), type: "int", value: c.value };
    case "float":
    case "complex": {
      const text = c.type === "float" ? floatRepr(c.value) : `${shortestText(c.value)}j`;
      return { kind: "Const", range: ctx.range(e, text.length), type: c.type, value: c.value };
    }
    case "bytes":
      throw frontendError(ctx.range(e, c.value.length + 3), "Unknown Constant expression type");
  }
}

function buildCall(ctx: SourceContext, e: py.Call): Expr {
  const callee = buildExpr(ctx, e.func);
  const args = e.args.map((a) => buildExpr(ctx, a));
  const keywords: KeywordArg[] = e.keywords.map((k) => {
    const value = buildExpr(ctx, k.value);
    if (k.arg === null) throw notSupported(value.range, "keyword-arg expansion is not supported");
    return { name: k.arg, value, range: value.range };
  });
  return tree.apply(callee, args, keywords);
}

function buildBinOp(ctx: SourceContext, e: py.BinOp): Expr {
  // A chain `a + b + c + ...` nests to the left as deep as it is long: unroll it.
  const chain: py.BinOp[] = [e];
  while (chain[chain.length - 1].left.kind === "BinOp") chain.push(chain[chain.length - 1].left as py.BinOp);
  let lhs = buildExpr(ctx, chain[chain.length - 1].left);
  for (const b of chain.reverse()) lhs = tree.binop(BINARY[b.op], lhs, buildExpr(ctx, b.right));
  return lhs;
}

function buildCompare(ctx: SourceContext, e: py.Compare): Expr {
  const operands = [e.left, ...e.comparators].map((o) => buildExpr(ctx, o));
  let result: Expr | undefined;
  e.ops.forEach((op, i) => {
    const lhs = operands[i], rhs = operands[i + 1];
    const one = op === "NotIn"
      ? tree.unary(
        ctx.raw(lhs.range.end + ctx.delta, rhs.range.start + ctx.delta),
        "not",
        tree.binop("in", lhs, rhs),
      )
      : tree.binop(COMPARE[op], lhs, rhs);
    result = result ? tree.binop("and", result, one) : one;
  });
  return result!;
}

function buildSubscript(ctx: SourceContext, e: py.Subscript): Expr {
  const base = buildExpr(ctx, e.value);
  const index = (x: py.Expr): Expr => {
    if (x.kind !== "Slice") return buildExpr(ctx, x);
    const part = (p: py.Expr | null) => p === null ? undefined : buildExpr(ctx, p);
    return tree.slice(base.range, part(x.lower), part(x.upper), part(x.step));
  };
  if (e.slice.kind !== "Tuple") return tree.subscript(base, [index(e.slice)]);
  // `Tuple[()]`: an empty tuple is one index.
  if (!e.slice.elts.length) return tree.subscript(base, [tree.tuple(ctx.range(e.slice, 2), [])]);
  return tree.subscript(base, e.slice.elts.map(index));
}

function buildDict(ctx: SourceContext, e: py.Dict): Expr {
  const range = ctx.range(e, 1);
  if (e.keys.some((k) => k === null)) {
    throw notSupported(range, "Dict expansion (e.g. `{**dict}`) is not supported");
  }
  return tree.dict(range, e.keys.map((k) => buildExpr(ctx, k!)), e.values.map((v) => buildExpr(ctx, v)));
}

/** `f"{a} {b}"` is `"{} {}".format(a, b)`. */
function buildJoinedStr(ctx: SourceContext, e: py.JoinedStr): Expr {
  let text = "";
  const args: Expr[] = [];
  for (const v of e.values) {
    // Python before 3.12 gives the parts the place of the whole.
    const range = ctx.range(e, 1);
    if (v.kind === "FormattedValue") {
      if (v.conversion !== -1) throw notSupported(range, "Don't support conversion in JoinedStr");
      if (v.format_spec) throw notSupported(range, "Don't support formatting in JoinedStr");
      text += "{}";
      args.push(buildExpr(ctx, v.value));
    } else if (v.kind === "Constant" && v.value.type === "str") text += v.value.value;
    else throw notSupported(range, "Unsupported value in JoinedStr");
  }
  const range = ctx.range(e, 1);
  return tree.apply(tree.select(tree.string(range, text), { name: "format", range }), args, []);
}
