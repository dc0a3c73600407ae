/** The instructions that make values of others and take them apart; each gives the word to go on at. */
import { REGISTER_MASK } from "../bytecode/opcodes.ts";
import type { ClassType } from "../core/class_type.ts";
import { InternalError, RuntimeFault } from "../core/errors.ts";
import {
  DictValue,
  type EnumValue,
  type IValue,
  ListValue,
  ScriptObject,
  TupleValue,
} from "../core/ivalue.ts";
import { outsideRegion } from "../core/region.ts";
import { Tensor } from "../core/tensor.ts";
import type { DictType, TupleType, Type } from "../core/types.ts";
import { formatText } from "./format.ts";
import { hostHooks } from "./hooks.ts";
import { isInstance } from "./isinstance.ts";
import { escape } from "./memory.ts";
import { fetch, fetchAll, half, type Register, size, store } from "./operands.ts";
import { tensorToList } from "./tensor_list.ts";

/** Runs the instruction `w` at `pc`; `interpreter.ts` says which come here. */
export function makeValues(
  w: number,
  words: Int32Array,
  pc: number,
  R: Register[],
  objects: readonly unknown[],
): number {
  switch (w & 0xff) {
    case 16: { // TUPLE
      const head = words[pc + 1], n = head >>> 16;
      const type = objects[head & 0xffff] as TupleType | null;
      const args = fetchAll(words, pc, 2, n, R);
      for (let i = 0; i < n; i++) if (typeof args[i] === "object") escape(args[i]);
      store(R, w >>> 8, new TupleValue(args, type ?? undefined));
      return pc + size(2 + n);
    }
    case 17: { // LIST
      const head = words[pc + 1], n = head >>> 16;
      const args = fetchAll(words, pc, 2, n, R);
      const list = new ListValue(objects[head & 0xffff] as Type, args);
      for (let i = 0; i < n; i++) {
        if (args[i] instanceof Tensor) list.isLocal = true;
        else if (typeof args[i] === "object") escape(args[i]);
      }
      store(R, w >>> 8, list);
      return pc + size(2 + n);
    }
    case 18: { // DICT
      const head = words[pc + 1], n = head >>> 16;
      const t = objects[head & 0xffff] as DictType;
      const d = new DictValue(t.key, t.value), kv = fetchAll(words, pc, 2, n, R);
      for (let i = 0; i < n; i++) if (typeof kv[i] === "object") escape(kv[i]);
      for (let i = 0; i < n; i += 2) d.set(kv[i], kv[i + 1]);
      store(R, w >>> 8, d);
      return pc + size(2 + n);
    }
    case 19: // UNPACK
    case 20: { // UNPACKL
      const source = fetch(R, w >>> 8) as TupleValue | ListValue;
      const n = words[pc + 1] & 0xffff;
      if (source.items.length !== n) {
        throw new RuntimeFault(
          "RuntimeError",
          `Expected ${n} elements in a list but found ${source.items.length}`,
        );
      }
      for (let i = 0; i < n; i++) store(R, half(words, pc, 1 + i), source.items[i]);
      return pc + size(1 + n);
    }
    case 22: { // TINDEX
      const f = words[pc + 1];
      const items = (fetch(R, f & 0xffff) as TupleValue).items,
        i = R[(f >>> 16) & REGISTER_MASK] as number;
      const at = i < 0 ? i + items.length : i;
      if (at < 0 || at >= items.length) throw new RuntimeFault("IndexError", "Tuple index out of range");
      store(R, w >>> 8, items[at]);
      return pc + 2;
    }
    case 23: { // TSLICE
      const source = fetch(R, half(words, pc, 0)) as TupleValue;
      store(R, w >>> 8, new TupleValue(source.items.slice(half(words, pc, 1), half(words, pc, 2))));
      return pc + size(3);
    }
    case 24: // OBJECT
      store(R, w >>> 8, new ScriptObject(objects[words[pc + 1] & 0xffff] as ClassType));
      return pc + 2;
    case 25: { // ISINST
      const f = words[pc + 1];
      store(R, w >>> 8, isInstance(fetch(R, f & 0xffff), objects[f >>> 16] as readonly Type[]));
      return pc + 2;
    }
    case 27: { // FORMAT
      const n = words[pc + 1] & 0xffff;
      const [text, ...args] = fetchAll(words, pc, 1, n, R);
      store(R, w >>> 8, formatOutside(text as string, args));
      return pc + size(1 + n);
    }
    case 28: { // PRINT
      const n = words[pc + 1] & 0xffff;
      const args = fetchAll(words, pc, 1, n, R);
      printOutside(args);
      return pc + size(1 + n);
    }
    case 66: { // TOLIST
      const f = words[pc + 1];
      store(R, w >>> 8, tensorToList(fetch(R, f & 0xffff) as Tensor, objects[f >>> 16] as Type));
      return pc + 2;
    }
    case 67: // ENUMNAME
      store(R, w >>> 8, (fetch(R, words[pc + 1] & 0xffff) as EnumValue).name);
      return pc + 2;
    case 68: // ENUMVALUE
      store(R, w >>> 8, (fetch(R, words[pc + 1] & 0xffff) as EnumValue).value);
      return pc + 2;
    case 69: { // MODINDEX
      const f = words[pc + 1];
      store(R, w >>> 8, submodule(fetch(R, f & 0xffff) as ScriptObject, fetch(R, f >>> 16)));
      return pc + 2;
    }
    default:
      throw new InternalError(`opcode ${w & 0xff} makes no value`);
  }
}

function formatOutside(text: string, args: IValue[]): string {
  return outsideRegion(() => formatText(text, args));
}
function printOutside(args: IValue[]): void {
  outsideRegion(() => hostHooks().print(args));
}

/** A container's submodule: by its name, or by position, negative from the end. */
function submodule(container: ScriptObject, key: IValue): IValue {
  const modules = container.type.attributes.flatMap((a, i) =>
    container.slots[i] instanceof ScriptObject ? [{ name: a.name, slot: i }] : []
  );
  const found = typeof key === "string" ? modules.find((m) => m.name === key) : modules.at(Number(key));
  if (!found) {
    throw typeof key === "string"
      ? new RuntimeFault("KeyError", key)
      : new RuntimeFault("IndexError", `index ${key} is out of range`);
  }
  return container.slots[found.slot];
}
