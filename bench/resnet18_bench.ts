/** ResNet-18 at 224x224, the whole model, against onnxruntime-web in the same run. */
import { register } from "./comparison.ts";
import { resnet18 } from "./comparisons.ts";

await register(resnet18());
