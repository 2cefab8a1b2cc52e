import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { Frontier, Frontiers } from '../../../src/checkers/memory/frontier';
import { compareVersions, type VectorVersion } from '../../../src/model/version';

interface Item {
  readonly version: VectorVersion;
}

const versions = fc.array(
  fc.array(fc.nat({ max: 3 }), { minLength: 3, maxLength: 3 }).map((vector): VectorVersion => ({ vector })),
  { maxLength: 20 },
);

function frontierOf(list: readonly VectorVersion[]): Frontier<Item> {
  return list.reduce((frontier, version) => frontier.with({ version }), Frontier.empty<Item>());
}

describe('a frontier', () => {
  it('knows something newer than a version exactly if it has been shown something newer', () => {
    fc.assert(
      fc.property(versions, versions, (shown, asked) => {
        const frontier = frontierOf(shown);
        expect(frontier.isComplete).toBe(true);
        for (const version of [...asked, null]) {
          const newer = shown.some((other) => compareVersions(version, other) === 'BEFORE');
          const found = frontier.newerThan(version);
          expect(found !== null).toBe(newer);
          if (found !== null) expect(compareVersions(version, found.version)).toBe('BEFORE');
        }
      }),
      { numRuns: 500 },
    );
  });

  it('stays as it was when something is added to it', () => {
    const before = frontierOf([{ vector: [1, 0] }]);
    before.with({ version: { vector: [5, 5] } });
    expect(before.newerThan({ vector: [1, 0] })).toBeNull();
  });

  it('leaves out the oldest of more than 64 concurrent versions, and says that it is not complete', () => {
    const concurrent = Array.from({ length: 65 }, (_, index) => ({ vector: [index, 64 - index] }));
    expect(frontierOf(concurrent.slice(0, 64)).isComplete).toBe(true);
    const frontier = frontierOf(concurrent);
    expect(frontier.isComplete).toBe(false);
    expect(frontier.newerThan({ vector: [63.5, 0] })).toEqual({ version: { vector: [64, 0] } });
    expect(frontier.newerThan({ vector: [0, 63.5] })).toBeNull();
  });
});

describe('many frontiers', () => {
  it('give way in the order in which they came, when there is no room for more, and say so', () => {
    const frontiers = new Frontiers<Item>(2);
    const newer = { version: { vector: [2] } };
    expect([7, 8, 7, 9].map((index) => frontiers.add(index, { version: { vector: [1] } }))).toEqual([
      true,
      true,
      true,
      false,
    ]);
    expect(frontiers.add(8, newer)).toBe(true);
    expect([7, 8, 9].map((index) => frontiers.at(index).newerThan(null) !== null)).toEqual([
      false,
      true,
      true,
    ]);
    expect(frontiers.at(8).newerThan({ vector: [1] })).toEqual(newer);
  });
});
