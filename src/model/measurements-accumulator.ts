import { WITNESSES_KEPT, type AnomalyTally } from './anomaly';
import { DelayCounts } from './delay-counts';
import { FirstFew } from './first-few';
import { Histogram } from './histogram';
import { DurationColumns } from './interval-columns';
import { KeyedParts } from './keyed-parts';
import { OUTAGES_KEPT, TIMELINE_EVENTS_KEPT, type Measurements } from './measurements';
import {
  anomalyKey,
  latencyKey,
  longestFirst,
  outagesInOrder,
  replicaKey,
  seriesKey,
  timelineKey,
  witnessKey,
} from './measurements-order';
import { OperationColumns } from './operation-columns';
import { ReplicationAccumulator } from './replication-accumulator';
import { StalenessCounts } from './staleness-counts';

/**
 * Merges the measurements of many runs in place: each run is added to the same histograms and columns, and canonical data
 * is made once, at the end.
 *
 * A set of runs gives the same `measurements` in whatever order it is added and however it was merged before. The runs must
 * be different ones of one configuration; a run added twice is counted twice.
 */
export class MeasurementsAccumulator {
  private runs = 0;
  private convergedRuns = 0;
  private truncatedRuns = 0;
  private reconciliations = 0;
  private readonly latencies = new KeyedParts(latencyKey, () => new Histogram());
  private readonly replicationLag = new KeyedParts(replicaKey, () => new CountedHistogram());
  private readonly visibilityLag = new CountedHistogram();
  private readonly convergenceTime = new Histogram();
  private readonly anomalies = new KeyedParts(anomalyKey, () => new TallyInProgress());
  private readonly outages = new FirstFew(OUTAGES_KEPT, longestFirst);
  private longestOutageMs = 0;
  private readonly timeline = new FirstFew(TIMELINE_EVENTS_KEPT, timelineKey);
  private readonly cost = new CostInProgress();
  private readonly reads = new Histogram();
  private readonly missed = new Histogram();
  private readonly delays = new DelayCounts();
  private readonly kStaleness = new StalenessCounts();
  private readonly operationSeries = new KeyedParts(seriesKey, () => new OperationColumns());
  private readonly lagSeries = new DurationColumns();
  private readonly recoveryTime = new CountedHistogram();
  private readonly replication = new ReplicationAccumulator();

  /** Of one run, or of runs merged before. */
  add(one: Measurements): void {
    this.runs += one.runs;
    this.convergedRuns += one.convergedRuns;
    this.truncatedRuns += one.truncatedRuns;
    this.reconciliations += reconciliationsOf(one);
    this.convergenceTime.addEncoded(one.convergenceTime);
    this.longestOutageMs = Math.max(this.longestOutageMs, one.longestOutageMs);
    this.outages.add(one.outages);
    this.timeline.add(one.timeline);
    this.cost.add(one.cost);
    for (const latency of one.latencies) this.latencies.of(latency).addEncoded(latency.histogram);
    for (const tally of one.anomalies) this.anomalies.of(tally).add(tally);
    this.addLags(one);
    this.addStaleness(one);
    this.addSeries(one);
    this.replication.add(one);
  }

  /** Canonical; more may be added afterwards. */
  measurements(): Measurements {
    return {
      runs: this.runs,
      convergedRuns: this.convergedRuns,
      truncatedRuns: this.truncatedRuns,
      latencies: this.latencies.inOrder(({ kind, datacenter, outcome }, histogram) => ({
        kind,
        datacenter,
        outcome,
        histogram: histogram.encode(),
      })),
      replicationLag: this.replicationLag.inOrder(({ replica }, lag) => ({
        replica,
        ...lag.encodeUnapplied(),
      })),
      visibilityLag: this.visibilityLag.encodeUnapplied(),
      convergenceTime: this.convergenceTime.encode(),
      anomalies: this.anomalies.inOrder(({ kind }, tally) => ({ kind, ...tally.encode() })),
      reconciliations: this.reconciliations,
      outages: outagesInOrder(this.outages.all()),
      longestOutageMs: this.longestOutageMs,
      timeline: this.timeline.all(),
      cost: this.cost.encode(),
      tVisibility: {
        reads: this.reads.encode(),
        missed: this.missed.encode(),
        delays: this.delays.encode(),
      },
      kStaleness: this.kStaleness.encode(),
      series: {
        operations: this.operationSeries.inOrder(({ kind, datacenter }, columns) => ({
          kind,
          datacenter,
          ...columns.encode(),
        })),
        replicationLag: this.lagSeries.encode(),
      },
      recoveryTime: {
        histogram: this.recoveryTime.histogram.encode(),
        unrecovered: this.recoveryTime.others,
      },
      ...this.replication.measurements(),
    };
  }

  private addLags({ replicationLag, visibilityLag, recoveryTime }: Measurements): void {
    for (const lag of replicationLag) this.replicationLag.of(lag).add(lag.histogram, lag.unapplied);
    this.visibilityLag.add(visibilityLag.histogram, visibilityLag.unapplied);
    this.recoveryTime.add(recoveryTime.histogram, recoveryTime.unrecovered);
  }

  private addStaleness({ tVisibility, kStaleness }: Measurements): void {
    this.reads.addEncoded(tVisibility.reads);
    this.missed.addEncoded(tVisibility.missed);
    for (const delay of tVisibility.delays) this.delays.add(delay);
    this.kStaleness.addEncoded(kStaleness);
  }

  private addSeries({ series }: Measurements): void {
    for (const operations of series.operations) this.operationSeries.of(operations).addEncoded(operations);
    this.lagSeries.addEncoded(series.replicationLag);
  }
}

/** Durations, and how many others had none. */
class CountedHistogram {
  readonly histogram = new Histogram();
  others = 0;

  add(histogram: Measurements['convergenceTime'], others: number): void {
    this.histogram.addEncoded(histogram);
    this.others += others;
  }

  encodeUnapplied(): Measurements['visibilityLag'] {
    return { histogram: this.histogram.encode(), unapplied: this.others };
  }
}

/** Results of earlier engines, which had nothing to reconcile, do not tell. */
function reconciliationsOf({ reconciliations = 0 }: Partial<Measurements>): number {
  return reconciliations;
}

type StoredTally = Omit<AnomalyTally, 'affected' | 'unjudged'> & Partial<AnomalyTally>;

class TallyInProgress {
  private count = 0;
  private affected = 0;
  private relevant = 0;
  private unjudged = 0;
  private readonly witnesses = new FirstFew(WITNESSES_KEPT, witnessKey);

  /** Results of earlier engines have neither `affected` nor `unjudged`. */
  add({ count, affected = count, relevant, unjudged = 0, witnesses }: StoredTally): void {
    this.count += count;
    this.affected += affected;
    this.relevant += relevant;
    this.unjudged += unjudged;
    this.witnesses.add(witnesses);
  }

  encode(): Omit<AnomalyTally, 'kind'> {
    const { count, affected, relevant, unjudged } = this;
    return { count, affected, relevant, unjudged, witnesses: this.witnesses.all() };
  }
}

class CostInProgress {
  private messages = 0;
  private bytes = 0;
  private events = 0;
  private logBytes: number | null = null;

  add({ messages, bytes, events, logBytes }: Measurements['cost']): void {
    this.messages += messages;
    this.bytes += bytes;
    this.events += events;
    if (logBytes !== null) this.logBytes = (this.logBytes ?? 0) + logBytes;
  }

  encode(): Measurements['cost'] {
    return { messages: this.messages, bytes: this.bytes, events: this.events, logBytes: this.logBytes };
  }
}
