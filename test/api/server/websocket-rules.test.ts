import { once } from 'node:events';
import { describe, expect, it } from '@jest/globals';
import { getIntrospectionQuery } from 'graphql';
import { WebSocket } from 'ws';
import { isAlive, startServer } from '../support/server';
import { submissions } from '../support/documents';
import { TestSocket } from '../support/websocket';

const FINE = { query: '{ __typename }' };

describe('the websocket', () => {
  it('answers queries', async () => {
    const socket = await TestSocket.ready(await startServer());
    socket.subscribe('1', FINE);
    expect(await socket.next()).toEqual({
      id: '1',
      type: 'next',
      payload: { data: { __typename: 'Query' } },
    });
    expect(await socket.next()).toEqual({ id: '1', type: 'complete' });
  });

  it('closes with 4408 if nobody introduces himself in time', async () => {
    const server = await startServer({ limits: { connectionInitMs: 20 } });
    const socket = await TestSocket.open(server);
    expect(await socket.closed).toBe(4408);
  });

  it('closes with 4429 after a second introduction', async () => {
    const socket = await TestSocket.ready(await startServer());
    socket.send({ type: 'connection_init' });
    expect(await socket.closed).toBe(4429);
  });

  it('closes with 4401 after an operation before the introduction', async () => {
    const socket = await TestSocket.open(await startServer());
    socket.subscribe('1', FINE);
    expect(await socket.closed).toBe(4401);
  });

  it('closes with 4409 after a second operation of the same id', async () => {
    const socket = await TestSocket.ready(await startServer());
    socket.subscribe('1', FINE);
    socket.subscribe('1', FINE);
    expect(await socket.closed).toBe(4409);
  });

  it.each([
    ['a binary frame', Buffer.from('{"type":"ping"}')],
    ['a frame that is no JSON', 'hello'],
    ['a message of an unknown type', '{"type":"greeting"}'],
    ['a message that only a server sends', '{"type":"connection_ack"}'],
    ['an operation without a document', '{"type":"subscribe","id":"1","payload":{}}'],
  ])('closes with 4400 after %s', async (_, frame) => {
    const socket = await TestSocket.ready(await startServer());
    socket.socket.send(frame);
    expect(await socket.closed).toBe(4400);
  });

  it('closes with 1009 after a frame over 64 kB', async () => {
    const socket = await TestSocket.ready(await startServer());
    socket.socket.send('x'.repeat(64 * 1024 + 1));
    expect(await socket.closed).toBe(1009);
  });

  it('closes with 4406 for an unknown subprotocol, and without one', async () => {
    const server = await startServer();
    expect(await (await TestSocket.open(server, 'graphql-ws')).closed).toBe(4406);
    const plain = new WebSocket(`${server.url.replace('http', 'ws')}/graphql`);
    expect((await once(plain, 'close'))[0]).toBe(4406);
  });

  it.each([
    ['a foreign origin', '/graphql', { origin: 'https://elsewhere.example' }, 403],
    ['no origin at all but null', '/graphql', { origin: 'null' }, 403],
    ['another host name', '/graphql', { host: 'elsewhere.example' }, 403],
    ['another path', '/elsewhere', {}, 404],
  ])('refuses the upgrade from %s', async (_, path, headers, status) => {
    const server = await startServer();
    const socket = new WebSocket(`${server.url.replace('http', 'ws')}${path}`, 'graphql-transport-ws', {
      headers,
    });
    socket.on('error', () => undefined);
    const [, response] = (await once(socket, 'unexpected-response')) as [unknown, { statusCode: number }];
    expect(response.statusCode).toBe(status);
  });

  it('takes the page it served itself', async () => {
    const server = await startServer();
    const socket = await TestSocket.open(server, 'graphql-transport-ws', { origin: server.url });
    socket.send({ type: 'connection_init' });
    expect((await socket.next()).type).toBe('connection_ack');
  });

  it('holds mutations to the same limits as HTTP', async () => {
    const socket = await TestSocket.ready(await startServer());
    socket.subscribe('1', { query: submissions(11) });
    const { payload } = await socket.next();
    expect(payload).toMatchObject([
      { extensions: { code: 'QUERY_TOO_COMPLEX', limit: 'rootMutations', found: 11 } },
    ]);
  });

  it('refuses more operations at once than allowed and does the others', async () => {
    const socket = await TestSocket.ready(await startServer({ limits: { operationsPerSocket: 2 } }));
    for (const id of ['1', '2', '3']) socket.subscribe(id, FINE);
    const answers = [await socket.next(), await socket.next(), await socket.next()];
    const refused = answers.filter(({ type }) => type === 'error');
    expect(refused).toMatchObject([
      { id: '3', payload: [{ extensions: { code: 'OVERLOADED', retryable: true } }] },
    ]);
  });

  it('cuts off a client that never reads, and serves the others', async () => {
    const server = await startServer({ limits: { bufferedBytes: 32 * 1024 } });
    const { socket, closed } = await TestSocket.ready(server);
    socket.pause();
    const introspection = getIntrospectionQuery();
    for (let id = 0; id < 400 && socket.readyState === WebSocket.OPEN; id += 1) {
      socket.send(JSON.stringify({ type: 'subscribe', id: `${id}`, payload: { query: introspection } }));
      if (id % 20 === 19) await isAlive(server);
    }
    socket.resume();
    expect(await closed).toBe(1006);
    expect(await isAlive(server)).toBe(true);
  });

  it('ends a client that misses pongs', async () => {
    const server = await startServer({ limits: { pingMs: 20 } });
    const socket = await TestSocket.open(server, 'graphql-transport-ws', { autoPong: false });
    expect(await socket.closed).toBe(1006);
  });

  it('keeps a client that answers pings', async () => {
    const socket = await TestSocket.ready(await startServer({ limits: { pingMs: 20 } }));
    for (let pings = 0; pings < 5; pings += 1) await once(socket.socket, 'ping');
    socket.subscribe('1', FINE);
    expect((await socket.next()).type).toBe('next');
  });
});
