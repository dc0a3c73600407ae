/** Operators inside compiled loops: some as JavaScript, the others that know no tensors as calls. */
import type { Instruction } from "../../bytecode/decoder.ts";
import type { LoopText } from "./emit.ts";
import { escapes, field, fields } from "./instructions.ts";

/** Writes the operator's effect and gives the text of its result, undefined when it has none. */
type Inline = (e: LoopText, args: readonly number[]) => string | undefined;

function infix(sign: string): Inline {
  return (e, [a, b]) => `${e.raw(a)} ${sign} ${e.raw(b)}`;
}
/** `Math.max` and `Math.min` on ints. */
function extreme(name: "max" | "min"): Inline {
  return (e, [a, b]) => {
    e.needNumbers(a, b);
    return `Math.${name}(${e.raw(a)}, ${e.raw(b)})`;
  };
}
/**
 * Finds a dict's entry, which is often the one that the instruction before has found: `de` of key `dk` in `dd`. An
 * operator that may take entries away forgets it.
 */
function findEntry(e: LoopText, d: number, k: number): void {
  const dict = e.raw(d), key = e.raw(k);
  e.line(`if (dd !== ${dict} || dk !== ${key}) { dd = ${dict}; dk = ${key}; de = dd.entry(dk); }`);
}
const has: Inline = (e, [d, k]) => {
  findEntry(e, d, k);
  return "de !== undefined";
};
/** A missing key is the interpreter's to raise. */
const lookUp: Inline = (e, [d, k]) => {
  findEntry(e, d, k);
  e.leaveIf("de === undefined");
  return "de[1]";
};
const put: Inline = (e, [d, k, v]) => {
  escapes(e, v);
  findEntry(e, d, k);
  e.line(`if (de !== undefined) de[1] = ${e.value(v)}; else { dd.set(dk, ${e.value(v)}); dd = null; }`);
  return undefined;
};

const INLINE: Readonly<Record<string, Inline>> = {
  "aten::add.str": infix("+"),
  "aten::eq.str": infix("==="),
  "aten::ne.str": infix("!=="),
  "aten::len.str": (e, [a]) => {
    const known = e.measured(a), s = e.raw(a);
    if (/^p/.test(known)) e.line(`if (!${known}) ${known} = !hasSurrogates(${s});`);
    return `${known} ? ${s}.length : strLength(${s})`;
  },
  "aten::str": (e, [a]) => {
    e.leaveIf(`typeof ${e.value(a)} !== "number"`);
    return `"" + ${e.raw(a)}`;
  },
  "prim::max.int": extreme("max"),
  "prim::min.int": extreme("min"),
  "aten::__contains__.int": has,
  "aten::__contains__.str": has,
  "aten::__getitem__.Dict_int": lookUp,
  "aten::__getitem__.Dict_str": lookUp,
  "aten::_set_item.int": put,
  "aten::_set_item.str": put,
};

export function operatorText(e: LoopText, ins: Instruction): void {
  const op = e.operator(field(ins, 1)), args = fields(ins, 2);
  const inline = INLINE[op.key];
  if (!inline && (!op.isImplemented || /Tensor|Generator|Future|Any/.test(op.text))) return e.leave();
  e.line("{");
  const measured = op.key === "aten::str"
    ? "true"
    : op.key === "aten::add.str"
    ? args.map((a) => e.measured(a)).join(" && ")
    : "false";
  const result = inline
    ? inline(e, args)
    : `callPlain(${e.object(field(ins, 1))}, [${args.map((f) => e.value(f)).join(", ")}])`;
  if (!inline) {
    e.mark();
    e.line("dd = null;");
  }
  if (ins.name === "OP") {
    if (result !== undefined) e.set(field(ins, 0), result, measured);
  } else {
    const to = fields(ins, 3);
    if (to.length) {
      e.line(`const out = ${result};`);
      to.forEach((d, i) => e.set(d, `out.items[${i}]`));
    } else if (result !== undefined) e.line(`${result};`);
  }
  e.countCall();
  e.line("}");
}
