import fs from 'node:fs';
import path from 'node:path';
import { createClient } from 'graphql-ws';
import WebSocket from 'ws';
import { DOCUMENTS_FOLDER } from '../../lab/places';

/** A file of `examples/documents` with the type of its answer. */
export interface LabDocument<Data> {
  readonly file: string;
  /** Never there: it carries the type. */
  readonly answer?: Data;
}

interface Answer<Data> {
  readonly data?: Data | null;
  readonly errors?: readonly { readonly message: string }[];
}

/** Talks to a lab as any program outside would: GraphQL over HTTP and over a websocket. */
export class LabClient {
  private readonly url: string;

  constructor(labUrl: string) {
    this.url = `${labUrl}/graphql`;
  }

  /** The data of an answer. @throws Error with the messages of its request errors */
  async request<Data>(document: LabDocument<Data>, variables: object = {}): Promise<Data> {
    const response = await fetch(this.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: textOf(document), variables }),
    });
    return dataOf((await response.json()) as Answer<Data>);
  }

  /** Calls back for each value of a subscription; resolves when it completes. */
  async follow<Data>(
    document: LabDocument<Data>,
    variables: Record<string, unknown>,
    each: (data: Data) => void,
  ): Promise<void> {
    const client = createClient({ url: this.url.replace('http', 'ws'), webSocketImpl: WebSocket });
    try {
      const answers = client.iterate({ query: textOf(document), variables });
      for await (const answer of answers) each(dataOf(answer as Answer<Data>));
    } finally {
      await client.dispose();
    }
  }
}

function dataOf<Data>({ data, errors = [] }: Answer<Data>): Data {
  if (data !== undefined && data !== null && errors.length === 0) return data;
  throw new Error(errors.map((error) => error.message).join('\n') || 'The lab answered nothing.');
}

function textOf({ file }: LabDocument<unknown>): string {
  return fs.readFileSync(path.join(DOCUMENTS_FOLDER, file), 'utf8');
}
