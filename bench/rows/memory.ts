import path from 'node:path';
import { COMPILED_FOLDER } from '../harness/places';
import { runProgram } from '../harness/program';
import type { Bench, Figure, Finding, Row } from '../harness/row';
import type { MemorySamples } from '../memory-process';
import { SINGLE_LEADER_LOAD } from '../single-leader-spec';

const OPERATIONS = 10_000_000;
/**
 * Slower arrivals than elsewhere and so fewer sessions: what checkers remember for each session and key is all there
 * after a small part of the run, and whatever grows afterwards grows with time.
 */
const RATE_PER_MS = 10;
const MB = 1e6;

/** How large a process gets that plays a long run. */
export const memory: Row = {
  name: 'memory',
  about: 'one measured single-leader run of 10^7 operations: largest resident set of its process',
  subjects: [],
  measure: (bench) => measure(bench, residentFigure),
};

/** Whether what a run keeps grows with simulated time. */
export const memoryGrowth: Row = {
  name: 'memory-growth',
  about: 'the same run: its live heap as it ends, against that after a fifth of it',
  subjects: [],
  measure: (bench) => measure(bench, growthFigure),
};

/** Both rows look at one run; by its number of operations. */
const samplesOf = new Map<number, Promise<MemorySamples>>();

/** A figure that was measured once. */
interface SingleFigure extends Pick<Figure, 'unit' | 'target'> {
  readonly value: number;
}

async function measure(
  { scale }: Bench,
  figureOf: (samples: MemorySamples) => SingleFigure,
): Promise<Finding> {
  const operations = Math.round(OPERATIONS * scale);
  const running = samplesOf.get(operations) ?? playLongRun(operations);
  samplesOf.set(operations, running);
  const samples = await running;
  const { value, unit, target } = figureOf(samples);
  const heaps = samples.liveHeapBytes.map((bytes) => (bytes / MB).toFixed(1)).join(', ');
  return {
    kind: 'MEASURED',
    eventsPerSecond: null,
    ratioToPlainC: null,
    figure: { value: { median: value, minimum: value, maximum: value }, unit, target },
    note: `${operations / 1e6} × 10^6 operations; live heap after each fifth ${heaps} MB`,
  };
}

function residentFigure({ largestResidentBytes }: MemorySamples): SingleFigure {
  return { value: largestResidentBytes / MB, unit: 'MB', target: { atMost: 300 } };
}

function growthFigure({ liveHeapBytes }: MemorySamples): SingleFigure {
  const value = liveHeapBytes[liveHeapBytes.length - 1] / liveHeapBytes[0];
  return { value, unit: '× the heap after a fifth', target: { atMost: 1.1 } };
}

async function playLongRun(operations: number): Promise<MemorySamples> {
  const load = { ...SINGLE_LEADER_LOAD, ratePerMs: RATE_PER_MS, operations };
  const file = path.join(COMPILED_FOLDER, 'memory-process.js');
  const output = await runProgram(process.execPath, ['--expose-gc', file, JSON.stringify(load)]);
  return JSON.parse(output) as MemorySamples;
}
