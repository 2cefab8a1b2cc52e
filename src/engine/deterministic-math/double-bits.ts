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

/** 2 to an integer power from −1022 to 1023. */
export function powerOfTwo(exponent: number): number {
  return withHighWord(0, (exponent + 1023) << 20);
}
