import { describe, expect, it } from '@jest/globals';
import type { Random } from '../../src/engine/random';
import { RandomStreams, runSeed, splitmix64 } from '../../src/engine/random-streams';
import { chiSquareDeviation, deviationOfMean } from './statistics';

const NAME = { purpose: 'arrivals', entity: 'client 0' };
const COUNT = 20_000;

/** Streams that differ in one thing only, and by as little as can be. */
const neighbours: [string, (index: number) => Random][] = [
  ['run seeds', (index) => new RandomStreams(BigInt(index)).stream(NAME)],
  ['run seeds of another upper half', (index) => new RandomStreams(BigInt(index) << 32n).stream(NAME)],
  ['repetitions', (index) => new RandomStreams(runSeed(42n, index)).stream(NAME)],
  ['experiment seeds', (index) => new RandomStreams(runSeed(BigInt(index), 0)).stream(NAME)],
  ['entities', (index) => new RandomStreams(42n).stream({ ...NAME, entity: `client ${index}` })],
  ['purposes', (index) => new RandomStreams(42n).stream({ ...NAME, purpose: `arrivals ${index}` })],
];

describe('RandomStreams', () => {
  it('derives seeds by the reference implementation of splitmix64', () => {
    const golden = 0x9e37_79b9_7f4a_7c15n;
    const outputs = [0n, 1n, 2n].map((step) =>
      splitmix64((1234567n + step * golden) & 0xffff_ffff_ffff_ffffn),
    );
    expect(outputs).toEqual([6457827717110365317n, 3203168211198807973n, 9817491932198370423n]);
  });

  it.each([
    [0n, 0, 12035550249420947055n],
    [42n, 0, 6332618229526065668n],
    [42n, 1, 18036798128018490698n],
    [18_446_744_073_709_551_615n, 9, 14608854053047527653n],
  ])('gives experiment seed %p and repetition %p the golden run seed', (seed, repetition, golden) => {
    expect(runSeed(seed, repetition)).toBe(golden);
  });

  it('gives each repetition of each experiment another run seed', () => {
    const seeds = [0n, 1n, 2n, 42n].flatMap((seed) =>
      Array.from({ length: 100 }, (_, repetition) => runSeed(seed, repetition)),
    );
    expect(new Set(seeds).size).toBe(400);
  });

  it('gives the same name the same golden stream', () => {
    const stream = new RandomStreams(42n).stream(NAME);
    const numbers = Array.from({ length: 4 }, () => stream.integer() >>> 0);
    expect(numbers).toEqual([887279912, 1832623106, 1186864538, 3447513863]);
  });

  it('tells names apart that are the same when joined', () => {
    const streams = new RandomStreams(42n);
    const names = [
      { purpose: 'link', entity: 'a to b' },
      { purpose: 'linka', entity: ' to b' },
      { purpose: '', entity: 'linka to b' },
    ];
    expect(new Set(names.map((name) => streams.stream(name).integer())).size).toBe(3);
  });

  it('gives each of 60,000 links a stream of its own, by its first 64 bits', () => {
    const streams = new RandomStreams(42n);
    const drawn = new Set<string>();
    for (let from = 0; from < 300; from++)
      for (let to = 0; to < 200; to++) {
        const stream = streams.stream({ purpose: 'link', entity: `node-${from} to node-${to}` });
        drawn.add(`${stream.integer()} ${stream.integer()}`);
      }
    expect(drawn.size).toBe(60_000);
  });
});

describe.each(neighbours)('Streams of neighbouring %s', (_, streamAt) => {
  const first = Array.from({ length: COUNT + 1 }, (_draw, index) => streamAt(index).integer());

  it('differ in each bit of their first draw as often as not', () => {
    const flips = new Array<number>(32).fill(0);
    for (let index = 0; index < COUNT; index++)
      for (let bit = 0; bit < 32; bit++) flips[bit] += ((first[index] ^ first[index + 1]) >>> bit) & 1;
    const widest = Math.max(...flips.map((count) => Math.abs(count - COUNT / 2)));
    expect(widest).toBeLessThan(4.5 * Math.sqrt(COUNT / 4));
  });

  it.each([0, 8, 16, 24])('spread the eight bits from bit %p of their first draw evenly', (bit) => {
    const counts = new Array<number>(256).fill(0);
    for (const word of first) counts[(word >>> bit) & 255]++;
    expect(chiSquareDeviation(counts, new Array<number>(256).fill(first.length / 256))).toBeLessThan(4);
  });

  it('have first draws without correlation', () => {
    const products = first.slice(1).map((word, index) => word * first[index]);
    expect(deviationOfMean(products, 0)).toBeLessThan(4);
  });

  it('share as many first draws of 24 bits as chance does', () => {
    for (const shift of [0, 8]) {
      const distinct = new Set(first.map((word) => (word >>> shift) & 0xff_ffff)).size;
      const expected = first.length ** 2 / 2 ** 25;
      expect(Math.abs(first.length - distinct - expected)).toBeLessThan(4 * Math.sqrt(expected));
    }
  });

  it('run on without correlation', () => {
    const one = streamAt(0);
    const other = streamAt(1);
    const products = Array.from({ length: COUNT }, () => one.integer() * other.integer());
    expect(deviationOfMean(products, 0)).toBeLessThan(4);
  });
});
