import type { ExperimentSpec } from '../../model/spec/experiment';
import type { FaultSpec } from '../../model/spec/fault';
import { nodesOf, type NodePlace } from '../../model/spec/topology';

/** A time in which a scheduled fault keeps a node down. */
export interface Outage {
  readonly node: string;
  /** The index of the fault that begins it. */
  readonly fault: number;
  readonly fromMs: number;
  /** Infinity: until the clients stop. */
  readonly toMs: number;
}

/** The outages of all nodes, those that begin first first. */
export function outagesOf({
  cluster,
  faults,
}: Pick<ExperimentSpec, 'cluster' | 'faults'>): readonly Outage[] {
  const nodes = nodesOf(cluster);
  return faults
    .flatMap((fault, index) => outagesBy(fault, nodes).map((outage) => ({ ...outage, fault: index })))
    .map((outage) => ({ ...outage, toMs: endOf(outage, faults) }))
    .filter(({ fromMs, toMs }) => fromMs < toMs)
    .sort((one, other) => one.fromMs - other.fromMs);
}

type Span = Omit<Outage, 'fault'>;

function outagesBy(fault: FaultSpec, nodes: readonly NodePlace[]): readonly Span[] {
  if ('crash' in fault) {
    const { node, atMs, restartAfterMs } = fault.crash;
    return [{ node, fromMs: atMs, toMs: atMs + (restartAfterMs ?? Infinity) }];
  }
  if ('datacenterOutage' in fault) {
    const { datacenter, atMs, durationMs } = fault.datacenterOutage;
    return nodes
      .filter((node) => node.datacenter === datacenter)
      .map(({ name }) => ({ node: name, fromMs: atMs, toMs: atMs + durationMs }));
  }
  if (!('rollingUpgrade' in fault)) return [];
  const { nodes: named, atMs, downMs, betweenMs } = fault.rollingUpgrade;
  return (named ?? nodes.map(({ name }) => name)).map((node, index) => {
    const fromMs = atMs + index * (downMs + betweenMs);
    return { node, fromMs, toMs: fromMs + downMs };
  });
}

/** A `restart` ends what a crash or an upgrade began; a datacenter comes back as a whole. */
function endOf({ node, fromMs, toMs, fault }: Outage, faults: readonly FaultSpec[]): number {
  if ('datacenterOutage' in faults[fault]) return toMs;
  return faults.reduce((endMs, other) => {
    if (!('restart' in other) || other.restart.node !== node || other.restart.atMs <= fromMs) return endMs;
    return Math.min(endMs, other.restart.atMs);
  }, toMs);
}

/** A moment at which a node goes down. */
export interface Loss {
  readonly outage: Outage;
  /** All that are down then; valid only until the next loss is asked for. */
  readonly down: ReadonlyMap<string, number>;
}

/** The moments at which nodes go down, those that go together with all of them down. */
export function* losses(outages: readonly Outage[]): Generator<Loss> {
  const ends = [...outages].sort((one, other) => one.toMs - other.toMs);
  const down = new Map<string, number>();
  let ended = 0;
  for (let begun = 0; begun < outages.length;) {
    const { fromMs } = outages[begun];
    for (; ends[ended].toMs <= fromMs; ended++) count(down, ends[ended].node, -1);
    const first = begun;
    for (; begun < outages.length && outages[begun].fromMs === fromMs; begun++)
      count(down, outages[begun].node, 1);
    for (const outage of outages.slice(first, begun)) yield { outage, down };
  }
}

/** How many outages of that node overlap. */
function count(down: Map<string, number>, node: string, change: number): void {
  const outages = (down.get(node) ?? 0) + change;
  if (outages === 0) down.delete(node);
  else down.set(node, outages);
}
