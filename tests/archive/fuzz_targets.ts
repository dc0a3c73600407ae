/** The files that are damaged: our own and PyTorch's, `.pt` and `.ptl`, of one small model. */
import { loadModule, saveToBytes } from "../../archive/mod.ts";
import { ScalarType } from "../../core/scalar_type.ts";
import { Tensor } from "../../core/tensor.ts";
import type { Target } from "./fuzz.ts";

function inputs() {
  const x = Tensor.zeros([2, 2], ScalarType.Float);
  (x.data() as Float32Array).set([1, 2, 3, -4]);
  return [x, 3];
}

export function targets(): Target[] {
  const whole = Deno.readFileSync(new URL("fixtures/small_213.ptl", import.meta.url));
  const object = loadModule(whole);
  return [
    { name: "ours.pt", bytes: saveToBytes(object), mobile: false, inputs },
    { name: "ours.ptl", bytes: saveToBytes(object, { mobile: true }), mobile: true, inputs },
    { name: "PyTorch's .pt", bytes: whole, mobile: false, inputs },
    { name: "PyTorch's .ptl", bytes: whole, mobile: true, inputs },
  ];
}
