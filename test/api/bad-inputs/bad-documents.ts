import { DEFAULT_LIMITS } from '../../../src/api/limits';
import * as documents from '../support/documents';

/** A request that is refused in the same way whichever way it comes. */
export interface BadDocument {
  readonly input: string;
  readonly query: string;
  readonly variables?: object;
  readonly operationName?: string;
  readonly code: string;
  /** What the message of the first error must name. */
  readonly names: readonly string[];
}

const { tokens, depth, fields, aliases, directives, rootMutations, complexity } = DEFAULT_LIMITS;
const grouped = (count: number): string => count.toLocaleString('en-US');

const BAD_REQUEST = 'BAD_REQUEST';
const INVALID = 'GRAPHQL_VALIDATION_FAILED';
const TOO_COMPLEX = 'QUERY_TOO_COMPLEX';
const WRONG_VALUE = 'BAD_USER_INPUT';

const submit = (workload: string): string =>
  `mutation { submitExperiment(input: { name: "x", workload: ${workload} }) { replayed } }`;
const cluster = (singleLeader: string): string =>
  `mutation { createCluster(input: { name: "x", nodes: 3, replication: { singleLeader: { ${singleLeader} } } }) { replayed } }`;
const MILLION_DEEP = `{ experiments(first: 1000000) { nodes { runs(first: 1000000) { nodes {
  experiment { runs(first: 1000000) { nodes { id } } } } } } } }`;
const SUBMIT = 'mutation ($input: SubmitExperimentInput!) { submitExperiment(input: $input) { replayed } }';
const CLUSTER = 'query ($id: ID!) { cluster(id: $id) { id } }';
const missing = (id: string) => ({ query: CLUSTER, variables: { id }, code: 'NOT_FOUND', names: ['id'] });

const unreadable: readonly BadDocument[] = [
  { input: 'a syntax error', query: '{ cluster(', code: BAD_REQUEST, names: ['Syntax Error'] },
  { input: 'a NUL in a document', query: '{ __typename \0 }', code: BAD_REQUEST, names: ['U+0000'] },
  { input: 'a document of comments', query: '# nothing', code: BAD_REQUEST, names: ['<EOF>'] },
  {
    input: 'an unknown operation name',
    query: 'query A { __typename }',
    operationName: 'B',
    code: BAD_REQUEST,
    names: ['"B"', 'it has A'],
  },
  {
    input: 'two operations and no name',
    query: 'query A { __typename } query B { __typename }',
    code: BAD_REQUEST,
    names: ['operationName', 'A, B'],
  },
];

const invalid: readonly BadDocument[] = [
  {
    input: 'a fragment cycle',
    query: '{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }',
    code: INVALID,
    names: ['"A"', 'itself'],
  },
  { input: 'an unknown field', query: '{ nothing }', code: INVALID, names: ['"nothing"'] },
  { input: 'a hundred unknown fields', query: documents.unknownFields(100), code: INVALID, names: ['"u0"'] },
  {
    input: 'a literal beyond Int',
    query: '{ clusters(first: 3000000000) { nodes { id } } }',
    code: INVALID,
    names: ['Int'],
  },
  {
    input: 'a literal beyond Float',
    query: submit('{ durationMs: 1e400, clients: [] }'),
    code: INVALID,
    names: ['1e400'],
  },
  {
    input: 'two variants of one distribution',
    query: submit('{ durationMs: 1, clients: [], keys: { distribution: { uniform: {}, zipfian: {} } } }'),
    code: INVALID,
    names: ['KeyDistributionInput'],
  },
  {
    input: 'two redirections',
    query: cluster('failover: { redirection: { dns: {}, proxy: {} } }'),
    code: INVALID,
    names: ['RedirectionInput'],
  },
  {
    input: 'an unknown acknowledgement',
    query: cluster('acknowledgement: { mode: ALL }'),
    code: INVALID,
    names: ['ALL', 'AcknowledgementMode'],
  },
  {
    input: 'bytes in words',
    query: cluster('log: { walKeepBytes: "1 GB" }'),
    code: INVALID,
    names: ['BigInt'],
  },
  {
    input: 'an unknown variant',
    query: submit('{ durationMs: 1, clients: [], keys: { distribution: { pareto: {} } } }'),
    code: INVALID,
    names: ['pareto'],
  },
];

const tooLarge: readonly BadDocument[] = [
  {
    input: 'brackets 60 deep',
    query: documents.nested(60),
    code: TOO_COMPLEX,
    names: ['60', `${2 * depth}`],
  },
  { input: 'fields 30 deep', query: documents.nested(30), code: TOO_COMPLEX, names: ['30', `${depth}`] },
  {
    input: 'fields 5,000 deep',
    query: documents.nested(5_000),
    code: TOO_COMPLEX,
    names: ['15,000', grouped(tokens)],
  },
  {
    input: '2,000 repeated fields',
    query: documents.repeatedFields(2_000),
    code: TOO_COMPLEX,
    names: ['2,000', grouped(fields)],
  },
  {
    input: '20,000 aliases',
    query: documents.aliases(20_000),
    code: TOO_COMPLEX,
    names: ['more than 50,000', grouped(tokens)],
  },
  { input: '300 aliases', query: documents.aliases(300), code: TOO_COMPLEX, names: ['300', `${aliases}`] },
  {
    input: '10,000 directives',
    query: documents.directives(10_000),
    code: TOO_COMPLEX,
    names: ['more than 50,000', grouped(tokens)],
  },
  {
    input: '60 directives',
    query: documents.directives(60),
    code: TOO_COMPLEX,
    names: ['60', `${directives}`],
  },
  {
    input: 'half a million tokens',
    query: documents.repeatedFields(80_000),
    code: TOO_COMPLEX,
    names: ['more than 50,000'],
  },
  {
    input: 'fragments that double 40 times',
    query: documents.doublingFragments(40),
    code: TOO_COMPLEX,
    names: ['fields'],
  },
  {
    input: '50 submissions in one document',
    query: documents.submissions(50),
    code: TOO_COMPLEX,
    names: ['50', `${rootMutations}`],
  },
  {
    input: 'a million items three lists deep',
    query: MILLION_DEEP,
    code: TOO_COMPLEX,
    names: ['costs', grouped(complexity)],
  },
];

const introspection: BadDocument = {
  input: 'introspection within introspection',
  query: documents.introspections(6),
  code: INVALID,
  names: ['introspection depth'],
};

const wrongValues: readonly BadDocument[] = [
  {
    input: 'first: -1',
    query: '{ experiments(first: -1) { nodes { id } } }',
    code: WRONG_VALUE,
    names: ['first', '100'],
  },
  {
    input: 'first: 101',
    query: '{ clusters(first: 101) { nodes { id } } }',
    code: WRONG_VALUE,
    names: ['first', '100'],
  },
  {
    input: 'first and last',
    query: '{ clusters(first: 1, last: 1) { nodes { id } } }',
    code: WRONG_VALUE,
    names: ['last', 'not both'],
  },
  {
    input: 'a cursor of nothing',
    query: '{ clusters(after: "x") { nodes { id } } }',
    code: WRONG_VALUE,
    names: ['after'],
  },
  {
    input: 'a cursor of another list',
    query: `{ clusters(after: "MC4w") { nodes { id } } }`,
    code: WRONG_VALUE,
    names: ['after'],
  },
  { input: 'a missing variable', query: CLUSTER, code: WRONG_VALUE, names: ['$id'] },
  {
    input: 'a variable of another type',
    query: 'query ($n: Int) { clusters(first: $n) { nodes { id } } }',
    variables: { n: 'many' },
    code: WRONG_VALUE,
    names: ['$n'],
  },
  {
    input: 'null where none may be',
    query: 'query ($id: ID = "x") { cluster(id: $id) { id } }',
    variables: { id: null },
    code: WRONG_VALUE,
    names: ['"id"'],
  },
  {
    input: 'an unknown setting in a variable',
    query: SUBMIT,
    variables: { input: { name: 'x', workload: { durationMs: 1, clients: [] }, ['__proto__x']: 1 } },
    code: WRONG_VALUE,
    names: ['__proto__x'],
  },
];

const missingThings: readonly BadDocument[] = [
  { input: 'a malformed id', ...missing('nonsense') },
  { input: 'an empty id', ...missing('') },
  { input: 'an id of another type', ...missing('exp_01hzzzzzzzzzzzzzzzzzzzzzzz') },
  { input: 'an id of nothing', ...missing('clu_01hzzzzzzzzzzzzzzzzzzzzzzz') },
  {
    input: 'an experiment of nothing',
    query: '{ experiment(id: "x") { id } }',
    code: 'NOT_FOUND',
    names: ['id'],
  },
  {
    input: 'a node of nothing',
    query: '{ node(id: "run_01hzzzzzzzzzzzzzzzzzzzzzzz_0_0") { id } }',
    code: 'NOT_FOUND',
    names: ['id'],
  },
];

export const BAD_DOCUMENTS: readonly BadDocument[] = [
  ...unreadable,
  ...invalid,
  ...tooLarge,
  introspection,
  ...wrongValues,
  ...missingThings,
];
