import path from 'node:path';
import { COMPILED_FOLDER } from '../harness/places';
import { runProgram } from '../harness/program';
import type { Bench, Finding, Row } from '../harness/row';
import type { MemorySamples } from '../memory-process';
import { SINGLE_LEADER_LOAD } from '../single-leader-spec';

const OPERATIONS = 10_000_000;
const MB = 1e6;
/** The live heap may grow by so much from the first fifth of a run to its end, for it to be flat in simulated time. */
const HEAP_GROWTH_MAX = 0.1;
const HEAP_GROWTH_MB_MAX = 2;

/** What a long run needs: the process at its largest, and whether its live heap grows with simulated time. */
export const memory: Row = {
  name: 'memory',
  about: 'one measured single-leader run of 10^7 operations: largest resident set of its process',
  subjects: [],
  measure,
};

async function measure({ scale }: Bench): Promise<Finding> {
  const operations = Math.round(OPERATIONS * scale);
  const load = { ...SINGLE_LEADER_LOAD, operations };
  const file = path.join(COMPILED_FOLDER, 'memory-process.js');
  const output = await runProgram(process.execPath, ['--expose-gc', file, JSON.stringify(load)]);
  const samples = JSON.parse(output) as MemorySamples;
  const [early, late] = [samples.liveHeapBytes[0], samples.liveHeapBytes[samples.liveHeapBytes.length - 1]];
  if (late > early * (1 + HEAP_GROWTH_MAX) + HEAP_GROWTH_MB_MAX * MB)
    return {
      kind: 'WRONG',
      problems: [
        `the live heap grows with simulated time: ${megabytes(early)} after a fifth, ${megabytes(late)} at the end`,
      ],
    };
  const residentMb = samples.largestResidentBytes / MB;
  return {
    kind: 'MEASURED',
    eventsPerSecond: null,
    ratioToPlainC: null,
    figure: {
      value: { median: residentMb, minimum: residentMb, maximum: residentMb },
      unit: 'MB resident at most',
      target: { atMost: 300 },
    },
    note:
      `${operations.toExponential(0)} operations; live heap ${megabytes(early)} after a fifth, ` +
      `${megabytes(late)} at the end`,
  };
}

function megabytes(bytes: number): string {
  return `${(bytes / MB).toFixed(1)} MB`;
}
