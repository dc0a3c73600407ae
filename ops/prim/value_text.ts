/** Script values as text: what `str`, `format` and messages show of them. Tensors print through `ops/printing.ts`. */
import { Device } from "../../core/device.ts";
import { DictValue, EnumValue, type IValue, ListValue, ScriptObject, TupleValue } from "../../core/ivalue.ts";
import { Complex, Float } from "../../core/scalar.ts";
import { Tensor } from "../../core/tensor.ts";
import { floatText } from "../../core/text/torchscript_literal.ts";
import { cppTensorText } from "../printing_cpp.ts";

/** The text of a value as TorchScript's `str` gives it: `2.`, `[a, b]`, `{a: 1}`. */
export function valueText(v: IValue | undefined): string {
  if (v === null || v === undefined) return "None";
  if (typeof v === "boolean") return v ? "True" : "False";
  if (typeof v === "string") return v;
  if (typeof v === "number" || typeof v === "bigint") return String(v);
  if (v instanceof Float) return scriptFloat(v.value);
  if (v instanceof Complex) {
    return `${scriptFloat(v.re)}${v.im < 0 ? "-" : "+"}${scriptFloat(Math.abs(v.im))}j`;
  }
  if (v instanceof Tensor) return cppTensorText(v);
  if (v instanceof ListValue) return `[${v.items.map(valueText).join(", ")}]`;
  if (v instanceof TupleValue) {
    const names = v.type?.named?.fields;
    if (names) {
      return `${v.type!.named!.name.split(".").pop()}(${
        v.items.map((x, i) => `${names[i]}=${valueText(x)}`).join(", ")
      })`;
    }
    return `(${v.items.map(valueText).join(", ")}${v.items.length === 1 ? "," : ""})`;
  }
  if (v instanceof DictValue) {
    return `{${[...v.entries()].map(([k, x]) => `${valueText(k)}: ${valueText(x)}`).join(", ")}}`;
  }
  if (v instanceof Device) return v.toString();
  if (v instanceof EnumValue) return `Enum<${v.type.name.slice(v.type.name.lastIndexOf(".") + 1)}.${v.name}>`;
  if (v instanceof ScriptObject) return `<${v.type.name} object>`;
  return "<object>";
}

/** A float alone in `str` and `format`: as C++ streams doubles, with 17 digits and a dot after integers. */
export function scriptFloat(x: number): string {
  const text = floatText(x);
  return Number.isInteger(x) && !/[.e]/.test(text) ? text + "." : text;
}
