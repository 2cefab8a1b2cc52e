import type { Page, PageRequest } from '../experiments/ports/stores';

/** Where a window of a list starts; null: at the list's first, or going backward its last item. */
export function cursorOf<Cursor>(request: PageRequest<Cursor>): Cursor | null {
  return request.direction === 'FORWARD' ? request.after : request.before;
}

export interface WindowQuery {
  readonly where: { readonly id?: { readonly lt: string } | { readonly gt: string } };
  readonly orderBy: { readonly id: 'asc' | 'desc' };
  readonly take: number;
}

export interface BehindQuery {
  readonly where: { readonly id: { readonly gte: string } | { readonly lte: string } };
  readonly select: { readonly id: true };
}

/** Prisma's query for a window of rows ordered by id, newest first; one row more tells whether the list goes on. */
export function newestFirst<Id extends string>(request: PageRequest<Id>): WindowQuery {
  const cursor = cursorOf(request);
  const forward = request.direction === 'FORWARD';
  return {
    where: cursor === null ? {} : { id: forward ? { lt: cursor } : { gt: cursor } },
    orderBy: { id: forward ? 'desc' : 'asc' },
    take: request.limit + 1,
  };
}

/** Prisma's query for the nearest row on the other side of the cursor, itself included; null without cursor. */
export function behindCursor<Id extends string>(request: PageRequest<Id>): BehindQuery | null {
  const cursor = cursorOf(request);
  if (cursor === null) return null;
  return {
    where: { id: request.direction === 'FORWARD' ? { gte: cursor } : { lte: cursor } },
    select: { id: true },
  };
}

/**
 * @param found at most `limit + 1` items, going away from the cursor
 * @param behind an item on the other side of the cursor; null: there is none
 */
export function toPage<Item, Cursor>(
  found: readonly Item[],
  request: PageRequest<Cursor>,
  behind: object | null,
): Page<Item> {
  const items = found.slice(0, request.limit);
  const goesOn = found.length > request.limit;
  if (request.direction === 'FORWARD') {
    return { items, hasNextPage: goesOn, hasPreviousPage: behind !== null };
  }
  return { items: items.reverse(), hasNextPage: behind !== null, hasPreviousPage: goesOn };
}

/** The records in the order of the ids; null where there is none. */
export function inOrderOf<Row extends { readonly id: string }>(
  ids: readonly Row['id'][],
  records: readonly Row[],
): readonly (Row | null)[] {
  const byId = new Map(records.map((record) => [record.id, record]));
  return ids.map((id) => byId.get(id) ?? null);
}
