/** Installs the operators as methods of Tensor; their declarations are generated from the schemas. */
import { Tensor } from "../core/tensor.ts";
import { callByName } from "./operators.ts";
import { NAMES as FIRST } from "./tensor_methods_a_to_l.ts";
import { NAMES as SECOND } from "./tensor_methods_m_to_z.ts";

for (const name of `${FIRST} ${SECOND}`.split(" ")) {
  Object.defineProperty(Tensor.prototype, name, {
    configurable: true,
    value: function (this: Tensor, ...args: unknown[]): unknown {
      return callByName(name, [this, ...args]);
    },
  });
}
