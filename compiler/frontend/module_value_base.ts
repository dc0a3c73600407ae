/** What the emitter must know of a module value without knowing modules. */
import { SugaredValue } from "./sugared_value.ts";

export abstract class ModuleValueBase extends SugaredValue {
  override kind(): string {
    return "module";
  }
}
