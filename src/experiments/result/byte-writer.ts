/** Bytes that grow at their end. */
export class ByteWriter {
  private bytes = new Uint8Array(INITIAL_BYTES);
  private length = 0;

  /** Forgets what was written; the room stays. */
  clear(): void {
    this.length = 0;
  }

  /** What was written, until more is or it is cleared. */
  written(): Uint8Array {
    return this.bytes.subarray(0, this.length);
  }

  byte(byte: number): void {
    this.makeRoom(1);
    this.bytes[this.length] = byte;
    this.length += 1;
  }

  /** @param text of ASCII */
  ascii(text: string): void {
    this.makeRoom(text.length);
    const { bytes, length } = this;
    for (let index = 0; index < text.length; index += 1) bytes[length + index] = text.charCodeAt(index);
    this.length = length + text.length;
  }

  /** The decimal digits of a whole number 0 … 2^53 − 1. */
  whole(value: number): void {
    this.makeRoom(DIGITS_MAX);
    if (value < BILLION) {
      this.length = writeDigits(this.bytes, this.length, value);
      return;
    }
    const billions = Math.floor(value / BILLION);
    const place = writeDigits(this.bytes, this.length, billions);
    this.length = place + DIGITS_OF_SMALL;
    writeUpTo(this.bytes, { start: place, end: this.length }, value - billions * BILLION);
  }

  /**
   * As many of the items, from the first, as are whole numbers below a billion, each with a comma behind it: most lists of
   * numbers hold no others. Returns how many.
   */
  smallWholes(items: readonly unknown[]): number {
    this.makeRoom(items.length * (DIGITS_OF_SMALL + 1));
    const { bytes } = this;
    let { length } = this;
    let index = 0;
    for (; index < items.length; index += 1) {
      const item = items[index];
      if (typeof item !== 'number' || (item | 0) !== item || item < 0 || item >= BILLION) break;
      length = writeDigits(bytes, length, item);
      bytes[length] = COMMA;
      length += 1;
    }
    this.length = length;
    return index;
  }

  /** Puts another byte in the place of the last. */
  replaceLast(byte: number): void {
    this.bytes[this.length - 1] = byte;
  }

  /** A string of JSON, in UTF-8. */
  quoted(text: string): void {
    this.makeRoom(text.length + 2);
    const { bytes, length } = this;
    bytes[length] = QUOTE;
    for (let index = 0; index < text.length; index += 1) {
      const unit = text.charCodeAt(index);
      if (!isPlain(unit)) {
        this.escaped(text);
        return;
      }
      bytes[length + 1 + index] = unit;
    }
    bytes[length + 1 + text.length] = QUOTE;
    this.length = length + text.length + 2;
  }

  private escaped(text: string): void {
    const encoded = new TextEncoder().encode(JSON.stringify(text));
    this.makeRoom(encoded.length);
    this.bytes.set(encoded, this.length);
    this.length += encoded.length;
  }

  private makeRoom(room: number): void {
    if (this.length + room <= this.bytes.length) return;
    const grown = new Uint8Array(Math.max(2 * this.bytes.length, this.length + room));
    grown.set(this.bytes);
    this.bytes = grown;
  }
}

/** The digits of a whole number below 2^31, and the place behind them. */
function writeDigits(bytes: Uint8Array, start: number, value: number): number {
  const end = start + digitsOf(value);
  writeUpTo(bytes, { start, end }, value);
  return end;
}

/** Fills the places with the last digits of the number, and with zeros before them. */
function writeUpTo(
  bytes: Uint8Array,
  { start, end }: { readonly start: number; readonly end: number },
  value: number,
): void {
  let rest = value | 0;
  for (let place = end - 1; place >= start; place -= 1) {
    const tenth = (rest / 10) | 0;
    bytes[place] = ZERO + rest - 10 * tenth;
    rest = tenth;
  }
}

function digitsOf(value: number): number {
  if (value < 10_000) {
    if (value < 100) return value < 10 ? 1 : 2;
    return value < 1000 ? 3 : 4;
  }
  if (value < 1_000_000) return value < 100_000 ? 5 : 6;
  if (value < 100_000_000) return value < 10_000_000 ? 7 : 8;
  return value < BILLION ? 9 : 10;
}

/** It stands for itself, in one byte. */
function isPlain(unit: number): boolean {
  return unit >= SPACE && unit < DELETE && unit !== QUOTE && unit !== BACKSLASH;
}

const INITIAL_BYTES = 65_536;
const DIGITS_MAX = 17;
const DIGITS_OF_SMALL = 9;
const BILLION = 1_000_000_000;
const SPACE = 0x20;
const QUOTE = 0x22;
const COMMA = 0x2c;
const ZERO = 0x30;
const BACKSLASH = 0x5c;
const DELETE = 0x7f;
