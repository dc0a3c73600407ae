/** Where the recorder finds what an operator's derivative is. The tables are joined when the first one is looked for. */
import { composites } from "./composites/mod.ts";
import { CONSTANT } from "./constant.ts";
import { derivatives } from "./derivatives/mod.ts";
import type { Composite, Rule } from "./rules.ts";
import { aliasOf } from "../families.ts";
import type { Operator } from "../operator.ts";

let rules: Map<string, Rule> | undefined;
let made: Map<string, Composite> | undefined;

function keyOf(op: Operator): string {
  const short = aliasOf(op.name) ?? op.name;
  const name = short.replace(/^aten::/, "");
  return op.overload ? `${name}.${op.overload}` : name;
}

/** The functional operator's key of an in-place one: `mul.Tensor` of `mul_.Tensor`. */
function functionalKey(key: string): string {
  return key.replace(/^__i(\w+?)__/, "__$1__").replace(/([^_])_(\.|$)/, "$1$2");
}

/** The rule of an operator; an in-place operator has its functional form's. */
export function ruleOf(op: Operator, inPlace: boolean): Rule | undefined {
  rules ??= new Map(derivatives().flatMap((r) => Object.entries(r)));
  const key = keyOf(op);
  return rules.get(key) ?? (inPlace ? rules.get(functionalKey(key)) : undefined);
}

/** What an operator is made of; undefined for those that are not made of others. */
export function compositeOf(op: Operator): Composite | undefined {
  made ??= new Map(composites().flatMap((c) => Object.entries(c)));
  const key = keyOf(op);
  return made.get(key) ?? made.get(key.replace(/\..*/, ".*"));
}

/** Whether results have no gradient whatever the inputs are. */
export function isConstant(op: Operator): boolean {
  const name = (aliasOf(op.name) ?? op.name).replace(/^aten::/, "");
  return CONSTANT.has(name) || CONSTANT.has(name.replace(/([^_])_$/, "$1")) && op.name.endsWith("_") ||
    name.startsWith("new_");
}

/** Nodes whose number PyTorch counts on through the in-place forms. */
const NUMBERED: Readonly<Record<string, string>> = {
  "squeeze_": "SqueezeBackward3",
  "squeeze_.dim": "SqueezeBackward4",
  "squeeze_.dims": "SqueezeBackward5",
  "fill_.Scalar": "FillBackward2",
  "fill_.Tensor": "FillBackward3",
  "t_": "TBackward1",
};

/** PyTorch's name of the node: `AddBackward0`. */
export function nodeName(op: Operator, rule: Rule | undefined): string {
  const numbered = NUMBERED[keyOf(op)];
  if (numbered) return numbered;
  if (rule?.name) return rule.name;
  const name = (aliasOf(op.name) ?? op.name).slice(op.name.indexOf("::") + 2);
  const words = name.replace(/_forward$/, "").split("_").filter(Boolean);
  const camel = words.map((w) => w.replace(/(^|[^a-z])([a-z])/g, (m) => m.toUpperCase())).join("");
  return camel + "Backward" + (rule?.index ?? 0);
}
