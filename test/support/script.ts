import type { Host } from '../../src/engine/host';
import type { Message } from '../../src/engine/message';
import type { World } from '../../src/engine/replication';
import type { Timer } from '../../src/engine/timer';
import { Idle } from './one-node';

/** What a node does by itself, and when, in ms from the beginning of the warm-up. */
export type Script = Readonly<Record<number, (host: Host) => void>>;

/** Does what its script says, each by an alarm; a crash silences what was still to come. */
export class Scripted extends Idle {
  /** Of the messages that came, their kinds. */
  readonly heard: number[] = [];

  constructor(
    host: Host,
    private readonly script: Script,
  ) {
    super(host);
    for (const atMs of Object.keys(script)) host.setTimer(host.createTimer(0, Number(atMs)), Number(atMs));
  }

  override onMessage({ kind }: Pick<Message, 'kind'>): void {
    this.heard.push(kind);
  }

  override onTimer({ subject }: Pick<Timer, 'subject'>): void {
    this.script[subject](this.host);
  }
}

/** A cast of such nodes, by index; whoever has no script does nothing. */
export function scripted(scripts: Readonly<Record<number, Script>>) {
  return ({ hosts }: Pick<World, 'hosts'>): { readonly behaviours: readonly Scripted[] } => ({
    behaviours: hosts.map((host) => new Scripted(host, scripts[host.id] ?? {})),
  });
}
