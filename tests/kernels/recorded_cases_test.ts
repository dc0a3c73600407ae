/** Every recorded case of PyTorch's that holds with plain loops holds with kernels, from the first element on. */
import { useKernelsFrom } from "../../ops/reference/pointwise.ts";
import { loadCases, recordings, runCase } from "../ops/families/recorded_case.ts";

for (const name of recordings()) {
  Deno.test(`on kernels: ${name}`, () => {
    const before = useKernelsFrom(Infinity), wrong: string[] = [];
    try {
      loadCases(name).forEach((c, i) => {
        useKernelsFrom(Infinity);
        if (runCase(c)) return;
        useKernelsFrom(0);
        const difference = runCase(c);
        if (difference) wrong.push(`#${i} ${c.key}: ${difference}`);
      });
    } finally {
      useKernelsFrom(before);
    }
    if (wrong.length) throw new Error(wrong.join("\n"));
  });
}
