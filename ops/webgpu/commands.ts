/**
 * The language between the thread that records work and the one that holds the adapter: a submission is a list of
 * words, one block of bytes (kernel parameters and small uploads), and what is new since the last one. Plain data, so
 * that it can be posted to a worker.
 */

/** Word codes of a submission; each is followed by its fields in this order. */
export const Command = {
  /** id, bytes: a buffer of that size, zero-filled. */
  create: 0,
  /** id */
  destroy: 1,
  /** pipeline, x, y, z, params offset, params bytes, count, buffer ids */
  dispatch: 2,
  /** id, offset, block offset, bytes: from the block */
  upload: 3,
  /** id, offset, bytes: zeroes */
  clear: 4,
  /** source id, offset, target id, offset, bytes */
  copy: 5,
} as const;

/** A compute pipeline to make: group 0 holds parameters, then `writes` writable buffers, then `reads` others. */
export interface PipelineSource {
  readonly id: number;
  readonly name: string;
  readonly code: string;
  readonly writes: number;
  readonly reads: number;
}

export interface Submission {
  readonly words: Int32Array;
  readonly block: Uint8Array;
  readonly pipelines: readonly PipelineSource[];
  /** Whole contents of buffers that no command before this submission's own uses. */
  readonly writes: readonly { readonly id: number; readonly bytes: Uint8Array }[];
}

/** Parameters start at multiples of this: no adapter asks for more. */
export const PARAMETER_ALIGNMENT = 256;

/**
 * Bytes of the words in which kernels note an index that is out of range: whether there is one, the index, the dimension's
 * size and its number. They are looked at with the next read, since nothing can be raised from inside a kernel.
 */
export const FAULT_BYTES = 16;

/** What an adapter allows, as far as kernels ask. */
export interface AdapterFacts {
  readonly name: string;
  readonly maxBufferBytes: number;
  readonly maxBindingBytes: number;
  readonly maxStorageBuffers: number;
  readonly maxInvocations: number;
  readonly maxWorkgroupBytes: number;
}
