import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { invariant, InvariantError } from '../../model/invariant';
import { planeShapeOf, readPlanes, writePlanes } from './byte-planes';

/** Whole numbers 0 … 2^53 − 2, null where there is none. */
export interface Column {
  readonly name: string;
  readonly values: readonly (number | null)[];
}

export interface PackedColumns {
  /** NaN where there is none; null when there is no such column. */
  read(name: string): Float64Array | null;
}

/**
 * What is stored of a column: its name, its least value, the bytes of a number, the bytes it takes, and the place of an earlier
 * column that is the same, if there is one: then it takes none itself.
 */
type Heading = readonly [name: string, least: number, width: number, bytes: number, sameAs?: number];

const VERSION = 2;
/** In the first one no column knew of another. */
const VERSIONS_READ: readonly number[] = [1, VERSION];
/** Version, rows, bytes of the packed headings. */
const PREFIX_BYTES = 9;
/** Below it deflating costs more than it saves. */
const DEFLATED_FROM_BYTES = 64;

/**
 * Packs columns of equal length, each by itself. A number is stored as 1 + its distance from the column's least, 0 for
 * null, in as few bytes as the column's greatest needs: see `writePlanes`. A column of one number throughout takes no bytes: its
 * least is that, and 1. What several columns have in common, as the counts of operations do, is stored once.
 */
export function encodeColumns(columns: readonly Column[]): Uint8Array {
  const packed = withoutRepeats(columns.map(packColumn));
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
  const isPacked = bytes.length >= PREFIX_BYTES && VERSIONS_READ.includes(bytes[0]);
  invariant(isPacked, 'the bytes are no packed columns');
  const rows = bytes.readUInt32BE(1);
  const start = PREFIX_BYTES + bytes.readUInt32BE(5);
  const headings = JSON.parse(inflateRawSync(bytes.subarray(PREFIX_BYTES, start)).toString()) as Heading[];
  return {
    read: (name) => {
      const named = headings.findIndex((heading) => heading[0] === name);
      if (named === -1) return null;
      const index = headings[named][4] ?? named;
      const before = headings.slice(0, index).reduce((sum, heading) => sum + heading[3], start);
      return unpackColumn(headings[index], bytes.subarray(before, before + headings[index][3]), rows);
    },
  };
}

interface PackedColumn {
  readonly heading: Heading;
  readonly bytes: Uint8Array;
}

function withoutRepeats(columns: readonly PackedColumn[]): readonly PackedColumn[] {
  const firsts = new Map<string, number>();
  return columns.map((column, index) => {
    const [name, least, width] = column.heading;
    if (width === 0) return column;
    const content = `${least} ${width} ${Buffer.from(column.bytes).toString('latin1')}`;
    const first = firsts.get(content);
    if (first !== undefined) return { heading: [name, least, width, 0, first], bytes: NO_BYTES };
    firsts.set(content, index);
    return column;
  });
}

function packColumn({ name, values }: Column): PackedColumn {
  let least = Infinity;
  let greatest = -Infinity;
  let isFull = true;
  for (const value of values) {
    if (value === null) {
      isFull = false;
      continue;
    }
    if (!Number.isSafeInteger(value) || value < 0)
      throw new InvariantError(`${name} is no whole number: ${value}`);
    if (value < least) least = value;
    if (value > greatest) greatest = value;
  }
  if (least > greatest) return { heading: [name, 0, 0, 0], bytes: NO_BYTES };
  if (least === greatest && isFull) return { heading: [name, least + 1, 0, 0], bytes: NO_BYTES };
  const shape = planeShapeOf(least, greatest);
  const planes = writePlanes(
    Float64Array.from(values, (value) => value ?? NaN),
    shape,
  );
  const bytes = planes.length < DEFLATED_FROM_BYTES ? planes : deflateRawSync(planes);
  return { heading: [name, least, shape.width, bytes.length], bytes };
}

const NO_BYTES = new Uint8Array(0);

function unpackColumn([, least, width]: Heading, bytes: Uint8Array, rows: number): Float64Array {
  if (width === 0) return new Float64Array(rows).fill(least === 0 ? NaN : least - 1);
  const planes = width * rows < DEFLATED_FROM_BYTES ? bytes : inflateRawSync(bytes);
  return readPlanes(planes, { least, width }, rows);
}
