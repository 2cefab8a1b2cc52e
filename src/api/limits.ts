/** How much one request may ask for, and how long and how much the server gives to one client. */
export interface ServerLimits {
  /** Bytes of a request body, after decompression. */
  readonly bodyBytes: number;
  /** Lexical tokens of a document, comments apart. */
  readonly tokens: number;
  /** Levels of fields within fields, fragments expanded. */
  readonly depth: number;
  /** Fields of an operation, fragments expanded. */
  readonly fields: number;
  readonly aliases: number;
  readonly directives: number;
  /** Root fields of one mutation. */
  readonly rootMutations: number;
  /** Cost of an operation: one a field, lists multiply what is selected of each item. */
  readonly complexity: number;
  /** Real time for the answers of one operation, in ms. */
  readonly timeoutMs: number;
  /** Bytes of one websocket frame. */
  readonly frameBytes: number;
  /** Bytes that may wait for a websocket client that does not read. */
  readonly bufferedBytes: number;
  /** Operations at once on one websocket. */
  readonly operationsPerSocket: number;
  /** For a websocket client to introduce itself, in ms. */
  readonly connectionInitMs: number;
  /** Between two pings, and for each pong, in ms. */
  readonly pingMs: number;
  /** For open requests when the server closes, in ms. */
  readonly closeMs: number;
}

export const DEFAULT_LIMITS: ServerLimits = {
  bodyBytes: 1_000_000,
  tokens: 5_000,
  depth: 25,
  fields: 1_000,
  aliases: 200,
  directives: 50,
  rootMutations: 10,
  complexity: 10_000,
  timeoutMs: 4_000,
  frameBytes: 64 * 1024,
  bufferedBytes: 256 * 1024,
  operationsPerSocket: 100,
  connectionInitMs: 3_000,
  pingMs: 12_000,
  closeMs: 3_000,
};

/** At most so many errors are listed in one answer. */
export const ERRORS_LISTED_MAX = 10;
