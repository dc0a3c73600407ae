/** Devices by name; layer 0 knows the name and nothing about the thing. */

export class Device {
  private constructor(readonly type: string, readonly index: number | null) {}

  static #interned = new Map<string, Device>();

  /** `cpu`, `webgpu`, `meta`, `cuda:0`; the same object for the same text. */
  static of(type: string, index: number | null = null): Device {
    const key = index === null ? type : `${type}:${index}`;
    let d = Device.#interned.get(key);
    if (!d) Device.#interned.set(key, d = new Device(type, index));
    return d;
  }

  toString(): string {
    return this.index === null ? this.type : `${this.type}:${this.index}`;
  }
}

export const CPU: Device = Device.of("cpu");
export const META: Device = Device.of("meta");
