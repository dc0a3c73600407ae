/** `torch.FloatTensor` and its kin: classes that stand for an element type on the CPU. */
import { type ScalarType, scalarTypeByName, scalarTypeInfo } from "../../../core/scalar_type.ts";
import { Tensor } from "../../../core/tensor.ts";
import { newTensor } from "../../../ops/reference/allocation.ts";
import { copyOf } from "../../../ops/reference/copy.ts";
import * as r from "../../runtime/mod.ts";
import { dtypeOf, sizeType } from "./objects.ts";
import { tensorOf } from "./tensor_data.ts";

const tensorTypeType: r.PyType = r.nativeType("tensortype", { base: r.typeType, module: "torch" });
const types = new Map<string, r.PyType>();
const scalarTypes = new WeakMap<r.PyType, ScalarType>();

/** The element type that a class such as torch.FloatTensor stands for. */
export function legacyScalarType(v: r.Value): ScalarType | undefined {
  return v instanceof r.PyType ? scalarTypes.get(v) : undefined;
}

/** Sizes (`FloatTensor(2, 3)`), a torch.Size, or data; nothing makes an empty tensor. */
export function constructLegacy(dtype: ScalarType, args: readonly r.Value[]): Tensor {
  const [first] = args;
  if (args.length === 0) return newTensor([0], dtype);
  if (args.every((a) => r.intOf(a) !== undefined)) return newTensor(args.map((a) => r.smallIndex(a)), dtype);
  if (first instanceof r.PyTuple && first.cls === sizeType) {
    return newTensor(first.items.map((a) => r.smallIndex(a)), dtype);
  }
  return copyOf(tensorOf(first, dtype));
}

/** The class of a name, or undefined when it names none. */
export function legacyType(name: string): r.PyType | undefined {
  const known = types.get(name);
  if (known) return known;
  const dtype = name.endsWith("Tensor") ? scalarTypeByName(name.slice(0, -6)) : undefined;
  if (dtype === undefined || scalarTypeInfo(dtype).kind === "quantized") return undefined;
  const t = r.nativeType(name, { module: "torch" });
  t.cls = tensorTypeType;
  r.methods(t, {
    __new__: ["*args, **kwargs", (_cls: r.PyType, args: r.Value[]) => constructLegacy(dtype, args)],
  });
  t.setOwn("dtype", dtypeOf(dtype));
  types.set(name, t);
  scalarTypes.set(t, dtype);
  return t;
}

r.methods(tensorTypeType, {
  __instancecheck__: [
    "instance",
    (self: r.PyType, v: r.Value) => v instanceof Tensor && v.scalarType === scalarTypes.get(self),
  ],
});
