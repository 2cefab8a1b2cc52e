import type { ClientSide, Driver } from '../../../engine/driver';
import { ClientMessage, type Cause, type Message, type Request } from '../../../engine/message';
import type { OpenOperation } from '../../../engine/open-operation';
import type { World } from '../../../engine/replication';
import { EFFECT_CODES } from '../../../model/operation';
import { Demand, Kind, type DemandingRead, type DemandingWrite } from '../messages';
import type { SingleLeaderSettings } from '../settings/settings';
import { Directory } from './directory';
import { ReadRouting, type RoutedRead } from './read-routing';
import type { SessionMemory, Token } from './session-memory';

export interface DriverSettings {
  readonly settings: SingleLeaderSettings;
  /** Who leads when the run begins. */
  readonly leader: number;
  readonly shardOf: (key: number) => number;
  /** Of all sessions of the run; null where nothing of them need be remembered. */
  readonly memory: SessionMemory | null;
}

const NO_TOKEN: Readonly<Token> = { epoch: 0, lsn: 0, timestampMs: -Infinity };

/** The client library of a single leader: writes go to the leader, reads where the policy says, with what the session must be shown. */
export class SingleLeaderDriver implements Driver {
  private readonly directory: Directory;
  private readonly routing: ReadRouting;
  /** Reads are to show at least what their session has seen: by the place in the log, or by the time. */
  private readonly hasPositions: boolean;
  private readonly hasTimes: boolean;
  private readonly isTracked: boolean;

  constructor(
    private readonly clientSide: ClientSide,
    private readonly parts: DriverSettings,
    world: World,
  ) {
    const { settings, leader } = parts;
    const { policy, windowMs } = settings.reads;
    const { redirection } = settings.failover;
    this.directory = new Directory({ shards: settings.shards, leader, redirection });
    const place = world.clients[clientSide.client].datacenter;
    this.routing = new ReadRouting({ policy, leader, windowMs, place }, world);
    this.isTracked = settings.causality === 'TRACKED';
    this.hasPositions = policy === 'LSN_TOKEN' || this.isTracked;
    this.hasTimes = policy === 'TIMESTAMP_TOKEN';
  }

  invoke(operation: OpenOperation): void {
    const { nowMs } = this.clientSide;
    const leader = this.directory.leaderOf(this.parts.shardOf(operation.key), nowMs);
    if (operation.kind === 'WRITE') this.write(operation, leader);
    else if (this.parts.settings.reads.policy === 'LEADER') this.read(operation, leader, Demand.Leader);
    else
      this.read(operation, this.routing.nodeFor(this.routed(operation, { leader, nowMs })), Demand.Anybody);
  }

  onMessage(message: Message): void {
    if (message.kind === Kind.Moved) {
      this.directory.publish(message.channel, { node: message.from, epoch: message.epoch });
      return;
    }
    const operation = this.clientSide.find(message);
    if (operation === null) return;
    if (message.kind === ClientMessage.Refusal) this.clientSide.refuse(operation);
    else if (message.kind === Kind.TooFarBehind) this.askAnother(operation, message.from);
    else this.succeed(operation, message);
  }

  private routed(
    { session, choice }: OpenOperation,
    { leader, nowMs }: { readonly leader: number; readonly nowMs: number },
  ): RoutedRead {
    const lastWriteMs = this.parts.memory?.lastWriteMs(session) ?? -Infinity;
    return { session, choice, leader, lastWriteMs, nowMs };
  }

  /** Under a bound on the lag some other follower may be fresh enough; what a token asks for the leader has. */
  private askAnother(operation: OpenOperation, asked: number): void {
    const { nowMs } = this.clientSide;
    const leader = this.directory.leaderOf(this.parts.shardOf(operation.key), nowMs);
    const isBounded = this.parts.settings.reads.policy === 'LAG_BOUNDED';
    const next = isBounded
      ? this.routing.nodeAfter(asked, this.routed(operation, { leader, nowMs }))
      : leader;
    this.read(operation, next, next === leader ? Demand.Leader : Demand.Anybody);
  }

  private write(operation: OpenOperation, leader: number): void {
    const write: DemandingWrite = this.clientSide.send(leader, ClientMessage.Write, 1);
    fill(write, operation);
    write.cause = this.isTracked ? this.causeOf(operation) : null;
  }

  private read(operation: OpenOperation, node: number, demand: number): void {
    const read: DemandingRead = this.clientSide.send(node, ClientMessage.Read);
    fill(read, operation);
    const token = this.tokenOf(operation);
    read.target = demand;
    read.epoch = this.hasPositions ? token.epoch : 0;
    read.lsn = this.hasPositions ? token.lsn : 0;
    read.timestampMs = this.hasTimes ? token.timestampMs : -Infinity;
  }

  private tokenOf({ session, key }: OpenOperation): Readonly<Token> {
    const { memory, shardOf } = this.parts;
    return memory === null ? NO_TOKEN : memory.tokenOf(session, shardOf(key));
  }

  private causeOf({ session, cause }: OpenOperation): Cause | null {
    return cause === null ? null : (this.parts.memory?.versionOf(session, cause) ?? null);
  }

  private succeed(operation: OpenOperation, answer: Message): void {
    if (this.parts.memory !== null) this.remember(operation, answer, this.parts.memory);
    this.clientSide.succeed(operation, answer);
  }

  private remember({ id, session, key, kind }: OpenOperation, answer: Message, memory: SessionMemory): void {
    if (answer.lsn === 0) return;
    const shard = this.parts.shardOf(key);
    const { epoch, lsn } = answer;
    memory.saw(session, shard, answer);
    if (kind === 'WRITE')
      memory.wrote(session, { operation: id, version: { shard, epoch, lsn }, atMs: this.clientSide.nowMs });
    else if (answer.cause !== null)
      memory.saw(session, answer.cause.shard, { ...answer.cause, timestampMs: -Infinity });
  }
}

function fill(request: Request, operation: OpenOperation): void {
  request.operation = operation.id;
  request.session = operation.session;
  request.key = operation.key;
  request.effect = EFFECT_CODES[operation.effect];
  request.operand = operation.operand;
}
