/** Installs the operators as methods of Tensor; their declarations are generated from the schemas. */
import { Tensor } from "../core/tensor.ts";
import { callByName } from "./operators.ts";
import { NAMES as FIRST } from "./tensor_methods_a_to_l.ts";
import { NAMES as SECOND } from "./tensor_methods_m_to_z.ts";

// Above Tensor's own prototype: adding seven hundred properties to a prototype in use takes longer than the whole import.
const methods = Object.create(null);
for (const name of `${FIRST} ${SECOND}`.split(" ")) {
  Object.defineProperty(methods, name, {
    configurable: true,
    value: function (this: Tensor, ...args: unknown[]): unknown {
      return callByName(name, [this, ...args]);
    },
  });
}
Object.setPrototypeOf(methods, Object.prototype);
Object.setPrototypeOf(Tensor.prototype, methods);
