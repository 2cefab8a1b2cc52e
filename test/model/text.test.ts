import { describe, expect, it } from '@jest/globals';
import { grouped } from '../../src/model/text';

describe('a grouped number', () => {
  it.each([
    [0, '0'],
    [999, '999'],
    [1000, '1,000'],
    [12_345_678, '12,345,678'],
    [-123, '-123'],
    [-1234, '-1,234'],
    [1e21, '1e+21'],
    [1e-7, '1e-7'],
    [Infinity, 'Infinity'],
  ])('of %d is %s', (number, words) => {
    expect(grouped(number)).toBe(words);
  });

  it('keeps the digits after the point of a text as they are', () => {
    expect(grouped('19950.2000')).toBe('19,950.2000');
  });
});
