/**
 * Whether calls are recorded for gradients. Recording stands at dispatch's door only while gradients are enabled and
 * something has asked for autograd (`startRecording`, which importing torch in Python does), so a program without it
 * pays nothing.
 */
import type { IValue } from "../../core/ivalue.ts";
import type { Tensor } from "../../core/tensor.ts";
import { setRecorder } from "../dispatch.ts";
import type { Operator } from "../operator.ts";

export type Recorder = (op: Operator, args: readonly IValue[]) => IValue;

let recorder: Recorder | null = null;
let enabled = true, inference = false;

function apply(): void {
  setRecorder(enabled && !inference ? recorder : null);
}

/** What scripts call for gradients. */
export interface BackwardRunner {
  backward(
    tensors: readonly Tensor[],
    grads: readonly (Tensor | null)[],
    options: { retainGraph?: boolean | null; createGraph?: boolean },
  ): void;
  grad(
    outputs: readonly Tensor[],
    inputs: readonly Tensor[],
    grads: readonly (Tensor | null)[],
    options: { retainGraph?: boolean | null; createGraph?: boolean; allowUnused?: boolean },
  ): (Tensor | null)[];
}
let runner: BackwardRunner | null = null;

/** What runs graphs; null while nothing is recorded. */
export function backwardRunner(): BackwardRunner | null {
  return runner;
}

/** Calls are recorded from now on, by `r`, wherever gradients are enabled. */
export function startRecording(r: Recorder, run: BackwardRunner): void {
  recorder = r;
  runner = run;
  apply();
}

/** Whether gradients are enabled, as `torch.is_grad_enabled`. */
export function isGradEnabled(): boolean {
  return enabled && !inference;
}
/** Sets it and returns what it was. */
export function setGradEnabled(on: boolean): boolean {
  const before = enabled;
  enabled = on;
  apply();
  return before;
}

/** Whether inference mode is on. */
export function isInferenceMode(): boolean {
  return inference;
}
/** Sets it and returns what it was. */
export function setInferenceMode(on: boolean): boolean {
  const before = inference;
  inference = on;
  apply();
  return before;
}

/** Runs `body` with gradients enabled or not. */
export function withGrad<R>(on: boolean, body: () => R): R {
  const before = setGradEnabled(on);
  try {
    return body();
  } finally {
    setGradEnabled(before);
  }
}
