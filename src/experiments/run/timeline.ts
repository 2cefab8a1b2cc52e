import { TIMELINE_EVENTS_KEPT, type TimelineEvent } from '../../model/measurements';
import type { FaultKind, RunOutline } from '../../model/observer';

/** The first events of a run, in words. */
export class Timeline {
  private readonly kept: TimelineEvent[] = [];

  constructor(private readonly outline: RunOutline) {}

  get events(): readonly TimelineEvent[] {
    return this.kept;
  }

  fault(kind: FaultKind, node: number, atMs: number): void {
    const name = this.outline.nodes[node];
    this.add({ kind, atMs, node: name, message: `${name} ${WHAT_HAPPENED[kind]}` });
  }

  clientsStopped(atMs: number): void {
    this.add({
      kind: 'CLIENTS_STOPPED',
      atMs,
      node: null,
      message: 'The clients stopped and faults were healed',
    });
  }

  settled(atMs: number, { converged }: { readonly converged: boolean }): void {
    const message = converged ? 'All replicas held the same' : 'The replicas still differed';
    this.add({ kind: 'SETTLED', atMs, node: null, message });
  }

  private add(event: Omit<TimelineEvent, 'repetition'>): void {
    if (this.kept.length === TIMELINE_EVENTS_KEPT) return;
    this.kept.push({ repetition: this.outline.repetition, ...event });
  }
}

const WHAT_HAPPENED: Readonly<Record<FaultKind, string>> = {
  CRASH: 'crashed',
  RESTART: 'restarted',
  CAUGHT_UP: 'had caught up with all it had missed',
};
