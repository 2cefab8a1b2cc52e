import type { AnomalyKind } from '../../../model/anomaly';
import type { HistoryWindow } from '../../../model/history';
import { Field, HistoryRows } from './history-rows';

/** Around so many of each kind of anomaly, the first ones, a window is kept. */
export const WINDOWS_PER_KIND = 2;
/** A window begins so long before the first invocation of what proves the anomaly, and ends so long after it showed. */
const MARGIN_MS = 10;
/** Operations of a window that ended before the anomaly showed, and after it. */
export const OPERATIONS_BEFORE_MAX = 1_500;
export const OPERATIONS_AFTER_MAX = 500;
/** Operations of the window at the beginning of a run, and numbers in their lists. */
export const OPERATIONS_AT_START_MAX = 2_000;
const NUMBERS_AT_START_MAX = 20_000;

type Draft = { -readonly [Name in keyof HistoryWindow]: HistoryWindow[Name] };

/** What is kept of a run that is too long to be kept whole: stretches of it, copied from the operations that ended lately. */
export class HistoryWindows {
  readonly rows = new HistoryRows();
  /** What was sent until then still belongs to a window. */
  untilMs = -Infinity;
  private readonly drafts: Draft[] = [];
  private readonly shown = new Map<AnomalyKind, number>();
  private roomAfter = 0;

  /** @param beganAtMs the beginning of the run: no window begins before */
  constructor(
    private readonly recent: HistoryRows,
    private readonly beganAtMs: number,
  ) {}

  all(): readonly HistoryWindow[] {
    return [...this.drafts].sort((one, other) => one.fromMs - other.fromMs || one.toMs - other.toMs);
  }

  /** The first operations of the run are about to be forgotten. */
  keepBeginning(): void {
    const { recent } = this;
    const end = beginningOf(recent);
    const toMs = recent.read(end - 1, Field.EndedAtMs);
    this.keepStretch(0, end, { fromMs: this.beganAtMs, toMs, anomaly: null });
    const endedAs = recent.read(end - 1, Field.EndedAs);
    let stragglers = OPERATIONS_AFTER_MAX;
    for (let row = end; row < recent.end && stragglers > 0; row++) {
      if (recent.read(row, Field.InvokedAs) > endedAs) continue;
      this.copy(row, row + 1);
      stragglers--;
    }
  }

  /** As `AnomalyListener` says. */
  showed(anomaly: AnomalyKind, fromMs: number, atMs: number): void {
    const before = this.shown.get(anomaly) ?? 0;
    if (before === WINDOWS_PER_KIND || this.isForgotten(atMs)) return;
    this.shown.set(anomaly, before + 1);
    const toMs = atMs + MARGIN_MS;
    this.untilMs = Math.max(this.untilMs, toMs);
    this.roomAfter = OPERATIONS_AFTER_MAX;
    this.keepBetween(Math.max(fromMs - MARGIN_MS, this.beganAtMs), toMs, anomaly);
  }

  /** What ended so long ago is not remembered any more. */
  private isForgotten(atMs: number): boolean {
    const { recent } = this;
    return recent.first > 0 && recent.first < recent.end && recent.read(recent.first, Field.EndedAtMs) > atMs;
  }

  /** An operation of a window has ended, as the newest row. */
  keepNewest(): void {
    const { end } = this.recent;
    const hasRoom = this.roomAfter > 0 && this.copy(end - 1, end) === end;
    if (hasRoom) this.roomAfter--;
    else this.endAt(this.recent.read(end - 1, Field.EndedAtMs));
  }

  /** What ended in between; of too much, the beginning, where what proves it lies, and what came last, where it showed. */
  private keepBetween(sinceMs: number, toMs: number, anomaly: AnomalyKind): void {
    const { recent } = this;
    const end = firstEndedAfter(recent, toMs);
    const begin = firstEndedAfter(recent, sinceMs);
    const isCut = begin === recent.first && begin > 0;
    const fromMs = isCut ? recent.read(begin, Field.EndedAtMs) : sinceMs;
    if (end - begin <= OPERATIONS_BEFORE_MAX) {
      this.keepStretch(begin, end, { fromMs, toMs, anomaly });
      return;
    }
    const half = OPERATIONS_BEFORE_MAX / 2;
    const gapFromMs = recent.read(begin + half, Field.EndedAtMs);
    const gapToMs = recent.read(end - half - 1, Field.EndedAtMs);
    this.keepStretch(begin, begin + half, { fromMs, toMs: gapFromMs, anomaly });
    this.keepStretch(end - half, end, { fromMs: gapToMs, toMs, anomaly });
  }

  /** Rows [begin, end), as a window that may reach beyond them. */
  private keepStretch(begin: number, end: number, window: Draft): void {
    const stoppedAt = this.copy(begin, end);
    if (stoppedAt < end) {
      window.toMs = this.recent.read(stoppedAt, Field.EndedAtMs);
      this.untilMs = -Infinity;
    }
    if (stoppedAt > begin || begin === end) this.drafts.push(window);
  }

  /** Copies those of [begin, end) that are not kept yet; the first for which there was no room, or `end`. */
  private copy(begin: number, end: number): number {
    const { recent, rows } = this;
    for (let row = begin; row < end; row++) {
      if (recent.isMarked(row)) continue;
      if (!rows.addCopy(recent, row)) return row;
      recent.mark(row);
    }
    return end;
  }

  /** There is no more room. */
  private endAt(nowMs: number): void {
    this.untilMs = -Infinity;
    for (const draft of this.drafts) draft.toMs = Math.min(draft.toMs, nowMs);
  }
}

/** The end of the window at the beginning of a run: it leaves room for others. */
function beginningOf(rows: HistoryRows): number {
  let end = 1;
  while (
    end < Math.min(rows.end, OPERATIONS_AT_START_MAX) &&
    rows.read(end, Field.NumbersAt) <= NUMBERS_AT_START_MAX
  )
    end++;
  return end;
}

/** By bisection: rows lie in the order of their ends. */
function firstEndedAfter(rows: HistoryRows, sinceMs: number): number {
  let low = rows.first;
  let high = rows.end;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (rows.read(middle, Field.EndedAtMs) > sinceMs) high = middle;
    else low = middle + 1;
  }
  return low;
}
