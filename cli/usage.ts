/** What `--help` prints. */

export const COMMANDS: Readonly<Record<string, string>> = {
  script: `script FILE.py [--entry NAME] [-o OUT] [--json] [--quiet]
  Runs FILE.py, compiles what it defines and writes it three ways, side by side: .pt, which PyTorch opens, .ptl for its
  mobile runtime, and .wick; a form that cannot be is left out, with the reason. Script objects are taken as they are,
  else an nn.Module instance, else a Module class that can be built without arguments, else a function.
    --entry NAME   what to take when the file defines several things
    -o, --output   where to write: the other forms go beside it; FILE.pt unless given
    --json         the closing table as JSON`,
  trace: `trace FILE.py [--entry NAME] --input SPEC [--input SPEC]... [-o OUT] [--no-check] [--json] [--quiet]
  Runs FILE.py, runs what it defines on example inputs, compiles what that did and writes it as script does.
    --entry NAME   the module, Module class or function, when the file defines several
    --input SPEC   an example for each argument: random:1x3x224x224, data.npy, data.json or JSON; (SPEC,SPEC) is a tuple
    --seed N       seed of random examples (0)
    --no-check     does not repeat the trace to compare
    -o, --output   where to write: the other forms go beside it; FILE.pt unless given
    --json         the closing table as JSON`,
  run: `run MODEL [--input SPEC]... [--output FILE.npy] [--profile [--warmup N]] [--json]
  Loads a model and calls it.
    --input SPEC   an argument: data.npy, data.json (or a JSON value), or random:1x3x224x224; once for each argument
    --output FILE  writes the first output tensor as .npy instead of printing it
    --device D     cpu, or webgpu: where the model and its inputs live (cpu)
    --seed N       seed of random inputs (0)
    --profile      prints where the time goes, by operator and by source line
    --warmup N     calls it N times before the profiled call, so that kernels are there (0)
    --json         the result, with --profile the tables too, as JSON`,
  inspect: `inspect MODEL|FILE.py [--entry NAME] [--code|--graph|--inlined-graph|--bytecode|--summary]
  Shows what is in a model: TorchScript code, its graph, register bytecode, or a table of its modules.`,
  export: `export MODEL|FILE.py --target edge [-o DIR] [--input SPEC]... [--strip-places] [--json]
  Writes a folder that runs the model without Wick: model.wick, model.js (the VM with just the operators the model
  uses), its types, a page, a worker, and with --input the WebAssembly kernels that such inputs need.
    --input SPEC     as for run
    --strip-places   leaves sources and line numbers out of model.wick
    --generators     keeps what makes kernels in model.js, for inputs that need others
    --compile-loops  keeps what compiles hot scalar loops to JavaScript
    --webgpu         brings the GPU's kernels along
    --modules        lists what the bundle consists of`,
  python: `python FILE.py [ARGS...]
  Runs a Python file as python would, with torch built in.`,
};

export function usage(command?: string): string {
  if (command) return `Usage: deno run -A cli.ts ${COMMANDS[command]}\n`;
  const lines = Object.values(COMMANDS).map((u) => "  " + u.split("\n")[0]);
  return `Wick compiles, runs and ships PyTorch models with no Python and no PyTorch installed.

Usage: deno run -A cli.ts COMMAND ...

${lines.join("\n")}

COMMAND --help tells more. Exit codes: 0 done, 1 the model or its input is at fault, 2 usage, 3 not implemented yet,
70 an internal error of Wick.
`;
}
