import { createCheckers, talliesOf } from '../../src/checkers/registry';
import { outlineOf } from '../../src/engine/outline';
import { FanOutObserver } from '../../src/experiments/run/fan-out-observer';
import { interleave, eventsPerSecond, problemsOf, ratiosOf } from '../harness/interleave';
import type { Played, Subject } from '../harness/play';
import { scaled, type Bench, type Finding, type Row } from '../harness/row';
import { spreadOf } from '../harness/spread';
import { QuorumObserver } from '../quorum-observer';
import { quorumSpec } from '../reference-workload';
import { REFERENCE, sessionsOf, type QuorumLoad, type QuorumStatistics } from '../workload';
import { findingsOf, leaderlessSubject, playedSimulation } from './leaderless';

/** The reference workload with every anomaly check, and no measurement but what it asks for. */
export const checkedLeaderlessSubject: Subject = { name: 'leaderless-checked', play: playChecked };

/** What the anomaly checks take of the engine's speed. */
export const checks: Row = {
  name: 'checks',
  about: 'the reference workload with every anomaly check, beside the same without',
  subjects: [checkedLeaderlessSubject],
  measure,
};

async function measure(bench: Bench): Promise<Finding> {
  const load = scaled({ ...REFERENCE, operations: 1_000_000 }, bench);
  const checked = { player: bench.player(checkedLeaderlessSubject), load };
  const bare = { player: bench.player(leaderlessSubject), load };
  const [plays, barePlays] = await interleave([checked, bare], bench.pairs);
  const problems = [...problemsOf(checked, plays), ...problemsOf(bare, barePlays)];
  if (plays[0].fingerprint !== barePlays[0].fingerprint)
    problems.push('with the checks it measured something else than without');
  if (problems.length > 0) return { kind: 'WRONG', problems };
  return {
    kind: 'MEASURED',
    eventsPerSecond: spreadOf(plays.map(eventsPerSecond)).median,
    ratioToPlainC: null,
    figure: {
      value: spreadOf(ratiosOf(plays, barePlays, eventsPerSecond)),
      unit: '× without checks',
      target: { atLeast: 0.8 },
    },
    note: `${(spreadOf(barePlays.map(eventsPerSecond)).median / 1e6).toFixed(2)} M events/s without`,
  };
}

function playChecked(load: QuorumLoad): Played {
  const outline = outlineOf(quorumSpec(load), 0);
  const checkers = createCheckers(outline);
  const observer = new QuorumObserver({ keys: load.keys, sessions: sessionsOf(load) });
  const simulation = playedSimulation(load, new FanOutObserver([observer, ...checkers]));
  return {
    events: simulation.events,
    findings: () => {
      const found = findingsOf(observer, load);
      const staleReads = talliesOf(checkers).find(({ kind }) => kind === 'STALE_READ')?.count;
      return { ...found, problems: [...found.problems, ...disagreement(staleReads, found.quorum)] };
    },
  };
}

function disagreement(staleReads: number | undefined, quorum: QuorumStatistics | null): readonly string[] {
  if (quorum === null || staleReads === quorum.staleReads) return [];
  return [`the checker found ${staleReads} stale reads, and there were ${quorum.staleReads}`];
}
