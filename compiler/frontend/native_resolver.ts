/** Names in sources that are compiled without any host: `torch` and nothing else. */
import { BuiltinModule } from "./callable_values.ts";
import type { Resolver } from "./resolver.ts";

export const NATIVE_RESOLVER: Resolver = {
  resolveValue: (name) => name === "torch" ? new BuiltinModule("aten") : undefined,
  resolveType: () => undefined,
};
