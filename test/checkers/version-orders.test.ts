import { describe, expect, it } from '@jest/globals';
import type { AnomalyTally } from '../../src/model/anomaly';
import type { History } from '../support/history-notation';
import { judgeAll } from '../support/judge';
import { each } from './definitions/sampled';
import { CLIENT_SAMPLES, NODE_SAMPLES } from './definitions/samples';

const HISTORIES = 10_000;

/** What a tally says, without its words. */
function gistOf({ kind, count, affected, relevant, unjudged, witnesses }: AnomalyTally): string {
  const shown = witnesses.map(
    ({ atMs, operations }) => `${operations.map(({ id }) => id).join('+')} at ${atMs}`,
  );
  return `${kind}: ${count}, ${affected} of ${relevant}, ${unjudged}, ${shown.join()}`;
}

function gistsOf(told: History, versionOrder: 'TOTAL' | 'PARTIAL'): readonly string[] {
  return judgeAll(told, { versionOrder }).map(gistOf);
}

describe('the versions of a log', () => {
  it.each([
    ['to clients', CLIENT_SAMPLES['a log']],
    ['by nodes', NODE_SAMPLES['nodes with logs']],
  ])('show the same %s to the checkers of total orders and of partial ones', (_, sample) => {
    let shown = 0;
    each({ ...sample, runs: HISTORIES }, (told) => {
      const total = gistsOf(told, 'TOTAL');
      const partial = gistsOf(told, 'PARTIAL');
      const differing = total.findIndex((gist, index) => gist !== partial[index]);
      if (differing !== -1) throw new Error(`total ${total[differing]}, partial ${partial[differing]}`);
      if (total.some((gist) => !gist.includes(': 0, '))) shown += 1;
    });
    expect(shown).toBeGreaterThan(HISTORIES / 10);
  });
});
