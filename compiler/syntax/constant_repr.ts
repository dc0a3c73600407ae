import { floatRepr } from "../../core/text/float_repr.ts";
import { bytesRepr, strRepr } from "../../core/text/str_repr.ts";
import type { ConstantValue } from "./ast.ts";

/** Python's repr of a literal's value. */
export function constantRepr(value: ConstantValue): string {
  switch (value.type) {
    case "none":
      return "None";
    case "bool":
      return value.value ? "True" : "False";
    case "ellipsis":
      return "Ellipsis";
    case "int":
      return String(value.value);
    case "float":
      return floatRepr(value.value);
    case "complex": {
      const text = floatRepr(value.value);
      return (text.endsWith(".0") ? text.slice(0, -2) : text) + "j";
    }
    case "str":
      return strRepr(value.value);
    case "bytes":
      return bytesRepr(value.value);
  }
}
