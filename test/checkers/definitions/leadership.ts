import type { Moment } from '../../support/notation/moments';
import { verdictOf, type Showing, type Told, type ToldOperation, type Verdict } from './told';

/** From a place in the order of events to another, the end not included. */
interface Belief {
  readonly node: number;
  readonly from: number;
  readonly to: number;
}

/** SPLIT_BRAIN: while two nodes believed that they lead, each acknowledged a write. */
export function splitBrain(told: Told): Verdict {
  const beliefs = beliefsOf(told);
  const overlaps = beliefs.flatMap((one) =>
    beliefs
      .filter((other) => one.node < other.node)
      .map((other) => ({
        nodes: [one.node, other.node],
        from: Math.max(one.from, other.from),
        to: Math.min(one.to, other.to),
      }))
      .filter(({ from, to }) => from < to),
  );
  const split = overlaps.flatMap(({ nodes, from, to }): readonly Showing[] => {
    const firsts = nodes.map((node) => firstWrite(told, { node, from, to }));
    if (firsts.includes(undefined)) return [];
    return [
      {
        atMs: Math.max(...firsts.map((write) => write?.completedAtMs ?? NaN)),
        operation: Math.max(...firsts.map((write) => write?.id ?? NaN)),
      },
    ];
  });
  return verdictOf(split, overlaps.length);
}

/** The first that the node acknowledged while it believed. */
function firstWrite({ operations }: Told, { node, from, to }: Belief): ToldOperation | undefined {
  return operations
    .filter(({ kind, outcome }) => kind === 'WRITE' && outcome === 'OK')
    .filter((write) => write.node === node && from < write.endedAt && write.endedAt < to)
    .sort((one, other) => one.endedAt - other.endedAt)
    .at(0);
}

/** FALSE_FAILOVER: the lead was taken from a node that ran, and that a majority reached. */
export function falseFailover({ outline, failovers }: Told): Verdict {
  const wrong = failovers.filter(
    ({ condition, reachedNodes }) => condition === 'RUNNING' && 2 * reachedNodes > outline.nodes.length,
  );
  return verdictOf(
    wrong.map(({ atMs }) => ({ atMs, operation: null })),
    failovers.length,
  );
}

function beliefsOf({ outline, moments }: Told): readonly Belief[] {
  return outline.nodes.flatMap((_, node) => {
    const beliefs: Belief[] = [];
    let from: number | null = null;
    moments.forEach((moment, place) => {
      const isLed = moment.kind === 'LEADERSHIP' && moment.event.node === node;
      if (isLed && moment.event.kind === 'BEGAN') from ??= place;
      const isOver = isLed ? moment.event.kind === 'ENDED' : isCrash(moment, node);
      if (from !== null && isOver) {
        beliefs.push({ node, from, to: place });
        from = null;
      }
    });
    return from === null ? beliefs : [...beliefs, { node, from, to: Infinity }];
  });
}

/** It ends what the node believes, without a word of it. */
function isCrash(moment: Moment, node: number): boolean {
  if (moment.kind !== 'FAULT' || !moment.fault.nodes.includes(node)) return false;
  return ['CRASH', 'UPGRADE', 'FENCED', 'DATACENTER_OUTAGE'].includes(moment.fault.kind);
}
