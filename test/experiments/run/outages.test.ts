import { describe, expect, it } from '@jest/globals';
import { Outages } from '../../../src/experiments/run/outages';
import { NEVER_SENT } from '../../../src/model/observer';
import { history } from '../../support/history-notation';

/** Even sessions are in seoul, odd ones in us-west. */
function outagesOf(told: string): readonly string[] {
  const { outline, events } = history(told);
  const outages = new Outages(outline);
  for (const { kind, operation } of events) {
    if (kind === 'INVOKED') outages.operationInvoked(operation);
    else outages.operationEnded(operation);
  }
  return outages.longest().map(({ datacenter, fromMs, toMs }) => `${String(datacenter)} ${fromMs}-${toMs}`);
}

describe('an outage', () => {
  it.each([
    ['from the failing send to the next OK answer', '0rx 0=1 0rx 0! 0rx 0=1', ['seoul 2-5']],
    ['from the first of several failing sends', '0rx 2rx 2! 0! 0rx 0=1', ['seoul 0-5']],
    ['to the end of the duration without an answer', '| 0rx 0=1 0rx 0? |', ['seoul 3-5']],
    ['from the start of the duration, if it began before', '0rx 0! | 0rx 0=1', ['seoul 0-2']],
    ['found though its operation ended after the next answer', '0rx 2rx 2=1 2rx 2=1 0?', ['seoul 0-2']],
    ['in each datacenter for itself', '0rx 1rx 0! 1! 0rx 1rx 0=1 1=1', ['seoul 0-6', 'us-west 1-7']],
    ['another after every answer', '0rx 0! 0rx 0=1 0rx 0! 0rx 0=1', ['seoul 0-3', 'seoul 4-7']],
    ['ended by answers after the duration only with the duration', '| 0rx 0! 2rx | 2=1', ['seoul 1-4']],
  ])('reaches %s (%s)', (_, told, expected) => {
    expect(outagesOf(told)).toEqual(expected);
  });

  it.each([
    ['every operation was answered', '0rx 0=1 0rx 2rx 2=1 0=1'],
    ['nobody asked', '0rx 0=1 1rx 1=1'],
    ['it lies in the warm-up', '0rx 0! 0rx 0=1 | 0rx 0=1'],
    ['it lies after the duration', '| 0rx 0=1 | 0rx 0!'],
  ])('is none when %s (%s)', (_, told) => {
    expect(outagesOf(told)).toEqual([]);
  });

  it('is none for an operation that was still waiting in its session at the end', () => {
    const { outline, events } = history('| 0rx 2rx 2=1 0=1 0rx 0?');
    const outages = new Outages(outline);
    for (const { operation } of events.slice(0, 2)) outages.operationInvoked(operation);
    for (const { operation } of events.slice(2, 4)) outages.operationEnded(operation);
    outages.operationEnded({ ...events[5].operation, arrivedAtMs: 1, invokedAtMs: 1, place: NEVER_SENT });
    expect(outages.longest()).toEqual([]);
  });

  it('is not hidden by an operation that failed while it waited behind one under way', () => {
    const { outline, events } = history('| 0rx 0? |');
    const outages = new Outages(outline);
    const [{ operation: sent }] = events;
    outages.operationInvoked(sent);
    outages.operationEnded({ ...sent, id: sent.id + 1, outcome: 'FAILED', place: NEVER_SENT });
    outages.operationEnded({ ...sent, outcome: 'UNKNOWN' });
    expect(outages.longest()).toHaveLength(1);
  });

  it('ends with the next answer, though its operation fails thousands of answers later', () => {
    const answers = '2rx 2=1 '.repeat(3_000);
    expect(outagesOf(`0rx ${answers} 0?`)).toEqual(['seoul 0-2']);
    expect(outagesOf(`2rx 2=1 1rx ${answers} 4rx ${answers} 4! 1?`)).toEqual([
      'seoul 6003-6005',
      'us-west 2-12006',
    ]);
  });

  it('is kept when it is among the hundred longest of thousands', () => {
    const failures = Array.from({ length: 1_500 }, (_, gap) => 1 + ((gap * 7_919) % 53));
    const gaps = failures.map((count) => `${'0rx 0! '.repeat(count)} 0rx 0=1`);
    const longest = failures.sort((one, other) => other - one).slice(0, 100);
    expect(lengthsOf(outagesOf(gaps.join(' ')))).toEqual(longest.map((count) => 2 * count + 1));
  });

  it('is found though it was short, and dropped, before its first operation failed', () => {
    const elsewhere = '1rx 1=1 '.repeat(50);
    const others = '0rx 0! 0rx 0! 0rx 0=1 '.repeat(1_100);
    const told = `2rx ${elsewhere} 0rx 0! 0rx 0=1 ${others} 2?`;
    expect(outagesOf(told)[0]).toBe('seoul 0-104');
  });
});

function lengthsOf(outages: readonly string[]): readonly number[] {
  const lengths = outages.map((text) => {
    const [fromMs, toMs] = text.replace('seoul ', '').split('-').map(Number);
    return toMs - fromMs;
  });
  return lengths.sort((one, other) => other - one);
}
