/** Whether operations are recorded for gradients, as the host's parts ask. */
import {
  isGradEnabled,
  isInferenceMode,
  setGradEnabled,
  setInferenceMode,
} from "../../../ops/autograd/mod.ts";

export const gradMode = {
  get enabled(): boolean {
    return isGradEnabled();
  },
  set enabled(on: boolean) {
    setGradEnabled(on);
  },
  get inference(): boolean {
    return isInferenceMode();
  },
  set inference(on: boolean) {
    setInferenceMode(on);
  },
};
