import { Field, Int } from 'type-graphql';
import type { Page } from '../../experiments/ports/stores';
import { PlainType, type Plain } from '../schema/plain-type';

@PlainType('PageInfo', { description: 'Where a page lies in its list.' })
export class PageInfo {
  @Field(() => Boolean, { description: 'Whether there are items after this page.' })
  readonly hasNextPage!: boolean;

  @Field(() => Boolean, { description: 'Whether there are items before this page.' })
  readonly hasPreviousPage!: boolean;

  @Field(() => String, { nullable: true, description: 'Cursor of the first item; null on an empty page.' })
  readonly startCursor!: string | null;

  @Field(() => String, { nullable: true, description: 'Cursor of the last item; null on an empty page.' })
  readonly endCursor!: string | null;
}

interface Edge<Item> {
  readonly cursor: string;
  readonly node: Item;
}

/** A page of a list; the total is only counted when it is asked for. */
export interface Connection<Item> {
  readonly nodes: readonly Item[];
  readonly edges: readonly Edge<Item>[];
  readonly pageInfo: Plain<PageInfo>;
  readonly totalCount: () => Promise<number>;
}

interface ListNames {
  /** Of the item's GraphQL type. */
  readonly type: string;
  /** Plural, for descriptions. */
  readonly items: string;
  readonly order: string;
}

/** The GraphQL type of a Relay connection. */
export function connectionType(
  item: () => NewableFunction,
  { type, items, order }: ListNames,
): NewableFunction {
  @PlainType(`${type}Edge`, { description: `One of the ${items} and its place in the list.` })
  class EdgeOfItems {
    @Field(() => String, { description: 'Opaque; give it as `after` or `before` to continue from here.' })
    readonly cursor!: string;

    @Field(() => item(), { description: 'The item itself.' })
    readonly node!: object;
  }

  @PlainType(`${type}Connection`, { description: `A page of ${items}, ${order}.` })
  class ConnectionOfItems implements Connection<object> {
    @Field(() => [item()], { description: 'The items of the page.' })
    readonly nodes!: readonly object[];

    @Field(() => [EdgeOfItems], { description: 'The items of the page with their cursors.' })
    readonly edges!: readonly Edge<object>[];

    @Field(() => PageInfo, { description: 'Where the page lies in the list.' })
    readonly pageInfo!: Plain<PageInfo>;

    @Field(() => Int, { description: 'How many items the whole list has; counted only when selected.' })
    readonly totalCount!: () => Promise<number>;
  }
  return ConnectionOfItems;
}

/** A page of the store as a connection. */
export function connectionOf<Row, Item>(
  { items, hasNextPage, hasPreviousPage }: Page<Row>,
  {
    cursorOf,
    show,
    count,
  }: {
    readonly cursorOf: (row: Row) => string;
    readonly show: (row: Row) => Item;
    readonly count: () => Promise<number>;
  },
): Connection<Item> {
  const edges = items.map((row) => ({ cursor: cursorOf(row), node: show(row) }));
  const startCursor = edges.at(0)?.cursor ?? null;
  const endCursor = edges.at(-1)?.cursor ?? null;
  return {
    nodes: edges.map(({ node }) => node),
    edges,
    pageInfo: { hasNextPage, hasPreviousPage, startCursor, endCursor },
    totalCount: count,
  };
}
