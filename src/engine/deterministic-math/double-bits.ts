/** The bits of doubles, read and written through one shared cell. */
const cell = new Float64Array(1);
const words = new Int32Array(cell.buffer);
/** Which of the two words of the cell holds sign, exponent and the upper 20 bits of the fraction. */
const HIGH = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1 ? 1 : 0;

/** Sign, exponent and the upper 20 bits of the fraction, as a signed 32-bit integer. */
export function highWord(value: number): number {
  cell[0] = value;
  return words[HIGH];
}

/** The value with another sign, exponent and upper fraction. */
export function withHighWord(value: number, high: number): number {
  cell[0] = value;
  words[HIGH] = high;
  return cell[0];
}

/** 2 to an integer power from −1074 to 1023: looked up, for writing a word and reading the double stalls the processor. */
export function powerOfTwo(exponent: number): number {
  return POWERS_OF_TWO[exponent + 1074];
}

const POWERS_OF_TWO = powersOfTwo({ least: Number.MIN_VALUE, count: 2098 });

/** Powers of two from the least on. */
export function powersOfTwo({
  least,
  count,
}: {
  readonly least: number;
  readonly count: number;
}): Float64Array {
  const powers = new Float64Array(count);
  for (let index = 0, power = least; index < count; index++, power *= 2) powers[index] = power;
  return powers;
}
