import { Lexer, Source, TokenKind } from 'graphql';

export interface TokenScan {
  /** Counted up to the limit of the scan. */
  readonly tokens: number;
  /** Whether the scan stopped before the end. */
  readonly stopped: boolean;
  /** The deepest nesting of brackets of any kind. */
  readonly nesting: number;
}

const STEP: Partial<Record<TokenKind, 1 | -1>> = {
  [TokenKind.BRACE_L]: 1,
  [TokenKind.BRACE_R]: -1,
  [TokenKind.BRACKET_L]: 1,
  [TokenKind.BRACKET_R]: -1,
  [TokenKind.PAREN_L]: 1,
  [TokenKind.PAREN_R]: -1,
};

/**
 * Looks at a document before it is parsed: the parser and every walk over its tree recurse, so what nests too deep
 * must not reach them.
 *
 * @param tokensMax where to stop counting.
 * @throws GraphQLError for what is no token.
 */
export function scanTokens(text: string, tokensMax: number): TokenScan {
  const lexer = new Lexer(new Source(text));
  let [tokens, depth, nesting] = [0, 0, 0];
  for (;;) {
    const { kind } = lexer.advance();
    if (kind === TokenKind.EOF) return { tokens, stopped: false, nesting };
    if (tokens >= tokensMax) return { tokens, stopped: true, nesting };
    tokens += 1;
    depth += STEP[kind] ?? 0;
    nesting = Math.max(nesting, depth);
  }
}
