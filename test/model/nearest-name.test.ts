import { describe, expect, it } from '@jest/globals';
import { listed, suggestion } from '../../src/model/nearest-name';

describe('a suggestion', () => {
  it.each([
    ['tokio', ' Did you mean "tokyo"?'],
    ['TOKYO', ' Did you mean "tokyo"?'],
    ['seoull', ' Did you mean "seoul"?'],
    ['berlin', ''],
    ['', ''],
  ])('for "%s" is "%s"', (given, expected) => {
    expect(suggestion(given, ['seoul', 'tokyo', 'us-west'])).toBe(expected);
  });

  it('is left out where comparing costs more than it helps', () => {
    const many = Array.from({ length: 101 }, (_, index) => `node-${index}`);
    expect(suggestion('nodee-1', many)).toBe('');
    expect(suggestion('nodee-1', many.slice(1))).toBe(' Did you mean "node-1"?');
    expect(suggestion(`${'x'.repeat(40)}y`, ['x'.repeat(40)])).toBe('');
  });
});

describe('a list of names', () => {
  it('shows the first eight and counts the rest', () => {
    const names = Array.from({ length: 10 }, (_, index) => `n${index}`);
    expect(listed(names)).toBe('"n0", "n1", "n2", "n3", "n4", "n5", "n6", "n7" and 2 more');
    expect(listed(['one'])).toBe('"one"');
  });
});
