import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { invariant, InvariantError } from '../../model/invariant';

/** Whole numbers 0 … 2^53 − 2, null where there is none. */
export interface Column {
  readonly name: string;
  readonly values: readonly (number | null)[];
}

export interface PackedColumns {
  /** NaN where there is none; null when there is no such column. */
  read(name: string): Float64Array | null;
}

/** What is stored of a column: its name, its least value, the bytes of a number, and the bytes it takes. */
type Heading = readonly [name: string, least: number, width: number, bytes: number];

const VERSION = 1;
/** Version, rows, bytes of the packed headings. */
const PREFIX_BYTES = 9;
/** Below it deflating costs more than it saves. */
const DEFLATED_FROM_BYTES = 64;

/**
 * Packs columns of equal length, each by itself. A number is stored as 1 + its distance from the column's least, 0 for
 * null, in as few bytes as the column's greatest needs; first the lowest bytes of all rows, then the next ones, for so
 * what is alike lies together and deflates well.
 */
export function encodeColumns(columns: readonly Column[]): Uint8Array {
  const packed = columns.map(packColumn);
  const headings = deflateRawSync(JSON.stringify(packed.map(({ heading }) => heading)));
  const prefix = Buffer.alloc(PREFIX_BYTES);
  prefix.writeUInt8(VERSION, 0);
  prefix.writeUInt32BE(columns[0].values.length, 1);
  prefix.writeUInt32BE(headings.length, 5);
  return Uint8Array.from(Buffer.concat([prefix, headings, ...packed.map(({ bytes }) => bytes)]));
}

/** @throws InvariantError when `encodeColumns` did not write the bytes. */
export function decodeColumns(encoded: Uint8Array): PackedColumns {
  const bytes = Buffer.from(encoded.buffer, encoded.byteOffset, encoded.byteLength);
  invariant(bytes.length >= PREFIX_BYTES && bytes[0] === VERSION, 'the bytes are no packed columns');
  const rows = bytes.readUInt32BE(1);
  const start = PREFIX_BYTES + bytes.readUInt32BE(5);
  const headings = JSON.parse(inflateRawSync(bytes.subarray(PREFIX_BYTES, start)).toString()) as Heading[];
  return {
    read: (name) => {
      const index = headings.findIndex((heading) => heading[0] === name);
      if (index === -1) return null;
      const before = headings.slice(0, index).reduce((sum, heading) => sum + heading[3], start);
      return unpackColumn(headings[index], bytes.subarray(before, before + headings[index][3]), rows);
    },
  };
}

function packColumn({ name, values }: Column): { readonly heading: Heading; readonly bytes: Uint8Array } {
  let least = Infinity;
  let greatest = -Infinity;
  for (const value of values) {
    if (value === null) continue;
    if (!Number.isSafeInteger(value) || value < 0)
      throw new InvariantError(`${name} is no whole number: ${value}`);
    if (value < least) least = value;
    if (value > greatest) greatest = value;
  }
  if (least > greatest) return { heading: [name, 0, 0, 0], bytes: new Uint8Array(0) };
  const width = bytesOf(greatest - least + 1);
  const planes = planesOf(values, least, width);
  const bytes = planes.length < DEFLATED_FROM_BYTES ? planes : deflateRawSync(planes);
  return { heading: [name, least, width, bytes.length], bytes };
}

function planesOf(values: readonly (number | null)[], least: number, width: number): Uint8Array {
  const planes = new Uint8Array(width * values.length);
  values.forEach((value, row) => {
    let rest = value === null ? 0 : value - least + 1;
    for (let plane = 0; plane < width; plane++) {
      planes[plane * values.length + row] = rest % 256;
      rest = Math.floor(rest / 256);
    }
  });
  return planes;
}

function unpackColumn([, least, width]: Heading, bytes: Uint8Array, rows: number): Float64Array {
  const planes = width * rows < DEFLATED_FROM_BYTES ? bytes : inflateRawSync(bytes);
  const values = new Float64Array(rows);
  for (let row = 0; row < rows; row++) {
    let stored = 0;
    for (let plane = width - 1; plane >= 0; plane--) stored = stored * 256 + planes[plane * rows + row];
    values[row] = stored === 0 ? NaN : stored - 1 + least;
  }
  return values;
}

function bytesOf(greatest: number): number {
  let width = 1;
  for (let limit = 256; limit <= greatest; limit *= 256) width += 1;
  return width;
}
