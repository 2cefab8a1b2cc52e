import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DEFAULT_LIMITS } from '../../../src/api/limits';
import type { ApiServer } from '../../../src/api/server/create-server';
import { emptyLab } from '../support/labs';
import { isAlive, openServer, type GraphqlAnswerError } from '../support/server';
import { TestSocket } from '../support/websocket';
import { BAD_DOCUMENTS } from './bad-documents';

const fitsFrame = ({ query }: { query: string }): boolean => query.length < DEFAULT_LIMITS.frameBytes - 1_000;

describe('bad input over the websocket', () => {
  let server: ApiServer;
  beforeAll(async () => {
    server = await openServer({ lab: emptyLab });
  });
  afterAll(() => server.close());

  it.each(BAD_DOCUMENTS.filter(fitsFrame))(
    '$input: $code, and the server goes on',
    async ({ code, names, ...request }) => {
      const socket = await TestSocket.ready(server);
      socket.subscribe('1', request);
      const errors = errorsIn(await socket.next());
      expect(errors.map((error) => error.extensions.code)).toContain(code);
      expect(errors.length).toBeLessThanOrEqual(10);
      for (const name of names) expect(errors[0].message).toContain(name);
      expect(errors[0].extensions.requestId).toMatch(/^req_/);
      socket.socket.close();
      expect(await isAlive(server)).toBe(true);
    },
  );

  it.each(BAD_DOCUMENTS.filter((row) => !fitsFrame(row)))(
    '$input: closed with 1009, and the server goes on',
    async ({ query }) => {
      const socket = await TestSocket.ready(server);
      socket.subscribe('1', { query });
      expect(await socket.closed).toBe(1009);
      expect(await isAlive(server)).toBe(true);
    },
  );

  it.each(['experimentProgress', 'experimentEvents'])(
    '%s of an experiment that is not there: NOT_FOUND',
    async (field) => {
      const socket = await TestSocket.ready(server);
      socket.subscribe('1', {
        query: `subscription { ${field}(id: "exp_01hzzzzzzzzzzzzzzzzzzzzzzz") { sequence } }`,
      });
      expect(errorsIn(await socket.next())[0].extensions).toMatchObject({ code: 'NOT_FOUND', field: ['id'] });
      socket.socket.close();
    },
  );

  it.each(['-1', '9223372036854775808', '99999999999999999999999'])(
    'events after the sequence %s: BAD_USER_INPUT with the range',
    async (sequence) => {
      const socket = await TestSocket.ready(server);
      socket.subscribe('1', {
        query: `subscription { experimentEvents(id: "exp_01hzzzzzzzzzzzzzzzzzzzzzzz", afterSequence: "${sequence}") { sequence } }`,
      });
      const [error] = errorsIn(await socket.next());
      expect(error.extensions).toMatchObject({ code: 'BAD_USER_INPUT', field: ['afterSequence'] });
      expect(error.message).toContain('from 0 to 9223372036854775807');
      socket.socket.close();
    },
  );
});

/** Errors before the execution come as such, errors in it with the result. */
function errorsIn({ payload }: { payload?: unknown }): readonly GraphqlAnswerError[] {
  if (Array.isArray(payload)) return payload as GraphqlAnswerError[];
  return (payload as { errors: GraphqlAnswerError[] }).errors;
}
