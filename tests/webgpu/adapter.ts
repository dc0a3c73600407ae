/** Whether there is a WebGPU adapter to test on. Where there is none every test here is skipped, with one line. */
import { isAvailable } from "../../ops/webgpu/mod.ts";

export const HAS_ADAPTER = isAvailable();

if (!HAS_ADAPTER) {
  console.log("WebGPU tests skipped: no adapter (Debian: apt-get install mesa-vulkan-drivers)");
}
