import { createParameterDecorator, type ResolverData } from 'type-graphql';

/**
 * The `input` argument as graphql-js coerced it. type-graphql would make instances of the input classes, whose
 * fields are all present, if only as undefined; the domain reads plain data and tells absent fields from given ones.
 */
export function RawInput(
  type: () => NewableFunction,
  description = 'What to make.',
): ReturnType<typeof createParameterDecorator> {
  return createParameterDecorator(({ args }: ResolverData) => args.input as unknown, {
    arg: { name: 'input', typeFunc: () => type(), options: { description } },
  });
}
