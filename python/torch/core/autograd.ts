/** `torch.autograd`: its names. What needs a tape says that it is not implemented. */
import { NotImplemented } from "../../../core/errors.ts";
import * as r from "../../runtime/mod.ts";
import { importByName } from "../../runtime/imports.ts";
import { tensorType } from "./tensor_type.ts";

function missing(name: string): r.PyBuiltin {
  return r.rawFn(name, () => {
    throw new NotImplemented(`torch.autograd.${name}`);
  });
}

/** The base of user-defined derivatives: subclasses may be written, `apply` needs the tape. */
function functionType(): r.PyType {
  const t = r.nativeType("Function", { module: "torch.autograd.function", hasDict: true });
  r.classMethods(t, {
    apply: ["*args, **kwargs", (cls: r.PyType) => {
      throw new NotImplemented(`torch.autograd.Function.apply (of ${cls.name})`);
    }],
  });
  return t;
}

const MODES = ["no_grad", "enable_grad", "inference_mode", "set_grad_enabled"];

function modes(): Record<string, r.Value> {
  const torch = importByName("torch");
  return Object.fromEntries(MODES.map((n) => [n, r.getattr(torch, n)]));
}

/** Registers torch.autograd and its parts. */
export function registerAutograd(): void {
  r.registerModule("torch.autograd.grad_mode", () => r.moduleOf("torch.autograd.grad_mode", modes()));
  r.registerModule("torch.autograd.function", () =>
    r.moduleOf("torch.autograd.function", {
      Function: r.getattr(importByName("torch.autograd"), "Function"),
    }));
  r.registerModule("torch.autograd", () =>
    r.moduleOf("torch.autograd", {
      __path__: new r.PyList([]),
      Variable: tensorType,
      Function: functionType(),
      ...modes(),
      ...Object.fromEntries(
        ["grad", "backward", "gradcheck", "gradgradcheck", "detect_anomaly", "set_detect_anomaly"].map((
          n,
        ) => [
          n,
          missing(n),
        ]),
      ),
    }));
}
