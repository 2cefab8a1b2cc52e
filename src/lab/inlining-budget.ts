import { setFlagsFromString } from 'node:v8';

/** Bytecodes that V8 may inline into one function; its own limit is 920. */
const INLINED_BYTECODES_MAX = 5000;

/**
 * Lets V8 inline the engine's small methods into its loop: to be called in every process that simulates, by whichever of its
 * threads; the limit is the process's.
 *
 * An event passes through a few dozen small methods of queue, network, node and protocol. With V8's own limit half of them
 * stay calls, and every time or latency that crosses one is put in a new heap number. Measured: `docs/performance.md`.
 * V8 reads the limit whenever it compiles a function, so it can be raised at any time; it changes no result.
 */
export function raiseInliningBudget(): void {
  setFlagsFromString(`--max-inlined-bytecode-size-cumulative=${INLINED_BYTECODES_MAX}`);
}
