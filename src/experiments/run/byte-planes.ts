/** How numbers of a column are stored: as 1 + their distance from the least one, 0 for none, each in so many bytes. */
export interface PlaneShape {
  readonly least: number;
  readonly width: number;
}

const BITS = 8;
/** A shift knows 32 bits. */
const PLANES_OF_HALF = 4;
const TWO_TO_32 = 2 ** 32;

/** The narrowest shape that holds whole numbers from `least` to `greatest`, at most 2^53 − 2 apart. */
export function planeShapeOf(least: number, greatest: number): PlaneShape {
  let width = 1;
  for (let limit = 256; limit <= greatest - least + 1; limit *= 256) width += 1;
  return { least, width };
}

/**
 * First the lowest bytes of all numbers, then the next ones, for so what is alike lies together and deflates well.
 *
 * @param values whole numbers, NaN where there is none
 */
export function writePlanes(values: Float64Array, { least, width }: PlaneShape): Uint8Array {
  const rows = values.length;
  const planes = new Uint8Array(width * rows);
  for (let plane = 0; plane < width; plane++) {
    const shift = BITS * (plane % PLANES_OF_HALF);
    const unit = plane < PLANES_OF_HALF ? 1 : TWO_TO_32;
    // Not a number, shifted, is 0.
    for (let row = 0; row < rows; row++)
      planes[plane * rows + row] = Math.floor((values[row] - least + 1) / unit) >>> shift;
  }
  return planes;
}

/** The values that `writePlanes` was given, so many. */
export function readPlanes(planes: Uint8Array, { least, width }: PlaneShape, rows: number): Float64Array {
  const values = new Float64Array(rows);
  for (let row = 0; row < rows; row++) {
    let stored = 0;
    for (let plane = width - 1; plane >= 0; plane--) stored = stored * 256 + planes[plane * rows + row];
    values[row] = stored === 0 ? NaN : stored - 1 + least;
  }
  return values;
}
