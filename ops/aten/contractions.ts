/** Contractions: tensordot, einsum and what is made of them. */
import { check, RuntimeFault } from "../../core/errors.ts";
import { type Scalar, scalarToNumber } from "../../core/scalar.ts";
import { numelOf, type Tensor } from "../../core/tensor.ts";
import { type Family, op } from "../declaration.ts";
import { expandTo, wrapDim } from "../reference/dims.ts";
import { broadcastSizes } from "../reference/promotion.ts";
import { matmul } from "./matrix_products.ts";
import { add, mul } from "./pointwise_binary.ts";
import { sum } from "./reduction.ts";
import { permute, reshape } from "./view.ts";

function combined(self: Tensor, p: Tensor, beta: Scalar, alpha: Scalar): Tensor {
  const scaled = scalarToNumber(alpha) === 1 ? p : mul(p, alpha);
  if (scalarToNumber(beta) === 0) return scaled;
  return add(scaled, expandTo(scalarToNumber(beta) === 1 ? self : mul(self, beta), p.sizes));
}
function tensordot(a: Tensor, b: Tensor, da: readonly number[], db: readonly number[]): Tensor {
  check(da.length === db.length, "both dimension lists should have same length");
  const x = da.map((d) => wrapDim(d, a.dim)), y = db.map((d) => wrapDim(d, b.dim));
  x.forEach((d, i) =>
    check(
      a.sizes[d] === b.sizes[y[i]],
      () =>
        `contracted dimensions need to match, but first has size ${
          a.sizes[d]
        } in dim ${d} and second has size ${b.sizes[y[i]]} in dim ${y[i]}`,
    )
  );
  const fa = a.sizes.map((_, i) => i).filter((i) => !x.includes(i)),
    fb = b.sizes.map((_, i) => i).filter((i) => !y.includes(i));
  const k = numelOf(x.map((d) => a.sizes[d])), sa = fa.map((i) => a.sizes[i]), sb = fb.map((i) => b.sizes[i]);
  return reshape(
    matmul(
      reshape(permute(a, [...fa, ...x]), [numelOf(sa), k]),
      reshape(permute(b, [...y, ...fb]), [k, numelOf(sb)]),
    ),
    [...sa, ...sb],
  );
}
/** Einstein summation: operands broadcast over all letters, multiplied and summed over those not in the result. */
/** Refuses characters that no equation has: what is neither a letter nor one "..." a term. */
function checkCharacters(equation: string): void {
  const arrow = equation.indexOf("->");
  let term = 0, dots = false;
  for (let i = 0; i < equation.length; i++) {
    const ch = equation[i];
    if (ch === " " || /[a-zA-Z]/.test(ch)) continue;
    if (i === arrow) {
      i++;
      dots = false;
      term = -1;
    } else if (ch === "," && term >= 0) {
      term++;
      dots = false;
    } else if (ch === ".") {
      const place = term < 0 ? "the output" : `operand ${term}`;
      check(!dots, () => `einsum(): found '.' for ${place} for which an ellipsis was already found`);
      check(
        equation.startsWith("...", i),
        () => `einsum(): found '.' for ${place} that is not part of any ellipsis`,
      );
      dots = true;
      i += 2;
    } else {
      throw new RuntimeFault(
        "RuntimeError",
        `einsum(): invalid subscript given at index ${i} in the equation string, subscripts must be in [a-zA-Z]`,
      );
    }
  }
}

/** Refuses sizes that do not agree under one label; those of an ellipsis are labelled ".0", ".1". */
function checkLabels(labels: readonly string[][], operands: readonly Tensor[], out: readonly string[]): void {
  const seen = new Map<string, number>();
  labels.forEach((own, k) => {
    const here = new Map<string, number>();
    own.forEach((l, d) => {
      const size = operands[k].sizes[d], before = here.get(l);
      check(
        before === undefined || before === size,
        () =>
          `einsum(): subscript ${l} is repeated for operand ${k} but the sizes don't match, ${size} != ${before}`,
      );
      here.set(l, size);
    });
    for (const [l, size] of here) {
      const before = seen.get(l) ?? 1;
      check(
        before === 1 || size === 1 || before === size,
        () =>
          l[0] === "."
            ? `einsum(): dimension ${
              l.slice(1)
            } covered by ellipsis in operand ${k}has size ${size} which does not ` +
              `broadcast with previously seen ellipsis with size ${before} for the respective dimension`
            : `einsum(): subscript ${l} has size ${size} for operand ${k} which does not broadcast with previously seen ` +
              `size ${before}`,
      );
      seen.set(l, Math.max(before, size === 1 ? before : size));
    }
  });
  out.forEach((l, i) => {
    check(out.indexOf(l) === i, () => `einsum(): output subscript ${l} appears more than once in the output`);
    check(
      seen.has(l),
      () => `einsum(): output subscript ${l} does not appear in the equation for any input operand`,
    );
  });
}

function einsum(equation: string, operands: readonly Tensor[]): Tensor {
  checkCharacters(equation);
  const [left, right] = equation.replace(/\s/g, "").split("->");
  const terms = left.split(",");
  check(
    terms.length === operands.length,
    "einsum(): more operands were provided than specified in the equation".replace(
      "more",
      terms.length > operands.length ? "fewer" : "more",
    ),
  );
  const rank = Math.max(
    0,
    ...terms.map((t, i) => t.includes("...") ? operands[i].dim - t.replace("...", "").length : 0),
  );
  const dots = Array.from({ length: rank }, (_, i) => `.${i}`);
  const letters = (t: string, n: number) =>
    t.includes("...") ? [...t.split("...")[0], ...dots.slice(rank - n), ...t.split("...")[1]] : [...t];
  const labels = terms.map((t, i) =>
    letters(t, t.includes("...") ? operands[i].dim - t.replace("...", "").length : 0)
  );
  const counts = new Map<string, number>();
  for (const l of labels.flat()) counts.set(l, (counts.get(l) ?? 0) + 1);
  const out = right === undefined
    ? [...dots, ...[...counts].filter(([l, c]) => c === 1 && l[0] !== ".").map(([l]) => l).sort()]
    : letters(right, rank);
  const all = [...out, ...[...counts.keys()].filter((l) => !out.includes(l))];
  operands.forEach((t, i) => {
    const named = terms[i].replace("...", "").length, dots = terms[i].includes("...");
    check(
      !dots || named <= t.dim,
      () =>
        `einsum(): the number of subscripts in the equation (${named}) is more than the number of dimensions (${t.dim}) ` +
        `for operand ${i}`,
    );
    check(
      labels[i].length === t.dim,
      () =>
        `einsum(): the number of subscripts in the equation (${
          labels[i].length
        }) does not match the number of dimensions (${t.dim}) for operand ${i} and no ellipsis was given`,
    );
  });
  checkLabels(labels, operands, out);
  const spread = operands.map((t, i) => {
    const sizes = all.map((l) => labels[i].includes(l) ? t.sizes[labels[i].indexOf(l)] : 1);
    const strides = all.map((l) => labels[i].reduce((s, x, d) => x === l ? s + t.strides[d] : s, 0));
    return t.asStrided(sizes, strides);
  });
  const inner = all.map((_, i) => i).slice(out.length);
  if (spread.length === 2 && inner.length > 0) {
    const [a, b] = spread,
      sizes = broadcastSizes(a.sizes, b.sizes),
      lead = sizes.slice(0, out.length),
      k = numelOf(sizes.slice(out.length));
    const batch = out.map((_, i) => i).filter((i) => a.sizes[i] !== 1 && b.sizes[i] !== 1),
      only = (t: Tensor) => out.map((_, i) => i).filter((i) => t.sizes[i] !== 1 && !batch.includes(i));
    const ia = only(a), ib = only(b), size = (ids: number[]) => numelOf(ids.map((i) => sizes[i]));
    const shape = (t: Tensor, mine: number[], front: boolean) => {
      const wide = expandTo(
        t,
        sizes.map((s, i) => i >= out.length || batch.includes(i) || mine.includes(i) ? s : 1),
      );
      const rest = out.map((_, i) => i).filter((i) => !batch.includes(i) && !mine.includes(i));
      const order = front ? [...batch, ...rest, ...mine, ...inner] : [...batch, ...rest, ...inner, ...mine];
      return reshape(
        permute(wide, order),
        front ? [size(batch), size(mine), k] : [size(batch), k, size(mine)],
      );
    };
    const r = reshape(
      matmul(shape(a, ia, true), shape(b, ib, false)),
      [...batch, ...ia, ...ib].map((i) => sizes[i]),
    );
    const have = [...batch, ...ia, ...ib], rest = out.map((_, i) => i).filter((i) => !have.includes(i));
    const full = reshape(r, [...have.map((i) => sizes[i]), ...rest.map(() => 1)]), order = [...have, ...rest];
    return reshape(permute(full, out.map((_, i) => order.indexOf(i))), lead);
  }
  const p = spread.reduce((x, y) => mul(x, y));
  return inner.length ? sum(p, inner, false, null) : p;
}

export const contractions: Family = {
  "aten::inner": op(
    "Products along the last dimensions.",
    (a: Tensor, b: Tensor) => a.dim === 0 || b.dim === 0 ? mul(a, b) : tensordot(a, b, [-1], [-1]),
  ),
  "aten::addbmm": op(
    "beta self + alpha sum of batch1 batch2.",
    (self: Tensor, a: Tensor, b: Tensor, beta: Scalar, alpha: Scalar) =>
      combined(self, sum(matmul(a, b), [0], false, null), beta, alpha),
  ),
  "aten::tensordot": op("Products summed over dimensions.", tensordot),
  "aten::einsum": op("Einstein summation.", einsum),
  "aten::chain_matmul": op(
    "Product of several matrices.",
    (ts: Tensor[]) => ts.reduce((a, b) => matmul(a, b)),
  ),
  "aten::kron": op("Kronecker product.", (a: Tensor, b: Tensor) => {
    const n = Math.max(a.dim, b.dim),
      pad = (t: Tensor) => [...new Array(n - t.dim).fill(1), ...t.sizes],
      sa = pad(a),
      sb = pad(b);
    return reshape(
      mul(reshape(a, sa.flatMap((s) => [s, 1])), reshape(b, sb.flatMap((s) => [1, s]))),
      sa.map((s, i) => s * sb[i]),
    );
  }),
  "aten::trace": op("Sum of the diagonal.", (self: Tensor) => {
    check(self.dim === 2, () => `trace: expected a matrix, but got tensor with dim ${self.dim}`);
    return sum(
      self.asStrided([Math.min(...self.sizes)], [self.strides[0] + self.strides[1]]),
      null,
      false,
      null,
    );
  }),
};
