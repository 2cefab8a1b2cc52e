/** A scheduled fault. Times count from the start of the measured duration. */
export type FaultSpec =
  | {
      readonly crash: {
        readonly node: string;
        readonly atMs: number;
        /** Null: the node stays down until the clients stop. */
        readonly restartAfterMs: number | null;
      };
    }
  | { readonly restart: { readonly node: string; readonly atMs: number } };
