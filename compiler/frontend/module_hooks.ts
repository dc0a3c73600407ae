/** What a module's forward hooks must look like: their signatures are held against forward's. */
import { Diagnostic } from "../../core/errors.ts";
import type { FunctionSchema } from "../../core/schema.ts";
import { isSubtypeOf, reprStr } from "../../core/subtyping.ts";
import { NoneType, type Type, typeEquals } from "../../core/types.ts";

function refuse(text: string): never {
  throw new Diagnostic(text, undefined);
}

/** Types of forward's arguments, self aside. */
function inputsOf(forward: FunctionSchema): readonly Type[] {
  return forward.args.slice(1).map((a) => a.type);
}

function tupleText(types: readonly Type[]): string {
  return `Tuple[${types.length ? types.map(reprStr).join(", ") : "()"}]`;
}

/** Both kinds take the module and its inputs as a tuple. */
function checkInput(
  id: string,
  hook: FunctionSchema,
  forward: FunctionSchema,
  expectedInputs: number,
  advice: string,
): void {
  if (hook.args.length !== expectedInputs) {
    refuse(
      `${id} was expected to only have exactly ${expectedInputs} inputs but it had ${hook.args.length} inputs. ${advice}`,
    );
  }
  const received = hook.args[1].type, wanted = inputsOf(forward);
  if (received.kind !== "Tuple") {
    refuse(
      `${id} expected the input argument to be typed as a Tuple but found type: '${
        reprStr(received)
      }' instead.\n${advice}`,
    );
  }
  if (received.elems.length !== wanted.length) {
    refuse(
      `${id} has the wrong number of contained types for the input argument's Tuple. Received type: '${
        reprStr(received)
      }'.\n${advice}`,
    );
  }
  if (!received.elems.every((t, i) => typeEquals(t, wanted[i]))) {
    refuse(
      `${id} has the wrong inner types for the input tuple argument. Received type: '${
        reprStr(received)
      }'.\n${advice}`,
    );
  }
}

/** A hook that sees the inputs and may replace them. Throws RuntimeError with the signature that is wanted. */
export function checkPreHook(
  name: string,
  hook: FunctionSchema,
  forward: FunctionSchema,
  module: string,
): void {
  const id = `Pre-hook '${name}' on module '${module}'`;
  const inputs = inputsOf(forward), tuple = tupleText(inputs);
  const single = inputs.length === 1 ? `'${reprStr(inputs[0])}', ` : "";
  const advice =
    `This error occurred while scripting the forward pre-hook '${name}' on module '${module}'. If you did not want to ` +
    "script this pre-hook remove it from the original NN module before scripting. Pre-hooks for module " +
    `'${module}' are expected to have the following signature: ${name}(self, input: ${tuple}) with a return type of ` +
    `either 'None', ${single}or '${tuple}'.`;
  checkInput(id, hook, forward, 2, advice);
  const returned = hook.returns[0].type;
  if (returned === NoneType || (inputs.length === 1 && typeEquals(returned, inputs[0]))) return;
  if (returned.kind === "Tuple") {
    if (returned.elems.length === inputs.length && returned.elems.every((t, i) => typeEquals(t, inputs[i]))) {
      return;
    }
    refuse(`${id} returned the wrong type of: '${reprStr(returned)}'.${advice}`);
  }
  refuse(`${id} returned the wrong type of: '${reprStr(returned)}'.${advice}`);
}

/** A hook that sees inputs and output, and may replace the output: gives the type of what comes out. */
export function checkHook(
  name: string,
  hook: FunctionSchema,
  forward: FunctionSchema,
  output: Type,
  module: string,
): Type {
  const id = `Hook '${name}' on module '${module}'`;
  const advice =
    `This error occurred while scripting the forward hook '${name}' on module ${module}. If you did not want to script ` +
    "this hook remove it from the original NN module before scripting. This hook was expected to have the following " +
    `signature: ${name}(self, input: ${tupleText(inputsOf(forward))}, output: ${
      reprStr(output)
    }). The type of the ` +
    "output arg is the returned type from either the forward method or the previous hook if it exists. Note that hooks " +
    "can return anything, but if the hook is on a submodule the outer module is expecting the same return type as the " +
    "submodule's forward.";
  checkInput(id, hook, forward, 3, advice);
  const received = hook.args[2].type;
  if (!isSubtypeOf(output, received)) {
    refuse(
      `${id} has the wrong type for the output argument. Received type: '${
        reprStr(received)
      }'. Expected type: '${reprStr(output)}'.\n${advice}`,
    );
  }
  const returned = hook.returns[0].type;
  return returned === NoneType ? output : returned;
}
