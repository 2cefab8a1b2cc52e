/**
 * What a replica holds for a key: of a register the id of the write that set it, of a counter its sum, of a set its items,
 * rising. Null where there is nothing: never written, deleted, or an empty set.
 */
export type Value = number | readonly number[] | null;
