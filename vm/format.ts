/** Text of script values: `print` and `str.format`. The operators own how a value reads. */
import type { IValue } from "../core/ivalue.ts";
import { call } from "../ops/dispatch.ts";

/** One value as `print` shows it. */
export function valueText(v: IValue): string {
  return typeof v === "string" ? v : call("aten::str", v) as string;
}

export function printText(values: readonly IValue[]): string {
  return values.map(valueText).join(" ");
}

/** `"{} {}".format(...)` as TorchScript has it: plain `{}` only, filled in turn. */
export function formatText(text: string, args: readonly IValue[]): string {
  return call("aten::format", text, ...args) as string;
}
