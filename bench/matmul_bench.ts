/** float32 matrix product against onnxruntime-web in the same run. */
import { register } from "./comparison.ts";
import { matmul } from "./comparisons.ts";

await register(matmul());
