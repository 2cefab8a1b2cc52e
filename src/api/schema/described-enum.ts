import { registerEnumType } from 'type-graphql';

/**
 * Makes a GraphQL enum of a list of words of the model. A word without a description does not compile, so a new one
 * in the model asks for its place here.
 *
 * @returns what `@Field(() => …)` takes as the type.
 */
export function describedEnum<Word extends string>(
  name: string,
  description: string,
  words: Readonly<Record<Word, string>>,
): Readonly<Record<Word, Word>> {
  const names = Object.keys(words) as Word[];
  const type = Object.fromEntries(names.map((word) => [word, word])) as Record<Word, Word>;
  const valuesConfig = Object.fromEntries(names.map((word) => [word, { description: words[word] }]));
  registerEnumType(type, {
    name,
    description,
    valuesConfig: valuesConfig as Record<Word, { description: string }>,
  });
  return type;
}
