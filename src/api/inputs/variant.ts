/** The settings of one variant of a union whose variants are named after their only key. */
export type Variant<Union, Name extends string> =
  Extract<Union, Readonly<Record<Name, unknown>>> extends Readonly<Record<Name, infer Settings>>
    ? Settings
    : never;

/** The names of the variants, each with its input; absent ones are null or left out. */
export type Variants<Union> = {
  readonly [Name in Union extends unknown ? keyof Union : never]?: object | null;
};
