import { Extensions } from 'type-graphql';
import { GraphQLInputObjectType, type GraphQLSchema } from 'graphql';

const MARK = 'exactlyOneField';

/** Marks an input class whose fields exclude each other: GraphQL's `@oneOf`. All its fields must be nullable. */
export function OneOf(): ClassDecorator {
  return Extensions({ [MARK]: true });
}

/**
 * type-graphql has no word for `@oneOf`; graphql-js prints, validates and coerces by a flag of the built type.
 * Sets it on every marked type.
 */
export function markOneOfTypes(schema: GraphQLSchema): void {
  for (const type of Object.values(schema.getTypeMap()))
    if (type instanceof GraphQLInputObjectType && type.extensions[MARK] === true) type.isOneOf = true;
}
