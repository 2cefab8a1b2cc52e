import { DURATION_MS_MAX } from '../../model/spec/limits';
import { grouped } from '../../model/text';

/** How descriptions give the ranges that many fields share. */
export const LENGTH = `above 0 … ${grouped(DURATION_MS_MAX)} ms`;
export const LENGTH_OR_NONE = `0 … ${grouped(DURATION_MS_MAX)} ms`;
