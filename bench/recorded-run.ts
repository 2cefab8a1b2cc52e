import type { Commit, ObservedOperation, Observer } from '../src/model/observer';
import { OPERATION_KINDS, OUTCOMES } from '../src/model/operation';
import type { LogVersion, Version } from '../src/model/version';

const CALLS_MAX = 2_000_000;

/** A row is one call: numbers alone, so that the recording weighs on neither the heap nor its collector. */
const ROW = 16;
const enum Column {
  Call,
  Id,
  Kind,
  Session,
  Client,
  Key,
  ArrivedAtMs,
  InvokedAtMs,
  CompletedAtMs,
  Outcome,
  Epoch,
  Lsn,
  Node,
  Measured,
  Place,
  Writer,
}

const INVOKED = 0;
const ENDED = 1;
const COMMITTED = 2;
const APPLIED = 3;
const SELDOM = 4;

type Writable<Type> = { -readonly [Field in keyof Type]: Type[Field] };

/** Takes down the calls of a run once, to tell them to observers as often as wanted, as the engine would. */
export class RecordedRun implements Observer {
  private readonly rows = new Float64Array(ROW * CALLS_MAX);
  private readonly seldom: ((observer: Observer) => void)[] = [];
  private calls = 0;
  private readonly version = { epoch: 0, lsn: 0 };
  private readonly operation: Writable<ObservedOperation> = {
    id: 0,
    kind: 'READ',
    session: 0,
    place: 0,
    client: 0,
    key: 0,
    arrivedAtMs: 0.5,
    invokedAtMs: 0.5,
    completedAtMs: 0.5,
    outcome: 'UNKNOWN',
    version: null,
    node: null,
    effect: 'SET',
    operand: 0,
    cause: null,
    value: null,
    writer: null,
  };
  private readonly commit: Writable<Commit> = {
    operation: 0,
    key: 0,
    version: this.version,
    node: 0,
    atMs: 0.5,
    measured: false,
  };

  get length(): number {
    return this.calls;
  }

  operationInvoked(operation: ObservedOperation): void {
    this.takeOperation(INVOKED, operation);
  }

  operationEnded(operation: ObservedOperation): void {
    this.takeOperation(ENDED, operation);
  }

  committed({ operation, key, version, node, atMs, measured }: Commit): void {
    const row = this.begin(COMMITTED, operation);
    this.rows[row + Column.Key] = key;
    this.rows[row + Column.Node] = node;
    this.rows[row + Column.InvokedAtMs] = atMs;
    this.rows[row + Column.Measured] = measured ? 1 : 0;
    this.takeVersion(row, version);
  }

  applied(replica: number, id: number, atMs: number): void {
    const row = this.begin(APPLIED, id);
    this.rows[row + Column.Node] = replica;
    this.rows[row + Column.InvokedAtMs] = atMs;
  }

  discarded(...told: Parameters<Observer['discarded']>): void {
    this.takeSeldom((observer) => observer.discarded(...told));
  }

  reconciled(...told: Parameters<Observer['reconciled']>): void {
    this.takeSeldom((observer) => observer.reconciled(...told));
  }

  leadership(...told: Parameters<Observer['leadership']>): void {
    this.takeSeldom((observer) => observer.leadership(...told));
  }

  failedOver(...told: Parameters<Observer['failedOver']>): void {
    this.takeSeldom((observer) => observer.failedOver(...told));
  }

  noticed(...told: Parameters<Observer['noticed']>): void {
    this.takeSeldom((observer) => observer.noticed(...told));
  }

  copied(...told: Parameters<Observer['copied']>): void {
    this.takeSeldom((observer) => observer.copied(...told));
  }

  recovered(...told: Parameters<Observer['recovered']>): void {
    this.takeSeldom((observer) => observer.recovered(...told));
  }

  positions(...told: Parameters<Observer['positions']>): void {
    this.takeSeldom((observer) => observer.positions(...told));
  }

  fault(...event: Parameters<Observer['fault']>): void {
    this.takeSeldom((observer) => observer.fault(...event));
  }

  clientsStopped(atMs: number): void {
    this.takeSeldom((observer) => observer.clientsStopped(atMs));
  }

  settled(...told: Parameters<Observer['settled']>): void {
    this.takeSeldom((observer) => observer.settled(...told));
  }

  play(observer: Observer): void {
    let seldom = 0;
    for (let row = 0; row < ROW * this.calls; row += ROW)
      switch (this.rows[row]) {
        case INVOKED:
          observer.operationInvoked(this.operationOf(row));
          break;
        case ENDED:
          observer.operationEnded(this.operationOf(row));
          break;
        case COMMITTED:
          observer.committed(this.commitOf(row));
          break;
        case APPLIED:
          observer.applied(
            this.rows[row + Column.Node],
            this.rows[row + Column.Id],
            this.rows[row + Column.InvokedAtMs],
          );
          break;
        default:
          this.seldom[seldom++](observer);
      }
  }

  private begin(call: number, id: number): number {
    if (this.calls === CALLS_MAX) throw new Error(`a recording holds ${CALLS_MAX} calls`);
    const row = ROW * this.calls++;
    this.rows[row] = call;
    this.rows[row + Column.Id] = id;
    return row;
  }

  private takeSeldom(tell: (observer: Observer) => void): void {
    this.begin(SELDOM, 0);
    this.seldom.push(tell);
  }

  private takeOperation(call: number, operation: ObservedOperation): void {
    const row = this.begin(call, operation.id);
    this.rows[row + Column.Kind] = OPERATION_KINDS.indexOf(operation.kind);
    this.rows[row + Column.Session] = operation.session;
    this.rows[row + Column.Place] = operation.place;
    this.rows[row + Column.Client] = operation.client;
    this.rows[row + Column.Key] = operation.key;
    this.rows[row + Column.ArrivedAtMs] = operation.arrivedAtMs;
    this.rows[row + Column.InvokedAtMs] = operation.invokedAtMs;
    this.rows[row + Column.CompletedAtMs] = operation.completedAtMs;
    this.rows[row + Column.Outcome] = OUTCOMES.indexOf(operation.outcome);
    this.rows[row + Column.Node] = operation.node ?? -1;
    this.rows[row + Column.Writer] = operation.writer ?? -1;
    this.takeVersion(row, operation.version);
  }

  private takeVersion(row: number, version: Version | null): void {
    const { epoch, lsn } = (version as LogVersion | null) ?? { epoch: 0, lsn: 0 };
    this.rows[row + Column.Epoch] = epoch;
    this.rows[row + Column.Lsn] = lsn;
  }

  private operationOf(row: number): ObservedOperation {
    const { operation, rows } = this;
    const node = rows[row + Column.Node];
    operation.id = rows[row + Column.Id];
    operation.kind = OPERATION_KINDS[rows[row + Column.Kind]];
    operation.session = rows[row + Column.Session];
    operation.place = rows[row + Column.Place];
    operation.client = rows[row + Column.Client];
    operation.key = rows[row + Column.Key];
    operation.arrivedAtMs = rows[row + Column.ArrivedAtMs];
    operation.invokedAtMs = rows[row + Column.InvokedAtMs];
    operation.completedAtMs = rows[row + Column.CompletedAtMs];
    operation.outcome = OUTCOMES[rows[row + Column.Outcome]];
    operation.node = node === -1 ? null : node;
    operation.writer = rows[row + Column.Writer] === -1 ? null : rows[row + Column.Writer];
    operation.value = operation.kind === 'READ' ? operation.writer : null;
    operation.version = rows[row + Column.Lsn] === 0 ? null : this.versionOf(row);
    return operation;
  }

  private commitOf(row: number): Commit {
    const { commit, rows } = this;
    commit.operation = rows[row + Column.Id];
    commit.key = rows[row + Column.Key];
    commit.node = rows[row + Column.Node];
    commit.atMs = rows[row + Column.InvokedAtMs];
    commit.measured = rows[row + Column.Measured] === 1;
    this.versionOf(row);
    return commit;
  }

  private versionOf(row: number): Version {
    this.version.epoch = this.rows[row + Column.Epoch];
    this.version.lsn = this.rows[row + Column.Lsn];
    return this.version;
  }
}
