/**
 * What the pure layers (model, engine, protocols, checkers) may not touch, and what to do instead.
 * A simulation must give the same bits for the same seed on every machine: no clock, no dice, no waiting,
 * no input or output, and no arithmetic whose rounding the language leaves open.
 */
import { builtinModules } from 'node:module';

export const pureFolders = ['model', 'engine', 'protocols', 'checkers'];

const askTheEngine = 'Pure code has no clock: take the simulated time that the engine hands in.';
const askForATimer = 'Pure code does not wait: set a timer through the engine, which owns simulated time.';
const drawFromTheSeed = 'Pure code has no dice: draw from the seeded random stream that the engine hands in.';
const staySynchronous =
  'Pure code is synchronous: return the value; waiting belongs in src/experiments and outwards.';
const returnWhatHappened =
  'Pure code does no input or output: return what happened, or throw by invariant(); the outer layers print and store.';
const passItIn = 'Pure code does not see its machine: let the caller pass the value in.';
const exactMathOnly =
  'The language leaves the rounding of this function open, so results would differ between machines: use src/engine/deterministic-math (only + − × ÷ √ and the exact functions of Math are allowed).';
const noLocale = 'The result depends on the locale of the machine: compare or format with code of our own.';

/** @typedef {[message: string, names: string[]][]} Table what to do instead → what is forbidden */

/** @type {Table} */
const forbiddenGlobals = [
  [askTheEngine, ['Date', 'performance', 'Temporal']],
  [
    askForATimer,
    [
      'setTimeout',
      'setInterval',
      'setImmediate',
      'clearTimeout',
      'clearInterval',
      'clearImmediate',
      'queueMicrotask',
    ],
  ],
  [drawFromTheSeed, ['crypto', 'Crypto']],
  [staySynchronous, ['Promise', 'AbortController', 'AbortSignal', 'Atomics']],
  [
    returnWhatHappened,
    ['console', 'fetch', 'WebSocket', 'XMLHttpRequest', 'BroadcastChannel', 'MessageChannel'],
  ],
  [
    passItIn,
    ['process', 'globalThis', 'global', 'require', 'module', '__dirname', '__filename', 'navigator', 'eval'],
  ],
  [noLocale, ['Intl']],
  ['When it runs depends on the garbage collector.', ['WeakRef', 'FinalizationRegistry']],
];

/** Functions of Math that every engine must round alike, and its constants. */
const exactMath = [
  ...['abs', 'ceil', 'clz32', 'floor', 'fround', 'imul', 'max', 'min', 'round', 'sign', 'sqrt', 'trunc'],
  ...['E', 'LN10', 'LN2', 'LOG10E', 'LOG2E', 'PI', 'SQRT1_2', 'SQRT2'],
];
const exactMathPattern = `/^(${exactMath.join('|')})$/`;

/** @type {Table} */
const forbiddenSyntax = [
  [
    drawFromTheSeed,
    ["MemberExpression[object.name='Math'][property.name='random']", "Literal[value='Math.random']"],
  ],
  [
    exactMathOnly,
    [
      `MemberExpression[object.name='Math']:not([property.name=${exactMathPattern}]):not([property.name='random'])`,
      "MemberExpression[object.name='Math'][computed=true]",
      "BinaryExpression[operator='**']",
      "AssignmentExpression[operator='**=']",
    ],
  ],
  [
    'Name the function where it is used (Math.sqrt), so that this check can see it.',
    [":not(MemberExpression) > Identifier[name='Math']"],
  ],
  [
    staySynchronous,
    [
      ':function[async=true]',
      'AwaitExpression',
      'ForOfStatement[await=true]',
      'TSTypeReference[typeName.name=/^(Promise|PromiseLike|AsyncIterable|AsyncGenerator)$/]',
    ],
  ],
  [askTheEngine, ["TSTypeReference[typeName.name='Date']"]],
  [passItIn, ['ImportExpression', 'TSImportEqualsDeclaration']],
  [noLocale, ['MemberExpression[property.name=/^(toLocale.*|localeCompare)$/]']],
];

/** Entries for `no-restricted-syntax`; the rule does not merge, so the configuration joins them with its own. */
export const pureSyntax = forbiddenSyntax.flatMap(([message, selectors]) =>
  selectors.map((selector) => ({ selector, message })),
);

const pureGlobals = forbiddenGlobals.flatMap(([message, names]) => names.map((name) => ({ name, message })));

/** @type {import('eslint').Linter.RulesRecord} */
export const pureRules = {
  'no-restricted-globals': ['error', ...pureGlobals],
  'no-restricted-imports': [
    'error',
    {
      paths: builtinModules.map((name) => ({ name, message: returnWhatHappened })),
      patterns: [{ group: ['node:*'], message: returnWhatHappened }],
    },
  ],
};
