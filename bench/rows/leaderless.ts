import { outlineOf } from '../../src/engine/outline';
import { Simulation } from '../../src/engine/simulation';
import { createCheckers, talliesOf } from '../../src/checkers/registry';
import { FanOutObserver } from '../../src/experiments/run/fan-out-observer';
import { MeasurementsCollector } from '../../src/experiments/run/measurements-collector';
import { encodeMeasurements } from '../../src/experiments/result/encode-measurements';
import { Histogram } from '../../src/model/histogram';
import { invariant } from '../../src/model/invariant';
import type { Measurements } from '../../src/model/measurements';
import type { Observer } from '../../src/model/observer';
import { arrivalProblems, quorumProblems } from '../expectations';
import { fingerprintOf } from '../harness/fingerprint';
import type { Findings, Played, Subject } from '../harness/play';
import { speedRow } from '../harness/speed-row';
import { percentilesOf } from '../kernel';
import { QuorumObserver } from '../quorum-observer';
import { createQuorum, quorumSpec } from '../reference-workload';
import { REFERENCE, sessionsOf, type QuorumLoad, type QuorumStatistics } from '../workload';

/** The reference workload on the whole engine, with what it asks to be measured. */
export const leaderlessSubject: Subject = {
  name: 'leaderless',
  play: (load) => {
    const observer = new QuorumObserver({ keys: load.keys, sessions: sessionsOf(load) });
    const simulation = playedSimulation(load, observer);
    return { events: simulation.events, findings: () => findingsOf(observer, load) };
  },
};

/** The same with every measurement and every checker. */
export const measuredLeaderlessSubject: Subject = { name: 'leaderless-measured', play: playMeasured };

const load = { ...REFERENCE, operations: 1_000_000 };

export const leaderless = speedRow({
  name: 'leaderless',
  about: 'the reference workload through the whole engine, bare',
  subject: leaderlessSubject,
  load,
  loadOfPlainC: load,
  target: { atLeast: 0.9 },
});

export const measuredLeaderless = speedRow({
  name: 'leaderless-measured',
  about: 'the same with every measurement and anomaly check',
  subject: measuredLeaderlessSubject,
  load,
  loadOfPlainC: load,
  target: { atLeast: 0.6 },
});

/** What the observer of a play of that load found, and what is wrong with it. */
export function findingsOf(observer: QuorumObserver, ofLoad: QuorumLoad): Findings {
  const quorum = observer.statistics();
  const operations = quorum.reads + quorum.writes;
  return {
    problems: [...arrivalProblems(operations, ofLoad), ...quorumProblems(quorum, { ...ofLoad, operations })],
    fingerprint: JSON.stringify(quorum),
    quorum,
  };
}

/** The world of that load, played to its end. */
export function playedSimulation(ofLoad: QuorumLoad, observer: Observer): Simulation {
  const simulation = new Simulation({
    spec: quorumSpec(ofLoad),
    seed: BigInt(ofLoad.seed),
    repetition: 0,
    observer,
    createReplication: (world) => createQuorum(ofLoad, world),
  });
  simulation.advance(Infinity);
  return simulation;
}

/** As `startRun` does it, which takes no protocol but those of the registry. */
function playMeasured(ofLoad: QuorumLoad): Played {
  const outline = outlineOf(quorumSpec(ofLoad), 0);
  const collector = new MeasurementsCollector(outline);
  const checkers = createCheckers(outline);
  const simulation = playedSimulation(ofLoad, new FanOutObserver([collector, ...checkers]));
  const { messages, bytes, events } = simulation;
  const anomalies = talliesOf(checkers);
  const measured = collector.measurements({ anomalies, cost: { messages, bytes, events } });
  const measurements = { ...measured, truncatedRuns: 0 };
  const encoded = encodeMeasurements(measurements);
  return {
    events,
    findings: () => ({
      problems: differences(statisticsOf(measurements), bareStatistics(ofLoad)),
      fingerprint: fingerprintOf(encoded),
      quorum: null,
    }),
  };
}

/** What the same run is known to hold: no observer changes a run, and the bare one was checked by the law. */
function bareStatistics(ofLoad: QuorumLoad): QuorumStatistics {
  const key = JSON.stringify(ofLoad);
  let known = bareStatisticsOf.get(key);
  if (known === undefined) {
    const { problems, quorum } = leaderlessSubject.play(ofLoad).findings();
    invariant(quorum !== null && problems.length === 0, `bare: ${problems.join('; ')}`);
    known = quorum;
    bareStatisticsOf.set(key, known);
  }
  return known;
}

const bareStatisticsOf = new Map<string, QuorumStatistics>();

/** Latencies are measured from the arrival, the bare ones from the send: a busy session adds a little. */
const WAITING_SHARE_MAX = 0.2;

function differences(measured: QuorumStatistics, bare: QuorumStatistics): readonly string[] {
  const counters = (['reads', 'writes', 'staleReads'] as const)
    .filter((name) => measured[name] !== bare[name])
    .map((name) => `${measured[name]} ${name}, and ${bare[name]} in the same run without measurements`);
  const latencies = (['readMs', 'writeMs'] as const).flatMap((name) =>
    (['p50', 'p99', 'p999'] as const)
      .filter((share) => !isLittleMore(measured[name][share], bare[name][share]))
      .map((share) => `${name} ${share} is ${measured[name][share]}, and ${bare[name][share]} from the send`),
  );
  return [...counters, ...latencies];
}

function isLittleMore(measuredMs: number, bareMs: number): boolean {
  return measuredMs >= bareMs && measuredMs <= bareMs * (1 + WAITING_SHARE_MAX);
}

/** No measurement counts versions behind: a stale read is at least one behind. */
function statisticsOf({ latencies, anomalies }: Measurements): QuorumStatistics {
  const reads = new Histogram();
  const writes = new Histogram();
  for (const { kind, outcome, histogram } of latencies)
    if (outcome === 'OK') (kind === 'READ' ? reads : writes).addEncoded(histogram);
  const staleReads = anomalies.find(({ kind }) => kind === 'STALE_READ')?.count ?? 0;
  return {
    reads: reads.count,
    writes: writes.count,
    staleReads,
    versionsBehind: staleReads,
    readMs: percentilesOf(reads),
    writeMs: percentilesOf(writes),
  };
}
