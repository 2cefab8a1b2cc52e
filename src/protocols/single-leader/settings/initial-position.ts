/** How far a node's log goes before the run begins. */
export interface InitialPosition {
  readonly node: string;
  readonly lsn: number;
}
