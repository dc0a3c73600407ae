/** What to write instead, for errors where that can be said; the command line shows it under the error. */

const HINTS: readonly (readonly [message: RegExp, hint: string])[] = [
  [
    /type 'Tensor \(inferred\)'[^]*because it was not annotated/,
    "Parameters without an annotation are Tensors: annotate the parameter, for example `n: int` or `xs: List[int]`.",
  ],
  [
    /^Expected a default value of type Tensor \(inferred\)/,
    "A default value does not say the type of a parameter: annotate it, for example `n: int = 2`.",
  ],
  [
    /is set to type .* in the true branch and type .* in the false branch/,
    "Give the variable one type in both branches, or annotate it before the `if` as Optional or Union.",
  ],
  [
    /^Variable '.*' previously had type NoneType/,
    "Say what the variable will hold where it is first set: `x: Optional[int] = None`.",
  ],
  [
    /^Variable '.*' previously had type/,
    "A variable keeps its type: use another name for the new value, or annotate the first assignment as a Union.",
  ],
  [
    /is not defined in the (true|false) branch/,
    "Set the variable in both branches, or before the `if`.",
  ],
  [
    /Could not match type .* to t in argument 'el': Type variable 't' previously matched to type Tensor/,
    "An empty list is a List[Tensor]: say what it holds, for example `xs: List[int] = []`.",
  ],
  [
    /object has no attribute or method '.*'\. Did you forget to initialize an attribute in __init__\(\)\?/,
    "Attributes of script classes are those that `__init__` sets at its top level.",
  ],
  [
    /failed to convert Python type: '(list|dict)' to a TorchScript type/,
    "An empty container says nothing of its elements: annotate the attribute in the class, for example `xs: List[int]`.",
  ],
  [
    /^python value of type '.*' cannot be used as a value/,
    "Pass the value as an argument, make it a module attribute, or declare the global `Final`.",
  ],
  [/is called recursively/, "Write the recursion as a loop with a list as its stack."],
  [
    /^try blocks aren't supported/,
    "Check the condition with `if` instead; exceptions of a script reach its caller.",
  ],
  [/^(Lambda|function definitions) aren't supported/, "Define the function outside and call it by name."],
  [/^Set aren't supported/, "Use a dict whose keys are the elements."],
  [/^Comprehension ifs are not supported/, "Write a `for` loop with an `if` that appends."],
];

/** The hint for a message; undefined when there is none. */
export function hintFor(message: string): string | undefined {
  return HINTS.find(([pattern]) => pattern.test(message))?.[1];
}
