import { grouped } from '../../model/text';
import { RequestError } from '../errors/request-error';
import type { ServerLimits } from '../limits';
import type { DocumentSize } from './measure-document';
import type { TokenScan } from './scan-tokens';

/** Brackets nest about twice as deep as fields: arguments and lists inside the deepest field. */
const NESTING_PER_DEPTH = 2;
/** Beyond this multiple of the limit tokens are not counted any more. */
export const TOKENS_COUNTED_PER_ALLOWED = 10;

const WORDS: Readonly<Record<keyof DocumentSize, string>> = {
  depth: 'levels of fields',
  fields: 'fields, fragments expanded',
  rootMutations: 'mutations at the root',
  aliases: 'aliases',
  directives: 'directives',
};

/** What is too much in a document that was only scanned; an empty list lets the parser have it. */
export function tokenErrors(scan: TokenScan, limits: ServerLimits): readonly RequestError[] {
  const nesting = limits.depth * NESTING_PER_DEPTH;
  const errors: RequestError[] = [];
  if (scan.tokens > limits.tokens)
    errors.push(
      tooMuch('tokens', 'tokens', { found: scan.tokens, allowed: limits.tokens, more: scan.stopped }),
    );
  if (scan.nesting > nesting)
    errors.push(
      tooMuch('depth', 'levels of brackets', { found: scan.nesting, allowed: nesting, more: scan.stopped }),
    );
  return errors;
}

/** What is too much in a parsed document. */
export function sizeErrors(size: DocumentSize, limits: ServerLimits): readonly RequestError[] {
  const names = Object.keys(WORDS) as (keyof DocumentSize)[];
  return names
    .filter((name) => size[name] > limits[name])
    .map((name) => tooMuch(name, WORDS[name], { found: size[name], allowed: limits[name], more: false }));
}

/** An operation whose answer would be too large. */
export function complexityError({ found, allowed }: { found: number; allowed: number }): RequestError {
  return new RequestError(
    'QUERY_TOO_COMPLEX',
    `The operation costs ${grouped(found)}; at most ${grouped(allowed)} is allowed. A field costs 1, and a list ` +
      'multiplies what is selected of its items by "first": ask for fewer items or fields.',
    { limit: 'complexity', found, allowed },
  );
}

interface Amount {
  readonly found: number;
  readonly allowed: number;
  /** Counting stopped at `found`. */
  readonly more: boolean;
}

function tooMuch(limit: string, words: string, { found, allowed, more }: Amount): RequestError {
  const count = more ? `more than ${grouped(found)}` : grouped(found);
  return new RequestError(
    'QUERY_TOO_COMPLEX',
    `The document has ${count} ${words}; at most ${grouped(allowed)} are allowed.`,
    { limit, found, allowed },
  );
}
