import { raiseInliningBudget } from '../src/lab/inlining-budget';
import { createCheckers } from '../src/checkers/registry';
import { FanOutObserver } from '../src/experiments/run/fan-out-observer';
import { MeasurementsCollector } from '../src/experiments/run/measurements-collector';
import { HistoryRecorder } from '../src/experiments/run/history/history-recorder';
import { Histogram } from '../src/model/histogram';
import type { Measurements } from '../src/model/measurements';
import { MeasurementsAccumulator } from '../src/model/measurements-accumulator';
import type { RunOutline } from '../src/model/observer';
import { createSimulation, outlineOfRun } from '../src/protocols/create-simulation';
import { experimentSpec } from './experiment-spec';
import { RecordedRun } from './recorded-run';

/**
 * What watching a run costs: `npm run bench:observers`. The calls of one run are taken down once and told to each observer
 * again and again; a silent observer's time is taken off. The best of several rounds: what else the machine does only adds.
 */
const ROUNDS = 15;

const latency = (medianMs: number) => ({ lognormal: { medianMs, sigma: 0.2 } });

const SPEC = experimentSpec({
  cluster: {
    name: 'bench',
    datacenters: ['a', 'b', 'c'].map((name) => ({ name, nodes: 1 })),
    links: [
      { between: ['a', 'b'], latency: latency(15) },
      { between: ['a', 'c'], latency: latency(50) },
      { between: ['b', 'c'], latency: latency(45) },
    ],
    nodeProfile: { serviceTime: { constant: { ms: 0.005 } } },
    replication: { singleLeader: { reads: { policy: 'NEAREST' }, failover: { enabled: false } } },
  },
  workload: {
    durationMs: 15_000,
    clients: ['a', 'c'].map((datacenter) => ({ datacenter, sessions: 200, ratePerSecond: 5_000 })),
    keys: { distribution: { zipfian: {} } },
  },
  faults: [{ crash: { node: 'b-1', atMs: 5_000, restartAfterMs: 2_000 } }],
});

type Watchers = Readonly<Record<string, (outline: RunOutline) => FanOutObserver>>;

const watchers: Watchers = {
  'the collector': (outline) => new FanOutObserver([new MeasurementsCollector(outline)]),
  ...Object.fromEntries(
    createCheckers(outlineOfRun(SPEC, 0)).map((checker, index) => [
      checker.constructor.name,
      (outline: RunOutline) => new FanOutObserver([createCheckers(outline)[index]]),
    ]),
  ),
  'all checkers': (outline) => new FanOutObserver(createCheckers(outline)),
  'the history': () => new FanOutObserver([new HistoryRecorder(SPEC.workload)]),
  'all together': (outline) =>
    new FanOutObserver([new MeasurementsCollector(outline), ...createCheckers(outline)]),
};

function nanosecondsOf(work: () => void): number {
  const began = process.hrtime.bigint();
  work();
  return Number(process.hrtime.bigint() - began);
}

/** The two are timed in turns, so that a slow moment of the machine meets both. */
function benchWatchers(): void {
  const spec = SPEC;
  const outline = outlineOfRun(spec, 0);
  const run = new RecordedRun();
  const simulation = createSimulation({ spec, seed: 1n, repetition: 0, observer: run });
  simulation.advance(Infinity);
  const { events, simulatedOperations } = simulation;
  console.log(`${run.length} calls, ${simulatedOperations} operations, ${events} events`);
  for (const [name, create] of Object.entries(watchers)) {
    let quiet = Infinity;
    let watched = Infinity;
    for (let round = 0; round < ROUNDS; round++) {
      const observer = create(outline);
      quiet = Math.min(
        quiet,
        nanosecondsOf(() => run.play(new FanOutObserver([]))),
      );
      watched = Math.min(
        watched,
        nanosecondsOf(() => run.play(observer)),
      );
    }
    const ns = watched - quiet;
    console.log(
      `${name.padEnd(20)} ${(ns / run.length).toFixed(1).padStart(7)} ns a call ` +
        `${(ns / events).toFixed(1).padStart(7)} ns an event ${(ns / simulatedOperations).toFixed(0).padStart(6)} ns an operation`,
    );
  }
}

const SAMPLES = 1 << 20;

function benchHistogram(): void {
  const durations = Float64Array.from(
    { length: SAMPLES },
    (_, index) => 0.2 + ((index * 7_919) % 100_003) / 900,
  );
  const rounds = Array.from({ length: ROUNDS }, () => {
    const histogram = new Histogram();
    return nanosecondsOf(() => {
      for (let index = 0; index < SAMPLES; index++) histogram.record(durations[index]);
    });
  });
  console.log(`Histogram.record     ${(Math.min(...rounds) / SAMPLES).toFixed(1).padStart(7)} ns a call`);
}

const MERGED_RUNS = 200;

/** Runs of about 1,000 operations, as an experiment repeats them. */
function benchMerging(): void {
  const clients = SPEC.workload.clients.map((group) => ({ ...group, sessions: 20, ratePerSecond: 500 }));
  const small = { ...SPEC, workload: { ...SPEC.workload, durationMs: 1_000, clients }, faults: [] };
  const runs = Array.from({ length: MERGED_RUNS }, (_, repetition) => {
    const collector = new MeasurementsCollector(outlineOfRun(small, repetition));
    const observer = new FanOutObserver([collector]);
    createSimulation({ spec: small, seed: 1n, repetition, observer }).advance(Infinity);
    return collector;
  });
  const cost = { messages: 0, bytes: 0, events: 0 };
  let measured: Measurements[] = [];
  const telling = Array.from({ length: ROUNDS }, () =>
    nanosecondsOf(() => {
      measured = runs.map((collector) => ({
        ...collector.measurements({ anomalies: [], cost }),
        truncatedRuns: 0,
      }));
    }),
  );
  const merging = Array.from({ length: ROUNDS }, () => {
    const accumulator = new MeasurementsAccumulator();
    return nanosecondsOf(() => {
      for (const measurements of measured) accumulator.add(measurements);
    });
  });
  const microseconds = (ns: number): string => (ns / MERGED_RUNS / 1000).toFixed(1);
  console.log(
    `a run of 1,000 operations: ${microseconds(Math.min(...telling))} µs to tell its measurements,`,
  );
  console.log(`${microseconds(Math.min(...merging))} µs to merge them`);
}

raiseInliningBudget();
benchHistogram();
benchWatchers();
benchMerging();
