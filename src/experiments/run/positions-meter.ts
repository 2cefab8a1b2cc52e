import { compareBy } from '../../model/canonical-order';
import { CountColumn, Intervals } from '../../model/interval-columns';
import { nodeKey, replicaKey } from '../../model/measurements-order';
import type { PositionSample, RunOutline } from '../../model/observer';
import {
  LogBytesColumn,
  POSITION_NODES_KEPT,
  PositionColumns,
  type Positions,
} from '../../model/position-columns';

/**
 * How far the followers were over time, and how much log nodes retained: of the samples in [0, durationMs], of the first
 * `POSITION_NODES_KEPT` nodes.
 */
export class PositionsMeter {
  private readonly intervals: Intervals;
  private readonly samples = new CountColumn();
  /** By node, those of which a position was told. */
  private readonly replicas = new Map<number, PositionColumns>();
  private readonly logBytes = new Map<number, LogBytesColumn>();

  constructor(private readonly outline: RunOutline) {
    this.intervals = new Intervals(outline);
  }

  positions({ atMs, replicas, logBytes }: PositionSample): void {
    if (atMs < 0 || atMs > this.outline.durationMs) return;
    const interval = this.intervals.of(atMs);
    this.samples.add(interval);
    for (const position of replicas)
      if (position.node < POSITION_NODES_KEPT)
        partOf(this.replicas, position.node, PositionColumns).add(interval, position);
    const nodes = Math.min(logBytes.length, POSITION_NODES_KEPT);
    for (let node = 0; node < nodes; node += 1)
      partOf(this.logBytes, node, LogBytesColumn).add(interval, logBytes[node]);
  }

  measured(): Positions {
    const { nodes } = this.outline;
    const replicas = [...this.replicas].map(([node, part]) => ({ replica: nodes[node], ...part.encode() }));
    const logBytes = [...this.logBytes].map(([node, part]) => ({ node: nodes[node], ...part.encode() }));
    return {
      samples: this.samples.encode(),
      replicas: replicas.sort(compareBy(replicaKey)),
      logBytes: logBytes.sort(compareBy(nodeKey)),
    };
  }
}

function partOf<Part>(parts: Map<number, Part>, node: number, create: new () => Part): Part {
  const known = parts.get(node);
  if (known !== undefined) return known;
  const part = new create();
  parts.set(node, part);
  return part;
}
