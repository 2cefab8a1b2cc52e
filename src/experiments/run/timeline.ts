import { TIMELINE_EVENTS_KEPT, type TimelineEvent } from '../../model/measurements';
import type { FaultEvent, Notice, RunOutline } from '../../model/observer';
import { sentenceOf } from './fault-sentences';
import { noticeSentence } from './notice-sentences';

/** The first events of a run, in words. */
export class Timeline {
  private readonly kept: TimelineEvent[] = [];

  constructor(private readonly outline: RunOutline) {}

  get events(): readonly TimelineEvent[] {
    return this.kept;
  }

  fault({ kind, atMs, nodes, text }: FaultEvent): void {
    if (this.isFull) return;
    const names = nodes.map((node) => this.outline.nodes[node]);
    this.add({
      kind,
      atMs,
      node: names.length === 1 ? names[0] : null,
      message: sentenceOf(kind, names, text),
    });
  }

  noticed(notice: Notice): void {
    if (this.isFull) return;
    const { kind, atMs, node } = notice;
    this.add({ kind, atMs, node: this.outline.nodes[node], message: noticeSentence(notice, this.outline) });
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

  private get isFull(): boolean {
    return this.kept.length === TIMELINE_EVENTS_KEPT;
  }

  private add(event: Omit<TimelineEvent, 'repetition'>): void {
    if (this.isFull) return;
    this.kept.push({ repetition: this.outline.repetition, ...event });
  }
}
