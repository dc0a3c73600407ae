/** What `pickle` (lib/pickle.py) has in TypeScript: the module `_pickle`. */
import { Complex } from "../../core/scalar.ts";
import * as r from "../runtime/mod.ts";
import type { Value } from "../runtime/mod.ts";
import { importByName } from "../runtime/imports.ts";
import { PickleReader, type UnpickleHooks } from "./pickle_reader.ts";
import { complexParts, PickleWriter, setPickleModule } from "./pickle_writer.ts";

setPickleModule(() => importByName("pickle"));

function dump(owner: Value, object: Value, protocol: Value): Value {
  const persistent = r.getattr(owner, "persistent_id"), reduce = r.getattr(owner, "_reduce");
  const named = r.getattr(owner, "_global_name");
  const plainId =
    r.findattr(r.typeOf(owner), "persistent_id") === r.findattr(importByName("pickle"), "_no_persistent_id");
  const writer = new PickleWriter(Number(protocol), {
    persistentId: (v) => plainId ? null : r.call(persistent, [v]),
    reduce: (v) => v instanceof Complex ? complexParts(v) : r.call(reduce, [v]),
    globalName: (v, name) => {
      const [module, qualified] = r.collect(r.call(named, [v, name]));
      return [r.str(module), r.str(qualified)];
    },
  });
  return new r.PyBytes(writer.dump(object));
}

function load(owner: Value, data: r.PyBytes, start: Value): Value {
  const pickle = importByName("pickle");
  const fault = (message: string) =>
    r.call(r.getattr(pickle, "UnpicklingError"), [message]) as r.PyBaseException;
  const find = r.getattr(owner, "find_class"), persistent = r.getattr(owner, "persistent_load");
  const allowed = r.findattr(owner, "_allow"), opcode = r.findattr(owner, "_bad_opcode");
  const hooks: UnpickleHooks = {
    findClass: (module, name) => r.call(find, [module, name]),
    persistentLoad: (id) => r.call(persistent, [id]),
    allow: (what, f) => {
      if (allowed !== undefined) r.call(allowed, [what, f]);
    },
    fault,
    badOpcode: (op) => {
      if (opcode !== undefined) return r.call(opcode, [op]) as r.PyBaseException;
      const shown = op >= 32 && op < 127
        ? `'${String.fromCharCode(op)}'`
        : `'\\x${op.toString(16).padStart(2, "0")}'`;
      return fault(`invalid load key, ${shown}.`);
    },
    restricted: allowed !== undefined,
    encoding: r.str(r.getattr(owner, "_encoding")),
  };
  const reader = new PickleReader(data.data, hooks);
  reader.at = Number(start);
  const value = reader.load();
  return new r.PyTuple([value, reader.at]);
}

r.registerModule("_pickle", () =>
  r.moduleOf("_pickle", {
    dump: r.fn("dump", "owner, obj, protocol", dump),
    load: r.fn("load", "owner, data, start=0", (owner: Value, data: r.PyBytes, start: Value) =>
      load(owner, data, start ?? 0)),
  }));
