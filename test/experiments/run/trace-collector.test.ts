import { describe, expect, it } from '@jest/globals';
import { TraceCollector } from '../../../src/experiments/run/trace-collector';
import { began, notice, outlineOf, takeover } from '../../support/leader-events';

const NO_WORDS = { messages: [], timers: [] };

function traced(tell: (collector: TraceCollector) => void) {
  const window = { fromMs: 0, toMs: 100, eventsMax: 10 };
  const collector = new TraceCollector({ outline: outlineOf(), vocabulary: NO_WORDS, ...window });
  tell(collector);
  return collector.trace().events;
}

describe('a trace', () => {
  it('tells notices, copies, recoveries and leaders, and not the samples of positions', () => {
    const steps = {
      restartedAtMs: 10,
      positionKnownAtMs: 11,
      answeredAtMs: 12,
      caughtUpAtMs: 13,
      liveAtMs: 40,
    };
    const events = traced((collector) => {
      collector.noticed(notice('TAIL_DISCARDED', { figures: [3, 4] }));
      collector.leadership(began(1, 2, 6, 3));
      collector.failedOver(takeover({ atMs: 7 }));
      collector.copied({ replica: 2, shard: 1, version: { epoch: 2, lsn: 9 }, atMs: 30 });
      collector.recovered({ replica: 2, shard: 1, ...steps, entries: 5, copiedBytes: 0 });
      collector.positions();
    });
    expect(events).toEqual([
      { type: 'NOTICE', kind: 'TAIL_DISCARDED', node: 1, about: 0, figures: [3, 4], shard: 0, atMs: 5 },
      { type: 'LEADERSHIP', kind: 'BEGAN', node: 1, epoch: 2, shard: 3, atMs: 6 },
      { type: 'FAILOVER', ...takeover({ atMs: 7 }) },
      { type: 'COPIED', node: 2, shard: 1, version: { epoch: 2, lsn: 9 }, atMs: 30 },
      { type: 'RECOVERED', node: 2, shard: 1, ...steps, entries: 5, copiedBytes: 0, atMs: 40 },
    ]);
  });

  it('tells nothing of what happened outside of its window', () => {
    const events = traced((collector) => {
      collector.noticed(notice('ELECTED', { atMs: -1 }));
      collector.noticed(notice('ELECTED', { atMs: 100 }));
    });
    expect(events).toEqual([]);
  });

  it('does not change with the figures of a notice that is used again', () => {
    const figures = [1, 2];
    const [event] = traced((collector) => {
      collector.noticed(notice('TAIL_DISCARDED', { figures }));
      figures[0] = 7;
    });
    expect(event).toMatchObject({ figures: [1, 2] });
  });
});
