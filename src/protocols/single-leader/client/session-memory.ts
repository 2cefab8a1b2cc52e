import type { Cause } from '../../../engine/message';

/** What the session is to be shown of a shard: an LSN of 0 for nothing, and a time of −∞. */
export interface Token {
  epoch: number;
  lsn: number;
  timestampMs: number;
}

/** What the sessions of the clients remember of what they have seen and done. */
export class SessionMemory {
  /** By session and shard. */
  private readonly epochs: Int32Array;
  private readonly lsns: Int32Array;
  private readonly timestamps: Float64Array;
  /** By session: when its last write was acknowledged, which one that was, and its version. */
  private readonly wroteAtMs: Float64Array;
  private readonly writes: Int32Array;
  private readonly causes: (Cause | null)[];
  private readonly token: Token = { epoch: 0, lsn: 0, timestampMs: -Infinity };

  constructor(
    sessions: number,
    private readonly shards: number,
  ) {
    this.epochs = new Int32Array(sessions * shards);
    this.lsns = new Int32Array(sessions * shards);
    this.timestamps = new Float64Array(sessions * shards).fill(-Infinity);
    this.wroteAtMs = new Float64Array(sessions).fill(-Infinity);
    this.writes = new Int32Array(sessions).fill(-1);
    this.causes = new Array<Cause | null>(sessions).fill(null);
  }

  /** The session has read or written that version: the newest counts. */
  saw(session: number, shard: number, { epoch, lsn, timestampMs }: Readonly<Token>): void {
    const place = session * this.shards + shard;
    if (timestampMs > this.timestamps[place]) this.timestamps[place] = timestampMs;
    if (epoch < this.epochs[place] || (epoch === this.epochs[place] && lsn <= this.lsns[place])) return;
    this.epochs[place] = epoch;
    this.lsns[place] = lsn;
  }

  wrote(
    session: number,
    write: { readonly operation: number; readonly version: Cause; readonly atMs: number },
  ): void {
    this.wroteAtMs[session] = write.atMs;
    this.writes[session] = write.operation;
    this.causes[session] = write.version;
  }

  /** Read it before the next one is asked for. */
  tokenOf(session: number, shard: number): Readonly<Token> {
    const place = session * this.shards + shard;
    this.token.epoch = this.epochs[place];
    this.token.lsn = this.lsns[place];
    this.token.timestampMs = this.timestamps[place];
    return this.token;
  }

  /** When its last write was acknowledged; −∞ before the first. */
  lastWriteMs(session: number): number {
    return this.wroteAtMs[session];
  }

  /** The version of that write, if it was the session's last and was acknowledged. */
  versionOf(session: number, operation: number): Cause | null {
    return this.writes[session] === operation ? this.causes[session] : null;
  }
}
