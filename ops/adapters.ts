/** Between register values and kernel arguments: made once for each operator from its schema. */
import { CPU, type Device, META } from "../core/device.ts";
import { NotImplemented } from "../core/errors.ts";
import { type IValue, ListValue, TupleValue } from "../core/ivalue.ts";
import { PendingValue } from "../core/pending.ts";
import { Float } from "../core/scalar.ts";
import type { Argument } from "../core/schema.ts";
import { NoHostBytes } from "../core/storage.ts";
import { Tensor } from "../core/tensor.ts";
import { AnyTensorType, BoolType, FloatType, IntType, type Type } from "../core/types.ts";
import { backendOf, movedTo } from "./backend.ts";
import { complexRefusal } from "./complex_refusals.ts";
import { getDefaultDevice } from "./default_device.ts";
import type { Operator } from "./registry.ts";

type Convert = (v: IValue) => unknown;

function rawFloat(v: IValue): unknown {
  return typeof v === "number" ? v : v instanceof Float ? v.value : Number(v);
}
function listItems(v: IValue): unknown {
  return v instanceof ListValue ? v.items : v;
}
function floatItems(v: IValue): unknown {
  return v instanceof ListValue ? v.items.map(rawFloat) : v;
}

/** Null when the register value is the kernel argument. */
function converter(type: Type): Convert | null {
  switch (type.kind) {
    case "float":
      return rawFloat;
    case "List":
      return type.elem.kind === "float" ? floatItems : listItems;
    case "Optional": {
      const inner = converter(type.elem);
      return inner && ((v) => v === null ? null : inner(v));
    }
    default:
      return null;
  }
}

/** Formal value as the register convention has it: raw where the type is exactly float. */
export function registerDefault(a: Argument): IValue {
  const v = a.defaultValue ?? null;
  return a.type.kind === "float" && v instanceof Float ? v.value : v;
}

// deno-lint-ignore no-explicit-any
function tagged(type: Type, v: any): IValue {
  if (type.kind === "float" && typeof v === "number") return new Float(v);
  if (type.kind === "List" && Array.isArray(v)) {
    const elem = type.elem;
    return new ListValue(elem, elem.kind === "float" ? v.map((x) => new Float(x)) : v);
  }
  return v ?? null;
}

function resultConverter(returns: readonly Argument[]): ((v: unknown) => IValue) | null {
  if (returns.length === 0) return () => null;
  if (returns.length > 1) {
    const types = returns.map((r) => r.type);
    return (v) =>
      v instanceof TupleValue ? v : new TupleValue((v as unknown[]).map((x, i) => tagged(types[i], x)));
  }
  const type = returns[0].type;
  if (type.kind === "List") {
    const elem = type.elem;
    const listType: Type = elem.kind === "Tensor"
      ? AnyTensorType
      : elem.kind === "int"
      ? IntType
      : elem.kind === "bool"
      ? BoolType
      : elem;
    if (elem.kind === "float") {
      return (v) => Array.isArray(v) ? new ListValue(FloatType, v.map((x) => new Float(x))) : v as IValue;
    }
    return (v) => Array.isArray(v) ? new ListValue(listType, v as IValue[]) : v as IValue;
  }
  return null;
}

/** Runs an operator on another device's tensors: the device's kernel, or the CPU's as far as the device serves it. */
function onDevice(op: Operator, t: Tensor, actual: readonly unknown[]): unknown {
  const { key } = op;
  if (t.device === META) throw new NotImplemented(`operator ${key} for device ${t.device}`);
  const kernel = backendOf(t.device).kernel(key) ?? op.kernel;
  try {
    return kernel(...actual);
  } catch (e) {
    if (e instanceof NoHostBytes) throw new NotImplemented(`operator ${key} for device ${t.device}`);
    throw e;
  }
}

function needsDevice(v: IValue): Tensor | undefined {
  if (v instanceof Tensor) return v.storage.device === CPU ? undefined : v;
  if (v instanceof ListValue) {
    for (const x of v.items) if (x instanceof Tensor && x.storage.device !== CPU) return x;
  }
  return undefined;
}

/** The operator as a function of register values: converts, checks devices, calls the kernel, converts back. */
export function makeInvoke(op: Operator): (args: readonly IValue[]) => IValue {
  const kernel = op.kernel;
  const { args: formals, returns } = op.schema;
  const tags = op.declaration!.tags ?? [];
  const deviceAt = formals.findIndex((f) => f.name === "device");
  const takesTensor = formals.some((f) => /Tensor/.test(f.type.toString()));
  if (tags.includes("raw")) {
    if (!takesTensor && deviceAt >= 0) {
      return (args) => {
        const on = (args[deviceAt] ?? getDefaultDevice()) as Device;
        const v = kernel(...args) ?? null;
        return on.type === "cpu" || on.type === "meta" ? v : movedTo(v, on) as IValue;
      };
    }
    if (!takesTensor) return (args) => kernel(...args) ?? null;
    return (args) => {
      const other = args[0] instanceof Tensor ? needsDevice(args[0]) : undefined;
      return ((other ? onDevice(op, other, args) : kernel(...args)) ?? null) as IValue;
    };
  }
  const n = formals.length;
  const convert = formals.map((f) => converter(f.type));
  const defaults = formals.map((f, i) => {
    const v = registerDefault(f);
    const c = convert[i];
    return c ? c(v) : v;
  });
  const result = resultConverter(returns);
  const hasTensor = formals.map((f) => /Tensor/.test(f.type.toString()));
  const checkDevice = !tags.includes("any_device");
  // Operators that make tensors from numbers draw or compute them on the host; kernels that know the device use it.
  const creating = (on: Device, actual: unknown[]): IValue => {
    const out = movedTo(kernel(...actual), on) as IValue;
    return result === null ? out : result(out);
  };
  const refuse = complexRefusal(op.name, op.overload);
  return (args) => {
    if (refuse !== undefined) {
      const refused = refuse(args[0]);
      if (refused !== undefined) throw refused;
    }
    const given = args.length;
    let device: Tensor | undefined;
    const actual = new Array(n);
    for (let i = 0; i < n; i++) {
      if (i >= given) {
        actual[i] = defaults[i];
        continue;
      }
      const v = args[i];
      const c = convert[i];
      actual[i] = c === null ? v : c(v);
      if (hasTensor[i] && device === undefined) {
        const other = needsDevice(v);
        if (other && (checkDevice || other.device !== META)) device = other;
      }
    }
    if (device !== undefined) {
      const out = onDevice(op, device, actual);
      return result === null || out instanceof PendingValue ? out as IValue : result(out);
    }
    if (deviceAt >= 0) {
      const on = (actual[deviceAt] ?? (takesTensor ? CPU : getDefaultDevice())) as Device;
      if (on !== CPU && on.type !== "cpu") {
        actual[deviceAt] = on;
        if (on !== META) return creating(on, actual);
      }
    }
    const out = n === 1 ? kernel(actual[0]) : n === 2 ? kernel(actual[0], actual[1]) : kernel(...actual);
    return result === null ? out : result(out);
  };
}
