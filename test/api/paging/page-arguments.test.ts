import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { encodeCursor } from '../../../src/api/paging/cursor';
import { pageRequest } from '../../../src/api/paging/page-arguments';
import { parseRunCursor, runCursor } from '../../../src/api/paging/run-cursor';
import { decodeCursor } from '../../../src/api/paging/cursor';

const anything = (key: string): string => key;

describe('a page', () => {
  it('is the first twenty unless asked otherwise', () => {
    expect(pageRequest({}, anything)).toEqual({ direction: 'FORWARD', limit: 20, after: null });
  });

  it('goes forward from a cursor', () => {
    const request = pageRequest({ first: 5, after: encodeCursor('k') }, anything);
    expect(request).toEqual({ direction: 'FORWARD', limit: 5, after: 'k' });
  });

  it('goes backward from a cursor', () => {
    const request = pageRequest({ last: 5, before: encodeCursor('k') }, anything);
    expect(request).toEqual({ direction: 'BACKWARD', limit: 5, before: 'k' });
  });

  it.each([
    [{ first: -1 }, 'first'],
    [{ first: 101 }, 'first'],
    [{ last: 101 }, 'last'],
    [{ first: 1, last: 1 }, 'last'],
    [{ first: 1, before: 'x' }, 'before'],
    [{ before: 'x' }, 'before'],
    [{ last: 1, after: 'x' }, 'after'],
  ])('of %j is refused at %s', (asked, field) => {
    expect(() => pageRequest(asked, anything)).toThrow(
      expect.objectContaining({ facts: { field: [field] } }),
    );
  });

  it('from a cursor of another list is refused', () => {
    expect(() => pageRequest({ after: encodeCursor('k') }, () => null)).toThrow('"after"');
  });
});

describe('a cursor', () => {
  it('of a run leads back to it', () => {
    const index = fc.integer({ min: 0, max: 9_999_999_999 });
    fc.assert(
      fc.property(index, index, (point, repetition) => {
        expect(parseRunCursor(decodeCursor(runCursor({ point, repetition })))).toEqual({ point, repetition });
      }),
    );
  });

  it('of arbitrary text is none of a run, or means what it says', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const parsed = parseRunCursor(decodeCursor(text));
        expect(parsed === null || runCursor(parsed) === encodeCursor(decodeCursor(text))).toBe(true);
      }),
    );
  });
});
