/** What every host does with an exported model: a module that is written beside it. */
export const DRIVE = `import * as wick from "./model.js";

const patterned = (n) => Float32Array.from({ length: n }, (_, i) => ((i * 7919) % 1000) / 1000);

/** Inputs by example, the same on every host. */
const INPUTS = {
  resnet18: () => [wick.tensor(patterned(3 * 64 * 64), [1, 3, 64, 64])],
  gpt: () => [wick.tensor(BigInt64Array.from([5n, 17n, 42n]), [3]), 12],
  transformer: () => [wick.tensor(BigInt64Array.from([5, 17, 42, 3, 0, 0, 9, 8, 7, 6, 5, 4], BigInt), [2, 6])],
  char_lstm: () => [wick.tensor(BigInt64Array.from([15n, 14n, 3n]), [3]), 12],
};

const plain = (v) => {
  if (!(v instanceof wick.Tensor)) return v;
  const n = v.sizes.reduce((a, b) => a * b, 1);
  return Array.from(v.data().slice(v.storageOffset, v.storageOffset + n), Number);
};

/** Numbers the model gives; kernels is a compiled module or null where typed arrays have to serve. */
export async function drive(name, bytes, kernels, device = "cpu") {
  if (kernels) wick.useKernels(kernels);
  const model = wick.loadWick(new Uint8Array(bytes));
  await model.to(device);
  return plain(await model.run(INPUTS[name]()));
}
`;
