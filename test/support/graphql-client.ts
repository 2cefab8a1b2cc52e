import fs from 'node:fs';
import path from 'node:path';
import { createClient } from 'graphql-ws';
import WebSocket from 'ws';

const DOCUMENTS = path.join(__dirname, '..', '..', 'examples', 'documents');

/** A GraphQL answer, as loose as the tests that look into it. */
export interface Answer {
  readonly data?: Record<string, any> | null;
  readonly errors?: readonly {
    readonly message: string;
    readonly extensions: { readonly code: string; readonly retryable: boolean };
  }[];
}

/** The text of a file in `examples/documents`. */
export function exampleDocument(file: string): string {
  return fs.readFileSync(path.join(DOCUMENTS, file), 'utf8');
}

/** One request over HTTP. */
export async function ask(labUrl: string, query: string, variables: object = {}): Promise<Answer> {
  const response = await fetch(`${labUrl}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables }),
  });
  return (await response.json()) as Answer;
}

/** All values of an operation over a websocket, until it completes, each told as it comes; a query has one. */
export async function listen(
  labUrl: string,
  query: string,
  variables: Record<string, unknown> = {},
  each: (answer: Answer) => void = () => undefined,
): Promise<readonly Answer[]> {
  const client = createClient({ url: `${labUrl.replace('http', 'ws')}/graphql`, webSocketImpl: WebSocket });
  const answers: Answer[] = [];
  try {
    for await (const answer of client.iterate({ query, variables })) {
      answers.push(answer as Answer);
      each(answer as Answer);
    }
    return answers;
  } finally {
    await client.dispose();
  }
}
