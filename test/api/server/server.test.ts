import http from 'node:http';
import { once } from 'node:events';
import net from 'node:net';
import { describe, expect, it } from '@jest/globals';
import { emptyLab, failingLab } from '../support/labs';
import { openServer, post, startServer } from '../support/server';
import { TestSocket } from '../support/websocket';

describe('health', () => {
  it('says that the process is alive, whatever the lab does', async () => {
    const server = await startServer({ lab: failingLab(new Error('all is lost')) });
    const response = await fetch(`${server.url}/healthz`);
    expect([response.status, await response.json()]).toEqual([200, { status: 'alive' }]);
  });

  it('says that the lab is ready', async () => {
    const server = await startServer({ lab: emptyLab });
    const response = await fetch(`${server.url}/readyz`);
    expect([response.status, await response.json()]).toEqual([200, { status: 'ready', reasons: [] }]);
  });

  it('says with 503 why the lab is not ready', async () => {
    const reasons = ['The database cannot be reached.', 'The migrations have not run.'];
    const server = await startServer({ lab: { ...emptyLab, readiness: async () => reasons } });
    const response = await fetch(`${server.url}/readyz`);
    expect([response.status, await response.json()]).toEqual([503, { status: 'not ready', reasons }]);
  });

  it('is not ready while the lab cannot say', async () => {
    const server = await startServer({ lab: failingLab(new Error('password=secret')) });
    const response = await fetch(`${server.url}/readyz`);
    expect(response.status).toBe(503);
    expect(await response.text()).not.toContain('secret');
  });
});

describe('closing', () => {
  it('closes websockets with 1001 and then takes no more connections', async () => {
    const server = await openServer();
    const socket = await TestSocket.ready(server);
    await server.close();
    expect(await socket.closed).toBe(1001);
    await expect(fetch(`${server.url}/healthz`)).rejects.toThrow();
  });

  it('answers the request under way first', async () => {
    const lab = new SlowLab();
    const server = await openServer({ lab: { ...emptyLab, readiness: () => lab.readiness() } });
    const response = fetch(`${server.url}/readyz`);
    await lab.asked;
    const closed = server.close();
    lab.answer([]);
    expect((await response).status).toBe(200);
    await closed;
  });

  it('cuts off what does not end in time', async () => {
    const server = await openServer({ limits: { closeMs: 50 } });
    const socket = net.connect(server.port, '127.0.0.1');
    socket.write(
      'POST /graphql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{',
    );
    await once(socket, 'connect');
    const cut = once(socket, 'close');
    await Promise.all([server.close(), cut]);
  });

  it('may be asked for twice', async () => {
    const server = await openServer();
    await Promise.all([server.close(), server.close()]);
  });
});

describe('strangers', () => {
  it.each(['localhost', 'LOCALHOST', '127.0.0.1', '127.8.8.8', '[::1]', 'localhost:4000'])(
    'the Host header %s is this machine',
    async (host) => {
      const server = await startServer();
      expect(await statusFor(server.port, { host })).toBe(200);
    },
  );

  it.each(['elsewhere.example', 'localhost.elsewhere.example', '10.0.0.1', '127.0.0.1.nip.io'])(
    'the Host header "%s" is refused with 403',
    async (host) => {
      const server = await startServer();
      expect(await statusFor(server.port, { host })).toBe(403);
    },
  );

  it('a server that is bound to every address is as strict', async () => {
    const server = await startServer({ host: '0.0.0.0' });
    expect(await statusFor(server.port, { host: 'lab.example' })).toBe(403);
    expect(await statusFor(server.port, { host: 'localhost' })).toBe(200);
  });

  it.each([
    ['api:4000', 200],
    ['API', 200],
    ['api.elsewhere.example', 403],
    ['localhost', 200],
  ])('where api is an allowed host, the Host header "%s" is answered with %i', async (host, status) => {
    const server = await startServer({ allowedHosts: ['api'] });
    expect(await statusFor(server.port, { host })).toBe(status);
  });

  it('the page of another origin is refused with 403', async () => {
    const server = await startServer();
    expect(await statusFor(server.port, { host: 'localhost', origin: 'https://elsewhere.example' })).toBe(
      403,
    );
  });

  it('what is no HTTP is answered in JSON', async () => {
    const server = await startServer();
    const socket = net.connect(server.port, '127.0.0.1').end('NONSENSE\r\n\r\n');
    const [answer] = (await once(socket, 'data')) as [Buffer];
    expect(answer.toString()).toMatch(/^HTTP\/1\.1 400 [^]*application\/json[^]*"BAD_REQUEST"/);
  });

  it('an unknown path is answered in JSON', async () => {
    const server = await startServer();
    const response = await fetch(`${server.url}/wp-admin`);
    expect([response.status, response.headers.get('content-type')]).toEqual([
      404,
      'application/json; charset=utf-8',
    ]);
  });

  it('a server on a taken port does not start', async () => {
    const server = await startServer();
    await expect(openServer({ port: server.port })).rejects.toThrow('EADDRINUSE');
  });

  it('answers to GraphQL never say who made the server', async () => {
    const server = await startServer();
    const response = await fetch(`${server.url}/graphql`, { method: 'POST' });
    expect(response.headers.has('x-powered-by')).toBe(false);
    expect((await post(server, { query: '{ __typename }' })).status).toBe(200);
  });
});

/** Answers when the test says so. */
class SlowLab {
  answer: (reasons: readonly string[]) => void = () => undefined;
  private noticed: () => void = () => undefined;
  readonly asked = new Promise<void>((resolve) => {
    this.noticed = resolve;
  });

  readiness(): Promise<readonly string[]> {
    this.noticed();
    return new Promise((resolve) => {
      this.answer = resolve;
    });
  }
}

/** fetch chooses the Host itself. */
async function statusFor(port: number, headers: http.OutgoingHttpHeaders): Promise<number | undefined> {
  const request = http.get({ port, host: '127.0.0.1', path: '/healthz', headers, agent: false });
  const [response] = (await once(request, 'response')) as [http.IncomingMessage];
  response.resume();
  return response.statusCode;
}
