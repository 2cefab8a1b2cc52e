/** Of each point the histories of its first repetitions are kept: of a hundred thousand runs they would be gigabytes. */
export const HISTORIES_KEPT = 10;

export function isHistoryKept({ repetition }: { readonly repetition: number }): boolean {
  return repetition < HISTORIES_KEPT;
}
