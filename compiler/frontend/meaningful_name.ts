/** Which variable names graphs keep. */

/** Names of digits after an underscore (`_1`) and of temporaries (`$tmp`) are not kept. */
export function meaningfulName(name: string): boolean {
  return name.length > 0 && name[0] !== "$" && !/^_\d*$/.test(name);
}
