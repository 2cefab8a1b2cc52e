import { NOTICE_KINDS, type Notice, type NoticeKind } from '../../model/observer';
import type { Notices } from '../../model/replication-measurements';

/** Counts what protocols give notice of, the bytes of the copies that were completed, and the log that was thrown away. */
export class NoticeCounts {
  private readonly counts = new Map<NoticeKind, number>();
  /** Bytes of the copy that a node is making of a shard. */
  private readonly underWay = new Map<string, number>();
  private copiedBytes = 0;
  private discardedEntries = 0;

  noticed(notice: Notice): void {
    const { kind, figures } = notice;
    this.counts.set(kind, 1 + (this.counts.get(kind) ?? 0));
    if (kind === 'FULL_COPY_BEGAN' || kind === 'REWIND_BEGAN') this.underWay.set(placeOf(notice), figures[0]);
    else if (kind === 'FULL_COPY_ENDED' || kind === 'REWIND_ENDED') this.finish(notice);
    else if (kind === 'TAIL_DISCARDED') this.discardedEntries += figures[1] - figures[0] + 1;
  }

  measured(): Notices {
    const counts = NOTICE_KINDS.map((kind) => ({ kind, count: this.counts.get(kind) ?? 0 }));
    const { copiedBytes, discardedEntries } = this;
    return { counts: counts.filter(({ count }) => count > 0), copiedBytes, discardedEntries };
  }

  private finish(notice: Notice): void {
    const place = placeOf(notice);
    this.copiedBytes += this.underWay.get(place) ?? 0;
    this.underWay.delete(place);
  }
}

function placeOf({ node, shard }: Notice): string {
  return `${node} ${shard}`;
}
