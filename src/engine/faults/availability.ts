import type { InFlight } from '../../model/spec/fault';
import type { DatacenterOutage, NodeOutage, NodePause } from './affliction';
import type { Afflictable } from './afflictable';
import type { Cuts } from './cuts';
import { PerNode } from './per-node';
import type { Tell } from './tell';

/**
 * Which nodes are up, down or paused, and which are upgraded: by an outage for that purpose, as it ends.
 *
 * A node is down while an outage of its own lasts, or its datacenter is out. What would take a node down that is down already
 * does nothing, and so does the end that was to follow it; only an outage of its datacenter counts in any case, and while it
 * lasts nothing brings the node back. A node stands still while any pause lasts; a pause of a node that is down does nothing,
 * and one that goes down is paused no more.
 */
export class Availability {
  private readonly outages = new Map<number, NodeOutage>();
  private readonly outOfPower = new Map<number, number>();
  private readonly datacenterOutages = new Set<DatacenterOutage>();
  private readonly pauses = new PerNode<NodePause>();

  constructor(
    private readonly world: Pick<Afflictable, 'crash' | 'upgrade' | 'restart' | 'pause' | 'resume'>,
    private readonly cuts: Cuts,
    private readonly tell: Tell,
  ) {}

  crash(outage: NodeOutage): void {
    if (!this.isUp(outage.node)) return;
    this.outages.set(outage.node, outage);
    this.tell({ kind: outage.kind, nodes: [outage.node], text: [] });
    this.stop(outage.node, outage.inFlight);
  }

  /** The end that an outage had announced. */
  recover(outage: NodeOutage): void {
    if (this.outages.get(outage.node) === outage) this.restart(outage.node);
  }

  /** The end of a node's own outage, whoever began it. */
  restart(node: number): void {
    const outage = this.outages.get(node);
    if (outage === undefined) return;
    this.outages.delete(node);
    if (outage.kind === 'UPGRADE') this.world.upgrade(node);
    if (!this.isUp(node)) return;
    this.tell({ kind: 'RESTART', nodes: [node], text: [] });
    this.world.restart(node);
  }

  pause(pause: NodePause): void {
    const { node } = pause;
    if (!this.isUp(node)) return;
    this.pauses.add(pause);
    if (this.pauses.of(node).length > 1) return;
    this.tell({ kind: 'PAUSE', nodes: [node], text: [] });
    this.world.pause(node);
  }

  resume(pause: NodePause): void {
    const { node } = pause;
    if (!this.pauses.remove(pause) || this.pauses.of(node).length > 0) return;
    this.tell({ kind: 'RESUME', nodes: [node], text: [] });
    this.world.resume(node);
  }

  beginOutage(outage: DatacenterOutage): void {
    this.datacenterOutages.add(outage);
    const down = outage.nodes.filter((node) => this.isUp(node));
    for (const node of outage.nodes) this.outOfPower.set(node, (this.outOfPower.get(node) ?? 0) + 1);
    const hasCut = this.cuts.cut(outage.cut);
    if (down.length > 0 || hasCut)
      this.tell({ kind: 'DATACENTER_OUTAGE', nodes: down, text: [outage.datacenter] });
    for (const node of down) this.stop(node, 'LOST');
  }

  endOutage(outage: DatacenterOutage): void {
    if (!this.datacenterOutages.delete(outage)) return;
    for (const node of outage.nodes) this.regainPower(node);
    const up = outage.nodes.filter((node) => this.isUp(node));
    const hasMended = this.cuts.mend(outage.cut);
    if (up.length > 0 || hasMended)
      this.tell({ kind: 'DATACENTER_RESTORED', nodes: up, text: [outage.datacenter] });
    for (const node of up) this.world.restart(node);
  }

  endAll(): void {
    for (const pause of this.pauses.all()) this.resume(pause);
    for (const node of [...this.outages.keys()].sort((one, other) => one - other)) this.restart(node);
    for (const outage of [...this.datacenterOutages]) this.endOutage(outage);
  }

  private isUp(node: number): boolean {
    return !this.outages.has(node) && !this.outOfPower.has(node);
  }

  private stop(node: number, inFlight: InFlight): void {
    this.pauses.clear(node);
    this.world.crash(node, inFlight);
  }

  private regainPower(node: number): void {
    const others = (this.outOfPower.get(node) ?? 0) - 1;
    if (others > 0) this.outOfPower.set(node, others);
    else this.outOfPower.delete(node);
  }
}
