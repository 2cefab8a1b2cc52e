/** The same cells, and room for at least so many, and twice as many as before: so that growing costs little on the whole. */
export function grown(cells: Int32Array, length: number): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(Math.max(2 * cells.length, length));
  larger.set(cells);
  return larger;
}
