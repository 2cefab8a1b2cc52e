import { ObjectType } from 'type-graphql';

interface PlainTypeOptions {
  readonly description: string;
  readonly implements?: NewableFunction;
}

/**
 * An object type whose fields are read from the object as they stand, by graphql-js itself: type-graphql's own
 * resolvers make a promise and an object for every field of every item of a list.
 */
export function PlainType(name: string, options: PlainTypeOptions): ClassDecorator {
  return ObjectType(name, { ...options, simpleResolvers: true });
}

/** An object of a GraphQL class that was not made by its constructor: the class only describes its fields. */
export type Plain<Class> = { readonly [Field in keyof Class]: Class[Field] };
