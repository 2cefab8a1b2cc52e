/** How many operations ended how; of those that arrived in the measured duration. */
export interface OperationCounts {
  readonly total: number;
  readonly ok: number;
  readonly failed: number;
  readonly unknown: number;
}
