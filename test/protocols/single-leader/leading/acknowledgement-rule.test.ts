import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { AcknowledgementRule } from '../../../../src/protocols/single-leader/leading/acknowledgement-rule';
import { Standby } from '../../../../src/protocols/single-leader/replication/standby';
import {
  AWAITED,
  DEFAULT_ACKNOWLEDGEMENT,
  type AcknowledgementSettings,
} from '../../../../src/protocols/single-leader/settings/acknowledgement';
import { DEFAULT_SINGLE_LEADER } from '../../../../src/protocols/single-leader/settings/settings';

/** Node 0 leads 1 … 4. */
const FOLLOWERS = [1, 2, 3, 4];
const TIMEOUT_MS = 100;
const NOW_MS = 1000;

interface Given extends Partial<Omit<AcknowledgementSettings, 'standbys'>> {
  readonly standbys?: readonly number[];
  /** Those that follow another follower. */
  readonly cascaded?: readonly number[];
}

/** How far the rule says enough followers are. */
function positionOf({ standbys, cascaded = [], ...settings }: Given, known: readonly Standby[]): number {
  const rule = new AcknowledgementRule({
    plan: {
      settings: {
        ...DEFAULT_SINGLE_LEADER,
        acknowledgement: { ...DEFAULT_ACKNOWLEDGEMENT, ...settings },
      },
      followersOf: [FOLLOWERS.filter((node) => !cascaded.includes(node))],
      standbys: standbys ?? [0, ...FOLLOWERS],
      timeoutMs: TIMEOUT_MS,
    },
    sender: { find: (node) => known.find((standby) => standby.node === node) ?? null },
    node: 0,
    time: { nowMs: NOW_MS },
  });
  return rule.position();
}

/** On the live stream and just heard of; it has written 2 more than it has flushed, and applied 3 less. */
function standbyAt(node: number, flushed: number): Standby {
  const standby = new Standby(node);
  standby.state = 'STREAMING';
  standby.heardAtMs = NOW_MS;
  return Object.assign(standby, { sent: flushed + 5, written: flushed + 2, flushed, applied: flushed - 3 });
}

const ALL = [standbyAt(1, 40), standbyAt(2, 10), standbyAt(3, 30), standbyAt(4, 20)];

describe('the rule of acknowledgement', () => {
  it.each([
    [{ mode: 'SYNC' }, 10],
    [{ mode: 'ANY', count: 1 }, 40],
    [{ mode: 'ANY', count: 3 }, 20],
    [{ mode: 'ANY', count: 2, standbys: [2, 4, 3] }, 20],
    [{ mode: 'SEMI_SYNC', count: 2 }, 30],
    [{ mode: 'FIRST', count: 1 }, 40],
    [{ mode: 'FIRST', count: 2 }, 10],
    [{ mode: 'FIRST', count: 1, standbys: [4, 1] }, 20],
  ] as const)('waits under %j as far as %d', (settings, expected) => {
    expect(positionOf(settings, ALL)).toBe(expected);
  });

  it('waits for what it is told to: the write, the flush, or the apply', () => {
    const of = (awaited: AcknowledgementSettings['await']) =>
      positionOf({ mode: 'SYNC', await: awaited }, ALL);
    expect(AWAITED.slice(1).map(of)).toEqual([12, 10, 7]);
  });

  it('takes what was flushed for written, although no report of that came', () => {
    const behind = Object.assign(standbyAt(1, 40), { written: 20 });
    expect(positionOf({ mode: 'ANY', standbys: [1], await: 'REMOTE_WRITE' }, [behind])).toBe(40);
  });

  it('waits without end for whom it knows nothing of, unless that one is not needed', () => {
    expect(positionOf({ mode: 'SYNC' }, ALL.slice(1))).toBe(0);
    expect(positionOf({ mode: 'ANY', count: 3 }, ALL.slice(1))).toBe(10);
  });

  it('passes under FIRST over whom it has not heard of for longer than the time-out, and who catches up', () => {
    const silent = Object.assign(standbyAt(1, 40), { heardAtMs: NOW_MS - TIMEOUT_MS - 0.1 });
    const late = Object.assign(standbyAt(1, 40), { heardAtMs: NOW_MS - TIMEOUT_MS });
    const behind = Object.assign(standbyAt(1, 40), { state: 'CATCH_UP' as const });
    expect(positionOf({ mode: 'FIRST' }, [silent, ...ALL.slice(1)])).toBe(10);
    expect(positionOf({ mode: 'FIRST' }, [late, ...ALL.slice(1)])).toBe(40);
    expect(positionOf({ mode: 'FIRST' }, [behind, ...ALL.slice(1)])).toBe(10);
    expect(positionOf({ mode: 'FIRST', count: 4 }, [silent, ...ALL.slice(1)])).toBe(-1);
  });

  it('does not take what is being copied for a follower for what it has', () => {
    const copying = Object.assign(standbyAt(1, 40), { state: 'COPYING' as const });
    expect(positionOf({ mode: 'ANY' }, [copying, ...ALL.slice(1)])).toBe(30);
    expect(positionOf({ mode: 'SYNC' }, [copying, ...ALL.slice(1)])).toBe(0);
  });

  it('counts nobody who follows a follower', () => {
    expect(positionOf({ mode: 'SYNC', cascaded: [2, 4] }, ALL)).toBe(30);
    expect(positionOf({ mode: 'FIRST', cascaded: [1] }, ALL)).toBe(10);
    expect(positionOf({ mode: 'ANY', standbys: [1, 2], cascaded: [1] }, ALL)).toBe(10);
  });

  it('waits for nobody under SYNC where nobody follows', () => {
    expect(positionOf({ mode: 'SYNC', cascaded: FOLLOWERS }, ALL)).toBe(Infinity);
  });

  it('is the highest LSN that so many have, whoever they are', () => {
    const flushed = fc.tuple(...FOLLOWERS.map(() => fc.nat(20)));
    fc.assert(
      fc.property(flushed, fc.integer({ min: 1, max: 4 }), (lsns, count) => {
        const standbys = lsns.map((lsn, index) => standbyAt(FOLLOWERS[index], lsn));
        const position = positionOf({ mode: 'ANY', count }, standbys);
        const having = (lsn: number) => lsns.filter((other) => other >= lsn).length;
        expect(having(position)).toBeGreaterThanOrEqual(count);
        expect(having(position + 1)).toBeLessThan(count);
      }),
      { seed: 1 },
    );
  });
});
