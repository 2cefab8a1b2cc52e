/** The law of a duration in milliseconds. Exactly one variant is present; it is named after its only key. */
export type Distribution =
  | { readonly constant: { readonly ms: number } }
  | { readonly uniform: { readonly minMs: number; readonly maxMs: number } }
  | { readonly exponential: { readonly meanMs: number; readonly offsetMs: number } }
  | { readonly lognormal: { readonly medianMs: number; readonly sigma: number } };
