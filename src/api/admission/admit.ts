import {
  getOperationAST,
  getVariableValues,
  GraphQLError,
  Kind,
  parse,
  specifiedRules,
  validate,
  type DocumentNode,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql';
import { RequestError } from '../errors/request-error';
import { ERRORS_LISTED_MAX, type ServerLimits } from '../limits';
import { costOf } from './complexity';
import { measureDocument } from './measure-document';
import { complexityError, sizeErrors, tokenErrors, TOKENS_COUNTED_PER_ALLOWED } from './refuse-too-large';
import { scanTokens } from './scan-tokens';

/** What a client sends, whichever way it comes. */
export interface GraphqlRequest {
  readonly query: string;
  readonly operationName: string | null;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** An operation that may be executed. */
export interface AdmittedOperation extends GraphqlRequest {
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
}

export type Admission =
  | { readonly kind: 'ADMITTED'; readonly operation: AdmittedOperation }
  | { readonly kind: 'REFUSED'; readonly errors: readonly GraphQLError[] };

export interface AdmissionRules {
  readonly schema: GraphQLSchema;
  readonly limits: ServerLimits;
}

/**
 * Everything that is checked before anything is executed, the same over HTTP and websocket. Cheap checks come first:
 * each bounds the work of the next, so that a hostile document costs milliseconds.
 */
export function admit(request: GraphqlRequest, { schema, limits }: AdmissionRules): Admission {
  try {
    const document = parseWithin(request.query, limits);
    stopAt(sizeErrors(measureDocument(document), limits));
    stopAt(validationErrors(schema, document));
    const operation = chosenOperation(document, request.operationName);
    stopAt(variableErrors(schema, operation, request.variables));
    stopAt(costErrors({ ...request, document }, { schema, limits }));
    return { kind: 'ADMITTED', operation: { ...request, document, operation } };
  } catch (error) {
    if (error instanceof Refusal)
      return { kind: 'REFUSED', errors: error.errors.slice(0, ERRORS_LISTED_MAX) };
    throw error;
  }
}

class Refusal extends Error {
  constructor(readonly errors: readonly GraphQLError[]) {
    super('refused');
  }
}

function stopAt(errors: readonly GraphQLError[]): void {
  if (errors.length > 0) throw new Refusal(errors);
}

function parseWithin(query: string, limits: ServerLimits): DocumentNode {
  try {
    stopAt(tokenErrors(scanTokens(query, limits.tokens * TOKENS_COUNTED_PER_ALLOWED), limits));
    return parse(query, { maxTokens: limits.tokens });
  } catch (error) {
    if (error instanceof GraphQLError) throw new Refusal([coded(error, 'BAD_REQUEST')]);
    throw error;
  }
}

function validationErrors(schema: GraphQLSchema, document: DocumentNode): readonly GraphQLError[] {
  // Validation itself adds one more error, which says that it stopped.
  const errors = validate(schema, document, specifiedRules, { maxErrors: ERRORS_LISTED_MAX - 1 });
  return errors.map((error) => coded(error, 'GRAPHQL_VALIDATION_FAILED'));
}

function chosenOperation(document: DocumentNode, operationName: string | null): OperationDefinitionNode {
  const operation = getOperationAST(document, operationName);
  if (operation) return operation;
  const names = document.definitions
    .filter((node) => node.kind === Kind.OPERATION_DEFINITION)
    .map((node) => node.name?.value ?? '(unnamed)');
  const found = names.length === 0 ? 'it has none' : `it has ${names.slice(0, ERRORS_LISTED_MAX).join(', ')}`;
  const wanted =
    operationName === null
      ? 'Say by "operationName" which'
      : `There is no operation "${operationName.slice(0, 100)}"; say which`;
  throw new Refusal([
    new RequestError('BAD_REQUEST', `${wanted} operation of the document to execute: ${found}.`),
  ]);
}

function variableErrors(
  schema: GraphQLSchema,
  { variableDefinitions = [] }: OperationDefinitionNode,
  variables: Readonly<Record<string, unknown>>,
): readonly GraphQLError[] {
  const { errors = [] } = getVariableValues(schema, variableDefinitions, variables, {
    maxErrors: ERRORS_LISTED_MAX - 1,
  });
  return errors.map((error) => coded(error, 'BAD_USER_INPUT'));
}

function costErrors(
  asked: Omit<AdmittedOperation, 'operation'>,
  { schema, limits }: AdmissionRules,
): readonly GraphQLError[] {
  try {
    const found = costOf(schema, asked);
    return found > limits.complexity ? [complexityError({ found, allowed: limits.complexity })] : [];
  } catch (error) {
    // The arguments must be read for it: a null variable for an argument that may not be null is only found here.
    if (error instanceof GraphQLError) return [coded(error, 'BAD_USER_INPUT')];
    throw error;
  }
}

function coded(error: GraphQLError, code: RequestError['code']): GraphQLError {
  const { message, nodes, source, positions, path } = error;
  return new GraphQLError(message, { nodes, source, positions, path, extensions: { code } });
}
