import type { Message } from '../../engine/message';
import type { Membership } from './failover/membership';
import type { Leading } from './leading/leading';
import { Kind, type About } from './messages';
import type { Applier } from './replication/applier';
import type { LogSender } from './replication/log-sender';
import type { Receiver } from './replication/receiver';

/** The parts of a replica that messages are for. */
export interface InboxParts {
  readonly sender: LogSender;
  readonly receiver: Receiver;
  readonly applier: Applier;
  readonly leading: Leading;
  readonly membership: Membership;
  readonly isLeading: () => boolean;
  /** It has read where its log ends. */
  readonly onPositionFound: () => void;
  /** It may know now that what another shard waits for is lost. */
  readonly onCatchUp: () => void;
}

/** Hands each message to the part of a replica that it is for; what comes most often first. */
export class Inbox {
  constructor(private readonly parts: InboxParts) {}

  deliver(message: Message): void {
    const { receiver, applier, sender, membership } = this.parts;
    switch (message.kind) {
      case Kind.Append:
        receiver.onAppend(message);
        break;
      case Kind.Apply:
        applier.onWorked(message.lsn);
        break;
      case Kind.Flushed:
        sender.onFlushedAt(message.from, message.lsn);
        this.onReport();
        break;
      case Kind.Written:
        sender.onWritten(message.from, message.lsn);
        this.onReport();
        break;
      case Kind.Applied:
        sender.onApplied(message.from, message.lsn);
        this.onReport();
        break;
      case Kind.Heartbeat:
        membership.onHeartbeat(message);
        break;
      default:
        this.deliverSeldom(message);
    }
  }

  private onReport(): void {
    if (this.parts.isLeading()) this.parts.leading.advance();
  }

  /** Of catching up: between a node and those it follows, or that follow it. */
  private deliverSeldom(message: Message): void {
    const { receiver, sender, leading } = this.parts;
    switch (message.kind) {
      case Kind.Beat:
        if (this.parts.isLeading()) leading.onBeat();
        break;
      case Kind.Entries:
        receiver.onEntries(message);
        this.parts.onCatchUp();
        break;
      case Kind.Connect:
        sender.onConnect(message.from, attachmentOf(message));
        break;
      case Kind.Disconnect:
        sender.onDisconnect(message.from);
        break;
      case Kind.Diverged:
        receiver.onDiverged(message);
        break;
      case Kind.AskLeader:
        receiver.onAskLeader(message);
        break;
      case Kind.Incompatible:
        receiver.onIncompatible(message);
        break;
      case Kind.FindPosition:
        this.parts.onPositionFound();
        break;
      default:
        this.deliverOfCopies(message);
    }
  }

  private deliverOfCopies(message: Message): void {
    const { receiver, sender } = this.parts;
    switch (message.kind) {
      case Kind.NeedsCopy:
        receiver.onNeedsCopy(message);
        break;
      case Kind.AskCopy:
        sender.onAskCopy(message.from, attachmentOf(message));
        break;
      case Kind.Copy:
        receiver.onCopy({ from: message.from, session: message.session, attachment: attachmentOf(message) });
        break;
      default:
        this.deliverOfElections(message);
    }
  }

  private deliverOfElections(message: Message): void {
    const { membership } = this.parts;
    switch (message.kind) {
      case Kind.Lead:
        membership.onLead(message);
        break;
      case Kind.Outdated:
        membership.onOutdated(message);
        break;
      case Kind.Poll:
        membership.onPoll(about(message));
        break;
      case Kind.Standing:
        membership.onStanding(about(message));
        break;
      case Kind.Nominate:
        membership.onNominate(about(message));
        break;
      case Kind.Propose:
        membership.onPropose(about(message));
        break;
      case Kind.Promise:
        membership.onPromise(about(message));
    }
  }
}

/** What a message of a kind carries is for its sender to fill in: the attachment is of the type that the handler names. */
function attachmentOf(message: Message): never {
  return message.attachment as never;
}

function about(message: Message): About<never> {
  return { from: message.from, attachment: attachmentOf(message) };
}
