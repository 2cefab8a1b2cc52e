import { describe, expect, it } from '@jest/globals';
import { gamma } from '../../src/engine/deterministic-math/gamma';
import { negativeLogarithm } from '../../src/engine/deterministic-math/logarithm-table';
import { normalCumulative, normalDensity } from '../../src/engine/deterministic-math/normal-law';
import { upperNormalQuantile } from '../../src/engine/deterministic-math/normal-quantile';
import { Random } from '../../src/engine/random';

/** A word, −ln((word + ½) / 2^32), and the normal number below which lies (word + ½) / 2^32: mpmath, 60 digits, rounded. */
const WORDS: readonly [number, number, number][] = [
  [0, 22.873856958478196, -6.3379577545537895],
  [1, 21.775244669810085, -6.166429517819751],
  [2, 21.264419046044097, -6.085104545783031],
  [3, 20.92794680942288, -6.030967019118252],
  [1000, 15.272454623894461, -5.0398511259687115],
  [322122547, 2.590267164514504, -1.4395314704450153],
  [322122548, 2.5902671614100954, -1.4395314688002132],
  [1073741824, 1.3862943606542293, -0.6744897498297384],
  [2147483646, 0.6931471812584372, -8.754298118749868e-10],
  [2147483647, 0.6931471807927759, -2.918099372916623e-10],
  [2147483648, 0.6931471803271146, 2.918099372916623e-10],
  [3972844748, 0.0779615415452245, 1.4395314704450153],
  [3972844749, 0.0779615412935157, 1.4395314720898174],
  [4000000000, 0.07114957972694813, 1.4857137558957358],
  [4294967290, 1.2805685409162109e-9, 5.957507662988573],
  [4294967294, 3.492459655417908e-10, 6.166429517819751],
  [4294967295, 1.1641532183371108e-10, 6.3379577545537895],
];

/** Words of every size, and their complements. */
function wordsOfAllSizes(): number[] {
  const random = new Random([1, 2, 3, 4]);
  return Array.from({ length: 20_000 }, (_, index) => {
    const word = (random.integer() >>> 0) >>> (index % 32);
    return index % 3 === 0 ? ~word >>> 0 : word;
  });
}

const relativeError = (found: number, expected: number): number => Math.abs(found / expected - 1);

describe('negativeLogarithm', () => {
  it.each(WORDS.map(([word, expected]) => [word, expected]))(
    'of %p is right to 15 digits',
    (word, expected) => {
      expect(relativeError(negativeLogarithm(word), expected)).toBeLessThan(1e-15);
    },
  );

  it('has an error below 1.3e−15 for words of all sizes', () => {
    const worst = wordsOfAllSizes().map((word) => {
      const rest = (2 ** 32 - word - 0.5) / 2 ** 32;
      return relativeError(negativeLogarithm(word), -Math.log1p(-rest));
    });
    expect(Math.max(...worst)).toBeLessThan(1.3e-15);
  });

  it('falls from each word to the next at the borders of its cells', () => {
    for (const border of wordsOfAllSizes().map((word) => word & ~0xfffff))
      for (let word = Math.max(1, (border >>> 0) - 2); word < (border >>> 0) + 2; word++)
        expect(negativeLogarithm(word)).toBeLessThan(negativeLogarithm(word - 1));
  });
});

describe('upperNormalQuantile', () => {
  it.each(WORDS)('of the probability of word %p is right to 15 digits', (word, _, expected) => {
    expect(relativeError(-upperNormalQuantile((word + 0.5) / 2 ** 32), expected)).toBeLessThan(1e-15);
  });
});

describe('gamma', () => {
  it.each([
    [1, 1],
    [1.001, 0.9994237724845956],
    [1.1, 0.9513507698668732],
    [1.4616321449683622, 0.8856031944108887],
    [1.5, 0.886226925452758],
    [2, 1],
    [3.25, 2.5492569667185294],
    [5, 24],
    [7.7, 2769.8303623273146],
    [11, 3628800],
  ])('of %p is right to 14 digits', (value, expected) => {
    expect(relativeError(gamma(value), expected)).toBeLessThan(1e-14);
  });
});

describe('the normal law', () => {
  it.each([
    [0, 0.5, 0.3989422804014327],
    [1e-9, 0.5000000003989423, 0.3989422804014327],
    [0.1, 0.539827837277029, 0.39695254747701175],
    [0.5, 0.6914624612740131, 0.35206532676429947],
    [1, 0.8413447460685429, 0.24197072451914334],
    [2, 0.9772498680518208, 0.05399096651318805],
    [3, 0.9986501019683699, 0.0044318484119380075],
    [4.5, 0.9999966023268753, 1.5983741106905475e-5],
    [6.4, 0.9999999999223115, 5.088140281645047e-10],
  ])('has the right probability below %p and the right density there', (value, below, density) => {
    expect(Math.abs(normalCumulative(value) - below)).toBeLessThan(1e-15);
    expect(relativeError(normalDensity(value), density)).toBeLessThan(5e-15);
  });
});
