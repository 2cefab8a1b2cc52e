import { invariant } from '../../../model/invariant';
import { planeShapeOf, readPlanes, writePlanes, type PlaneShape } from '../byte-planes';

/** Any numbers, NaN where there is none. */
export interface NumberColumn {
  readonly name: string;
  readonly values: Float64Array;
}

/** What is stored of a column before its bytes; a width of 8 says that they are doubles, lowest byte first. */
type Heading = readonly [name: string, rows: number, least: number, width: number];

const DOUBLE_BYTES = 8;
const SAFE_MAX = Number.MAX_SAFE_INTEGER;
/** The bytes of the headings' length. */
const PREFIX_BYTES = 4;

/**
 * Columns of any lengths, one after the other: whole numbers in as few bytes as they need, others as doubles.
 *
 * @param prefix what its caller wants to find before them
 * @returns bytes that are all that their buffer holds, so that it can be handed to another thread
 */
export function packNumbers(prefix: Uint8Array, columns: readonly NumberColumn[]): Uint8Array<ArrayBuffer> {
  const shapes = columns.map(({ values }) => shapeOf(values));
  const headings = Buffer.from(
    JSON.stringify(columns.map(({ name, values }, index) => headingOf(name, values.length, shapes[index]))),
  );
  const parts = columns.map(({ values }, index) => bytesOf(values, shapes[index]));
  const length = Buffer.alloc(PREFIX_BYTES);
  length.writeUInt32BE(headings.length);
  return joined([prefix, length, headings, ...parts]);
}

/** @throws InvariantError for bytes that end too soon. */
export function unpackNumbers(packed: Uint8Array): ReadonlyMap<string, Float64Array> {
  const bytes = Buffer.from(packed.buffer, packed.byteOffset, packed.byteLength);
  let at = PREFIX_BYTES + bytes.readUInt32BE();
  const headings = JSON.parse(bytes.subarray(PREFIX_BYTES, at).toString()) as readonly Heading[];
  return new Map(
    headings.map(([name, rows, least, width]) => {
      const part = bytes.subarray(at, (at += rows * width));
      invariant(part.length === rows * width, `the column ${name} ends too soon`);
      return [name, width === DOUBLE_BYTES ? fromDoubles(part) : readPlanes(part, { least, width }, rows)];
    }),
  );
}

function shapeOf(values: Float64Array): PlaneShape {
  let least = Infinity;
  let greatest = -Infinity;
  let areWhole = true;
  // No comparison with NaN holds.
  for (let row = 0; row < values.length; row++) {
    const value = values[row];
    if (value < least) least = value;
    if (value > greatest) greatest = value;
    const whole = Math.floor(value);
    if (value > whole) areWhole = false;
  }
  if (least > greatest) return { least: 0, width: 0 };
  const isSafe = areWhole && least >= -SAFE_MAX && greatest <= SAFE_MAX && greatest - least < SAFE_MAX;
  return isSafe ? planeShapeOf(least, greatest) : { least: 0, width: DOUBLE_BYTES };
}

function headingOf(name: string, rows: number, { least, width }: PlaneShape): Heading {
  return [name, rows, least, width];
}

function bytesOf(values: Float64Array, shape: PlaneShape): Uint8Array {
  return shape.width === DOUBLE_BYTES ? doubles(values) : writePlanes(values, shape);
}

function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

function doubles(values: Float64Array): Uint8Array {
  const bytes = Buffer.alloc(DOUBLE_BYTES * values.length);
  values.forEach((value, row) => bytes.writeDoubleLE(value, DOUBLE_BYTES * row));
  return bytes;
}

function fromDoubles(bytes: Buffer): Float64Array {
  const values = new Float64Array(bytes.length / DOUBLE_BYTES);
  for (let row = 0; row < values.length; row++) values[row] = bytes.readDoubleLE(DOUBLE_BYTES * row);
  return values;
}
