import type { StoredRunSummary } from '../experiments/ports/records';
import { invariant } from '../model/invariant';

const SEED_BYTES = 8;
const HASH_BYTES = 32;
const FLAGS_AT = SEED_BYTES + HASH_BYTES;
const TRUNCATED = 1;

/**
 * What is stored of each run of a shard side by side, so that a page of runs reads its own bytes and no others: the
 * seed, 8 bytes with the highest first; the result's hash, 32 bytes; a byte of flags, of which the lowest says that
 * the run was truncated. The migrations know this layout as well.
 */
export const RUN_BYTES = FLAGS_AT + 1;

/** @param runs by repetition */
export function packRuns(runs: readonly StoredRunSummary[]): Buffer {
  const packed = Buffer.alloc(runs.length * RUN_BYTES);
  runs.forEach(({ seed, resultHash, truncated }, index) => {
    const start = index * RUN_BYTES;
    packed.writeBigUInt64BE(BigInt(seed), start);
    const written = packed.write(resultHash, start + SEED_BYTES, HASH_BYTES, 'hex');
    invariant(written === HASH_BYTES, `no hash of ${HASH_BYTES} bytes in hexadecimal: ${resultHash}`);
    packed[start + FLAGS_AT] = truncated ? TRUNCATED : 0;
  });
  return packed;
}

/** @param packed the bytes of one run */
export function unpackRun(packed: Uint8Array): StoredRunSummary {
  invariant(packed.length === RUN_BYTES, `a run takes ${RUN_BYTES} bytes, not ${packed.length}`);
  const bytes = Buffer.from(packed.buffer, packed.byteOffset, packed.byteLength);
  return {
    seed: bytes.readBigUInt64BE(0).toString(),
    resultHash: bytes.toString('hex', SEED_BYTES, FLAGS_AT),
    truncated: (bytes[FLAGS_AT] & TRUNCATED) !== 0,
  };
}
