/** Warnings of the compiler; the host decides where they go. */

let sink: (message: string) => void = () => {};

/** Sets who receives warnings; returns the former receiver. */
export function onWarning(f: (message: string) => void): (message: string) => void {
  const was = sink;
  sink = f;
  return was;
}

export function warn(message: string): void {
  sink(message);
}
