/** Elementwise kernels against the same operators in onnxruntime-web. */
import { register } from "./comparison.ts";
import { elementwise } from "./comparisons.ts";

await register(elementwise());
