import type { StoredRunSummary } from '../experiments/ports/records';
import { invariant } from '../model/invariant';

const SEED_BYTES = 8;
const HASH_BYTES = 32;
const RUN_HASH_AT = SEED_BYTES + HASH_BYTES;
const RUN_HASH_BYTES = 16;
const FLAGS_AT = RUN_HASH_AT + RUN_HASH_BYTES;
/** Of a run from before there were such hashes. */
const NO_RUN_HASH = '0'.repeat(2 * RUN_HASH_BYTES);
const TRUNCATED = 1;

/**
 * What is stored of each run of a shard side by side, so that a page of runs reads its own bytes and no others: the
 * seed, 8 bytes with the highest first; the result's hash, 32 bytes; the run's own, 16 bytes, all zero where there is
 * none; a byte of flags, of which the lowest says that the run was truncated. The migrations know this layout as well.
 */
export const RUN_BYTES = FLAGS_AT + 1;

/** @param runs by repetition */
export function packRuns(runs: readonly StoredRunSummary[]): Buffer {
  const packed = Buffer.alloc(runs.length * RUN_BYTES);
  runs.forEach(({ seed, resultHash, runHash, truncated }, index) => {
    const start = index * RUN_BYTES;
    packed.writeBigUInt64BE(BigInt(seed), start);
    writeHash(packed, resultHash, { at: start + SEED_BYTES, bytes: HASH_BYTES });
    writeHash(packed, runHash ?? NO_RUN_HASH, { at: start + RUN_HASH_AT, bytes: RUN_HASH_BYTES });
    packed[start + FLAGS_AT] = truncated ? TRUNCATED : 0;
  });
  return packed;
}

/** @param packed the bytes of one run */
export function unpackRun(packed: Uint8Array): StoredRunSummary {
  invariant(packed.length === RUN_BYTES, `a run takes ${RUN_BYTES} bytes, not ${packed.length}`);
  const bytes = Buffer.from(packed.buffer, packed.byteOffset, packed.byteLength);
  const runHash = bytes.toString('hex', RUN_HASH_AT, FLAGS_AT);
  return {
    seed: bytes.readBigUInt64BE(0).toString(),
    resultHash: bytes.toString('hex', SEED_BYTES, RUN_HASH_AT),
    runHash: runHash === NO_RUN_HASH ? null : runHash,
    truncated: (bytes[FLAGS_AT] & TRUNCATED) !== 0,
  };
}

function writeHash(
  packed: Buffer,
  hash: string,
  { at, bytes }: { readonly at: number; readonly bytes: number },
): void {
  const written = packed.write(hash, at, bytes, 'hex');
  invariant(written === bytes, `no hash of ${bytes} bytes in hexadecimal: ${hash}`);
}
