/** What PyTorch's Python argument parser says of arguments that no overload takes. */
import { type IValue, ListValue } from "../../../core/ivalue.ts";
import { Float } from "../../../core/scalar.ts";
import type { Argument } from "../../../core/schema.ts";
import { Tensor } from "../../../core/tensor.ts";
import type { Type } from "../../../core/types.ts";
import * as r from "../../runtime/mod.ts";
import { type PythonOverload, pythonOverloads } from "./overloads.ts";

/** Whether a Python value fits a formal. */
export type Fits = (v: r.Value, a: Argument) => boolean;

/** How a value is named: `Tensor`, `int`, `list of [int, str]`. */
export function typeWord(v: r.Value, nested = true): string {
  if (v instanceof Tensor) return r.typeOf(v).name;
  if (!nested || !(v instanceof r.PyList || v instanceof r.PyTuple)) return r.typeOf(v).name;
  const kind = v instanceof r.PyList ? "list" : v.cls === r.tupleType ? "tuple" : v.cls.fullName;
  return `${kind} of ${v.items.length ? `(${v.items.map((x) => typeWord(x)).join(", ")})` : "()"}`
    .replace(/^list of \((.*)\)$/s, "list of [$1]");
}

const WORDS: Record<string, string> = {
  number: "Number",
  ScalarType: "torch.dtype",
  Device: "torch.device",
  Layout: "torch.layout",
  MemoryFormat: "torch.memory_format",
  Generator: "torch.Generator",
  SymInt: "int",
};

/** A formal's type in Python's words. */
export function formalWord(t: Type): string {
  if (t.kind === "Optional") return formalWord(t.elem);
  if (t.kind === "List") return `tuple of ${formalWord(t.elem)}s`;
  return WORDS[t.kind] ?? t.toString();
}

const wordOf = (a: Argument) => formalWord(a.realType ?? a.type);
const nameOf = (a: Argument) => a.name === "self" ? "input" : a.name;

function defaultWord(v: IValue): string {
  if (v === null) return "None";
  if (typeof v === "boolean") return v ? "True" : "False";
  if (v instanceof ListValue) return v.items.length ? defaultWord(v.items[0]) : "()";
  if (v instanceof Float) return r.repr(v);
  return typeof v === "string" ? v : String(v);
}

/** A call as the messages see it: the formals without the method's own tensor, and what was given. */
class Call {
  readonly count: number;
  constructor(
    readonly name: string,
    readonly args: readonly r.Value[],
    readonly kwargs: r.Kwargs,
    readonly isMethod: boolean,
    readonly fits: Fits,
  ) {
    this.count = args.length + (kwargs?.size ?? 0);
  }
  /** The call with the ints that stand for the first formal's list in one tuple. */
  gathered(o: PythonOverload): Call {
    const [first] = this.formals(o);
    const ints = first?.type.kind === "List" && first.type.elem.kind === "int" && this.args.length > 0 &&
      this.args.every((v) => typeof v === "number" || typeof v === "bigint");
    return ints
      ? new Call(this.name, [new r.PyTuple(this.args)], this.kwargs, this.isMethod, this.fits)
      : this;
  }
  formals(o: PythonOverload): readonly Argument[] {
    return this.isMethod ? o.schema.args.slice(1) : o.schema.args;
  }
  given(a: Argument): r.Value | undefined {
    return this.kwargs?.get(a.name) ?? (a.name === "self" ? this.kwargs?.get("input") : undefined);
  }

  /** `(Tensor input, *, Number alpha = 1, Tensor out = None)`. */
  text(o: PythonOverload): string {
    const out: string[] = [];
    let star = false;
    for (const a of this.formals(o)) {
      if (a.kwargOnly && !star) {
        star = true;
        out.push("*");
      }
      out.push(
        `${wordOf(a)} ${nameOf(a)}${a.defaultValue === undefined ? "" : ` = ${defaultWord(a.defaultValue)}`}`,
      );
    }
    if (o.hasOut && !this.isMethod) out.push(...star ? [] : ["*"], "Tensor out = None");
    return `(${out.join(", ")})`;
  }

  isPlausible(o: PythonOverload): boolean {
    const formals = this.formals(o);
    const most = formals.length + (o.hasOut && !this.isMethod ? 1 : 0);
    return this.count >= formals.filter((a) => a.defaultValue === undefined).length && this.count <= most;
  }

  /** Why the one overload that could be meant does not fit. */
  single(o: PythonOverload): r.PyBaseException {
    const { name } = this;
    const formals = this.formals(o), positional = formals.filter((a) => !a.kwargOnly);
    if (this.args.length > positional.length && !positional.some((a) => a.type.kind === "List")) {
      if (formals.length === 0) {
        return r.typeError(`TensorBase.${name}() takes no arguments (${this.count} given)`);
      }
      const n = positional.length, were = this.args.length === 1 ? "was" : "were";
      const from = positional.some((a) => a.defaultValue !== undefined)
        ? `from ${positional.filter((a) => a.defaultValue === undefined).length} to ${n} positional arguments`
        : `${n} positional argument${n === 1 ? "" : "s"}`;
      return r.typeError(`${name}() takes ${from} but ${this.args.length} ${were} given`);
    }
    const missing: string[] = [];
    for (let i = 0; i < formals.length; i++) {
      const a = formals[i];
      const v = !a.kwargOnly && i < this.args.length ? this.args[i] : this.given(a);
      if (v === undefined) {
        if (a.defaultValue === undefined) missing.push(`"${nameOf(a)}"`);
        continue;
      }
      if (missing.length === 0 && !this.fits(v, a)) return this.wrongType(a, v, i);
    }
    if (missing.length) {
      return r.typeError(
        `${name}() missing ${missing.length} required positional arguments: ${missing.join(", ")}`,
      );
    }
    for (const k of this.kwargs?.keys() ?? []) {
      const at = formals.findIndex((a) => a.name === k || nameOf(a) === k);
      if (at < 0) return r.typeError(`${name}() got an unexpected keyword argument '${k}'`);
      if (at < this.args.length) return r.typeError(`${name}() got multiple values for argument '${k}'`);
    }
    return this.listed([o]);
  }

  private wrongType(a: Argument, v: r.Value, i: number): r.PyBaseException {
    const place = !a.kwargOnly && i < this.args.length ? ` (position ${i + 1})` : "";
    const t = a.type.kind === "Optional" ? a.type.elem : a.type;
    if (t.kind === "List" && (v instanceof r.PyList || v instanceof r.PyTuple)) {
      const at = v.items.findIndex((x) =>
        !this.fits(x, { ...a, type: t.elem, realType: undefined, broadcastSize: undefined })
      );
      if (at >= 0 && t.elem.kind === "Tensor") {
        return r.typeError(
          `expected Tensor as element ${at} in argument ${i}, but got ${typeWord(v.items[at], false)}`,
        );
      }
      if (at >= 0) {
        return r.typeError(
          `${this.name}(): argument '${nameOf(a)}'${place} must be ${wordOf(a)}, but found element of type ` +
            `${typeWord(v.items[at], false)} at pos ${at}`,
        );
      }
    }
    return r.typeError(
      `${this.name}(): argument '${nameOf(a)}'${place} must be ${wordOf(a)}, not ${typeWord(v, false)}`,
    );
  }

  listed(overloads: readonly PythonOverload[]): r.PyBaseException {
    const positional = this.args.map((v) => typeWord(v)).join(", ");
    const named = [...this.kwargs ?? []].map(([k, v]) => `${k}=${typeWord(v)}, `).join("");
    const got = positional + (positional && named ? ", " : "") + named;
    const head = `${this.name}() received an invalid combination of arguments - got (${got}), but expected `;
    if (overloads.length === 1) return r.typeError(`${head}${this.text(overloads[0])}`);
    return r.typeError(
      `${head}one of:\n${overloads.map((o) => ` * ${this.text(o)}\n${this.why(o)}`).join("")}`,
    );
  }

  /** Given when the number of arguments is right: which of them have other types. */
  private why(o: PythonOverload): string {
    const formals = this.formals(o);
    const stars = formals.some((a) => a.kwargOnly) || (o.hasOut && !this.isMethod) ? 1 : 0;
    const outs = o.hasOut && !this.isMethod ? 1 : 0;
    if (this.kwargs?.size || formals.length + stars + outs !== this.count) return "";
    const words = this.args.map((v, i) => this.fits(v, formals[i]) ? typeWord(v) : `!${typeWord(v)}!`);
    return `      didn't match because some of the arguments have invalid types: (${words.join(", ")})\n`;
  }
}

/** Functions that still take older orders of arguments, so that no single form can be meant. */
const OLD_FORMS = /^aten::(add|sub|add(bmm|cdiv|cmul|mm|mv|r)|baddbmm)_?$/;

/** The TypeError for a call; a method's `args` start with its tensor. */
export function refusal(
  name: string,
  shown: string,
  args: readonly r.Value[],
  kwargs: r.Kwargs,
  isMethod: boolean,
  fits: Fits,
): r.PyBaseException {
  const overloads = pythonOverloads(name);
  const call = new Call(shown, isMethod ? args.slice(1) : args, kwargs, isMethod, fits);
  const plausible = overloads.length === 1 && !OLD_FORMS.test(name)
    ? overloads
    : overloads.filter((o) => call.isPlausible(o));
  return plausible.length === 1 ? call.gathered(plausible[0]).single(plausible[0]) : call.listed(overloads);
}
