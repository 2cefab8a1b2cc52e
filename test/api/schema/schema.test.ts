import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import {
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isIntrospectionType,
  isObjectType,
  isSpecifiedScalarType,
  validateSchema,
  type GraphQLField,
  type GraphQLNamedType,
} from 'graphql';
import { buildApiSchema } from '../../../src/api/schema/build-schema';
import { printApiSchema } from '../../../src/api/schema/print-schema';
import { PROBLEM_CODES, WARNING_CODES } from '../../../src/model/problem';

const schema = buildApiSchema();
const types = Object.values(schema.getTypeMap()).filter(
  (type) => !isIntrospectionType(type) && !isSpecifiedScalarType(type),
);

describe('the schema', () => {
  it('is the one in schema.graphql; after a wanted change run `npm run schema`', () => {
    const file = path.join(__dirname, '../../../schema.graphql');
    expect(printApiSchema()).toBe(fs.readFileSync(file, 'utf8'));
  });

  it('is valid', () => {
    expect(validateSchema(schema)).toEqual([]);
  });

  it.each(types.map((type) => ({ name: type.name, type })))(
    'describes $name and everything in it',
    ({ type }) => {
      const bare = places(type).filter(({ description }) => !description?.trim());
      expect(bare.map(({ place }) => place)).toEqual([]);
    },
  );

  it.each([
    'DistributionInput',
    'EmpiricalDistributionInput',
    'ReplicationInput',
    'FaultInput',
    'KeyDistributionInput',
    'RedirectionInput',
  ])('lets exactly one field of %s be given', (name) => {
    expect(schema.getType(name)).toMatchObject({ isOneOf: true });
  });

  it('knows every code of the domain', () => {
    expect(valuesOf('UserErrorCode')).toEqual([...PROBLEM_CODES].sort());
    expect(valuesOf('WarningCode')).toEqual([...WARNING_CODES].sort());
  });

  it('takes nothing but typed values in its inputs', () => {
    const json = types
      .filter(isInputObjectType)
      .flatMap((type) =>
        Object.values(type.getFields()).filter((field) => String(field.type).includes('JSON')),
      );
    expect(json).toEqual([]);
  });
});

interface Place {
  readonly place: string;
  readonly description: string | null | undefined;
}

function places(type: GraphQLNamedType): readonly Place[] {
  const { name, description } = type;
  const whole = { place: name, description };
  if (isEnumType(type)) return [whole, ...type.getValues().map((value) => inside(name, value))];
  if (isInputObjectType(type))
    return [whole, ...Object.values(type.getFields()).map((field) => inside(name, field))];
  if (isObjectType(type) || isInterfaceType(type))
    return [whole, ...Object.values(type.getFields()).flatMap((field) => fieldPlaces(name, field))];
  return [whole];
}

function fieldPlaces(type: string, field: GraphQLField<unknown, unknown>): readonly Place[] {
  return [inside(type, field), ...field.args.map((argument) => inside(`${type}.${field.name}`, argument))];
}

function inside(parent: string, item: { name: string; description?: string | null }): Place {
  return { place: `${parent}.${item.name}`, description: item.description };
}

function valuesOf(name: string): readonly string[] {
  const type = schema.getType(name);
  return isEnumType(type)
    ? type
        .getValues()
        .map((value) => value.name)
        .sort()
    : [];
}
