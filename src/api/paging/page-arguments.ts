import { ArgsType, Field, Int } from 'type-graphql';
import type { PageRequest } from '../../experiments/ports/stores';
import { refuseArgument } from '../errors/request-error';
import type { Plain } from '../schema/plain-type';
import { decodeCursor } from './cursor';

export const PAGE_SIZE_DEFAULT = 20;
export const PAGE_SIZE_MAX = 100;

@ArgsType()
export class PageArguments {
  @Field(() => Int, {
    nullable: true,
    description: `How many items from the start of the list, or after \`after\`: 0 … ${PAGE_SIZE_MAX}, by default ${PAGE_SIZE_DEFAULT}. Not together with \`last\`.`,
  })
  readonly first?: number | null;

  @Field(() => String, { nullable: true, description: 'Cursor of the item before the first one wanted.' })
  readonly after?: string | null;

  @Field(() => Int, {
    nullable: true,
    description: `How many items from the end of the list, or before \`before\`: 0 … ${PAGE_SIZE_MAX}. Not together with \`first\`.`,
  })
  readonly last?: number | null;

  @Field(() => String, { nullable: true, description: 'Cursor of the item after the last one wanted.' })
  readonly before?: string | null;
}

/**
 * The window that the arguments describe.
 *
 * @param parse the store's cursor of a decoded one, null if it is none.
 * @throws RequestError BAD_USER_INPUT naming the argument.
 */
export function pageRequest<Cursor>(
  { first = null, after = null, last = null, before = null }: Plain<PageArguments>,
  parse: (key: string) => Cursor | null,
): PageRequest<Cursor> {
  const cursor = (argument: string, value: string | null): Cursor | null => cursorAt(argument, value, parse);
  if (last === null) {
    if (before !== null) throw refuseArgument('before', 'It goes with "last"; with "first" give "after".');
    return {
      direction: 'FORWARD',
      limit: sizeAt('first', first ?? PAGE_SIZE_DEFAULT),
      after: cursor('after', after),
    };
  }
  if (first !== null) throw refuseArgument('last', 'Give "first" or "last", not both.');
  if (after !== null) throw refuseArgument('after', 'It goes with "first"; with "last" give "before".');
  return { direction: 'BACKWARD', limit: sizeAt('last', last), before: cursor('before', before) };
}

/** What a list costs: its items, asked for or by default, each with what is selected of it. */
export function listCost({
  args,
  childComplexity,
}: {
  args: PageArguments;
  childComplexity: number;
}): number {
  const size = args.first ?? args.last ?? PAGE_SIZE_DEFAULT;
  return 1 + Math.max(0, size) * childComplexity;
}

function sizeAt(argument: string, size: number): number {
  if (size >= 0 && size <= PAGE_SIZE_MAX) return size;
  throw refuseArgument(argument, `It must be a whole number from 0 to ${PAGE_SIZE_MAX}; got ${size}.`);
}

function cursorAt<Cursor>(
  argument: string,
  value: string | null,
  parse: (key: string) => Cursor | null,
): Cursor | null {
  if (value === null) return null;
  const cursor = parse(decodeCursor(value));
  if (cursor === null) throw refuseArgument(argument, 'Give a cursor from an answer to the same list.');
  return cursor;
}
