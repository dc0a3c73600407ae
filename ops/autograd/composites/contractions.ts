/** Einstein sums and tensordot, made of permutations and batched products. */
import { check } from "../../../core/errors.ts";
import type { Tensor } from "../../../core/tensor.ts";
import { at, permute, squeeze, sum, unsqueeze, wrapped } from "../calls.ts";
import type { Composites } from "../rules.ts";

type T = Tensor;

const numel = (sizes: readonly number[]) => sizes.reduce((a, b) => a * b, 1);

/** Products summed over `over`, of two tensors with the same dimensions, 1 where one has none. */
function sumOfProducts(a: T, b: T, over: ReadonlySet<number>): T {
  const batch: number[] = [], left: number[] = [], right: number[] = [], summed: number[] = [];
  let [x, y] = [a, b];
  for (let i = 0; i < a.dim; i++) {
    const inX = a.sizes[i] !== 1, inY = b.sizes[i] !== 1;
    if (over.has(i)) {
      if (inX && inY) summed.push(i);
      else {
        if (inX) x = sum(x, [i], true);
        if (inY) y = sum(y, [i], true);
        summed.push(i);
      }
    } else if (inX && inY) batch.push(i);
    else if (inX) left.push(i);
    else right.push(i);
  }
  const size = (t: T, dims: readonly number[]) => dims.map((d) => t.sizes[d]);
  const lead = batch.map((d) => a.sizes[d]);
  const [n, m, k, p] = [numel(lead), numel(size(x, left)), numel(size(x, summed)), numel(size(y, right))];
  const l = at("reshape", permute(x, [...batch, ...left, ...summed, ...right]), [n, m, k]);
  const r = at("reshape", permute(y, [...batch, ...summed, ...right, ...left]), [n, k, p]);
  const out = at("view", at("bmm", l, r), [
    ...lead,
    ...size(x, left),
    ...summed.map(() => 1),
    ...size(y, right),
  ]);
  const order = [...batch, ...left, ...summed, ...right], back = new Array<number>(order.length);
  order.forEach((d, i) => back[d] = i);
  return permute(out, back);
}

/** The labels of an operand, `.` standing for each dimension of an ellipsis. */
function labelsOf(text: string, dim: number): string[] {
  const at_ = text.indexOf("...");
  if (at_ < 0) return [...text];
  const named = text.length - 3, more = dim - named;
  return [
    ...text.slice(0, at_),
    ...Array.from({ length: more }, (_, i) => `.${i - more}`),
    ...text.slice(at_ + 3),
  ];
}

function einsum(equation: string, operands: T[]): T {
  const [lhs, rhs] = equation.replace(/\s/g, "").split("->");
  const inputs = lhs.split(",");
  check(
    inputs.length === operands.length,
    "einsum(): more operands were provided than specified in the equation",
  );
  const labels = inputs.map((text, i) => labelsOf(text, operands[i].dim));
  const counts = new Map<string, number>();
  for (const l of labels.flat()) counts.set(l, (counts.get(l) ?? 0) + 1);
  const dots = [...counts.keys()].filter((l) => l[0] === ".").sort((a, b) =>
    Number(a.slice(1)) - Number(b.slice(1))
  );
  const output = rhs === undefined
    ? [...dots, ...[...counts.keys()].filter((l) => l[0] !== "." && counts.get(l) === 1).sort()]
    : rhs.includes("...")
    ? [...rhs.slice(0, rhs.indexOf("...")), ...dots, ...rhs.slice(rhs.indexOf("...") + 3)]
    : [...rhs];
  const order = [...output, ...[...counts.keys()].filter((l) => !output.includes(l)).sort()];
  const aligned = operands.map((t, i) => align(t, labels[i], order));
  const place = (l: string) => order.indexOf(l);
  const seen = labels.map((ls) => new Set(ls.map(place)));
  let out = aligned[0];
  const summed = order.map((_, i) => i).slice(output.length);
  aligned.slice(1).forEach((t, i) => {
    // A label that no later operand has is summed now.
    const later = new Set(seen.slice(i + 2).flatMap((s) => [...s]));
    out = sumOfProducts(
      out,
      t,
      new Set(summed.filter((d) => !later.has(d) && (out.sizes[d] !== 1 || t.sizes[d] !== 1))),
    );
  });
  const left = summed.filter((d) => out.sizes[d] !== 1 || operands.length === 1);
  if (left.length) out = sum(out, left, true);
  for (let d = order.length - 1; d >= output.length; d--) out = squeeze(out, d);
  return out;
}
/** The operand with its labels in order, sizes of one where it lacks one; repeated labels give diagonals. */
function align(t: T, labels: readonly string[], order: readonly string[]): T {
  let x = t;
  const own = [...labels];
  for (let i = 0; i < own.length; i++) {
    const twin = own.indexOf(own[i], i + 1);
    if (twin < 0) continue;
    x = at("diagonal", x, 0, i, twin);
    x = at("movedim.int", x, -1, i);
    own.splice(twin, 1);
    i--;
  }
  x = permute(x, order.filter((l) => own.includes(l)).map((l) => own.indexOf(l)));
  order.forEach((l, i) => {
    if (!own.includes(l)) x = unsqueeze(x, i);
  });
  return x;
}

function tensordot(a: T, b: T, dimsA: readonly number[], dimsB: readonly number[]): T {
  const da = dimsA.map((d) => wrapped(d, a.dim)), db = dimsB.map((d) => wrapped(d, b.dim));
  const freeA = a.sizes.map((_, i) => i).filter((i) => !da.includes(i));
  const freeB = b.sizes.map((_, i) => i).filter((i) => !db.includes(i));
  const k = numel(da.map((d) => a.sizes[d]));
  const sizes = [...freeA.map((d) => a.sizes[d]), ...freeB.map((d) => b.sizes[d])];
  const left = at("reshape", permute(a, [...freeA, ...da]), [numel(freeA.map((d) => a.sizes[d])), k]);
  const right = at("reshape", permute(b, [...db, ...freeB]), [k, numel(freeB.map((d) => b.sizes[d]))]);
  return at("view", at("mm", left, right), sizes);
}

export const contractions: Composites = {
  "einsum": einsum,
  "tensordot": tensordot,
};
