import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ApiServer } from '../../../src/api/server/create-server';
import { submissions } from '../support/documents';
import { emptyLab } from '../support/labs';
import { isAlive, openServer, post, send, type GraphqlAnswer } from '../support/server';
import { BAD_DOCUMENTS } from './bad-documents';
import { BAD_HTTP_REQUESTS } from './bad-http-requests';

describe('bad input over HTTP', () => {
  let server: ApiServer;
  beforeAll(async () => {
    server = await openServer({ lab: emptyLab });
  });
  afterAll(() => server.close());

  it.each(BAD_DOCUMENTS)('$input: $code, and the server goes on', async ({ code, names, ...request }) => {
    const answer = await post(server, request);
    expectRefusal(answer, { code, names });
    const wasExecuted = answer.text.includes('"data"');
    expect(answer.status).toBe(wasExecuted ? 200 : 400);
    expect(await isAlive(server)).toBe(true);
  });

  it.each(BAD_HTTP_REQUESTS)(
    '$input: $status, and the server goes on',
    async ({ request, status, names }) => {
      const answer = await send(server, request);
      expectRefusal(answer, { code: 'BAD_REQUEST', names });
      expect(answer.status).toBe(status);
      expect(await isAlive(server)).toBe(true);
    },
  );

  it('takes queries by GET from programs, and not from a page that has no right to', async () => {
    const get = (headers: Record<string, string>) =>
      fetch(`${server.url}/graphql?query={__typename}`, { headers });
    expect((await get({ 'apollo-require-preflight': 'yes' })).status).toBe(200);
    expect((await get({})).status).toBe(400);
  });

  it('takes no mutation by GET', async () => {
    const response = await fetch(`${server.url}/graphql?query=${encodeURIComponent(submissions(1))}`);
    expect(response.status).toBe(405);
    expect(response.headers.get('allow')).toBe('POST');
  });
});

function expectRefusal(
  { errors, contentType, text }: GraphqlAnswer,
  { code, names }: { code: string; names: readonly string[] },
): void {
  expect(contentType).toContain('json');
  expect(errors.map((error) => error.extensions.code)).toContain(code);
  expect(errors.length).toBeLessThanOrEqual(10);
  for (const name of names) expect(errors[0].message).toContain(name);
  expect(errors[0].extensions.requestId).toMatch(/^req_/);
  expect(errors[0].extensions.retryable).toBe(false);
  expect(text).not.toMatch(/\bat .+:\d+:\d+|node_modules/);
}
