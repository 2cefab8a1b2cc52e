import { PassThrough } from 'node:stream';
import { describe, expect, it } from '@jest/globals';
import pino from 'pino';
import { StoreUnavailableError } from '../../../src/experiments/ports/stores';
import { emptyLab, failingLab } from '../support/labs';
import { post, startServer } from '../support/server';
import { TestSocket } from '../support/websocket';

const SECRET = 'connect to postgres://lab:secret@db failed';
const EXPERIMENTS = { query: '{ experiments { nodes { id } } }' };
const PROGRESS = {
  query: 'subscription { experimentProgress(id: "exp_01hzzzzzzzzzzzzzzzzzzzzzzz") { fraction } }',
};
const internal = { code: 'INTERNAL_SERVER_ERROR', retryable: false };

describe('an unexpected error', () => {
  it('is answered over HTTP without its words, and logged whole under the same request id', async () => {
    const log = new PassThrough({ encoding: 'utf8' });
    const server = await startServer({ lab: failingLab(new Error(SECRET)), logger: pino(log) });
    const { text, errors } = await post(server, EXPERIMENTS);
    expect(errors).toMatchObject([
      { message: 'Internal error', path: ['experiments'], extensions: internal },
    ]);
    expect(text).not.toMatch(/secret|stack/);
    const line = JSON.parse(String(log.read())) as {
      requestId: string;
      err: { message: string; stack: string };
    };
    expect(line.requestId).toBe(errors[0].extensions.requestId);
    expect(line.err.message).toBe(SECRET);
    expect(line.err.stack).toContain('masking.test');
  });

  it('is masked over the websocket as well', async () => {
    const socket = await TestSocket.ready(await startServer({ lab: failingLab(new Error(SECRET)) }));
    socket.subscribe('1', EXPERIMENTS);
    const message = await socket.next();
    expect(message.payload).toMatchObject({ errors: [{ message: 'Internal error', extensions: internal }] });
    expect(JSON.stringify(message)).not.toContain('secret');
  });

  it('is masked when a subscription begins', async () => {
    const socket = await TestSocket.ready(await startServer({ lab: failingLab(new Error(SECRET)) }));
    socket.subscribe('1', PROGRESS);
    expect(JSON.stringify(await socket.next())).toMatch(/Internal error(?!.*secret)/);
  });

  it('is masked in the middle of a subscription', async () => {
    const followProgress = async () => failingStream(new Error(SECRET));
    const socket = await TestSocket.ready(await startServer({ lab: { ...emptyLab, followProgress } }));
    socket.subscribe('1', PROGRESS);
    const message = await socket.next();
    expect(message).toMatchObject({
      type: 'error',
      payload: [{ message: 'Internal error', extensions: internal }],
    });
    expect(JSON.stringify(message)).not.toContain('secret');
  });
});

describe('an expected failure', () => {
  it('of the database is UNAVAILABLE and may be tried again', async () => {
    const server = await startServer({ lab: failingLab(new StoreUnavailableError(SECRET)) });
    const { text, errors } = await post(server, EXPERIMENTS);
    expect(errors).toMatchObject([{ extensions: { code: 'UNAVAILABLE', retryable: true } }]);
    expect(text).not.toContain('secret');
  });

  it('to answer in time is TIMEOUT and names the limit', async () => {
    const experiments = () => new Promise<never>(() => undefined);
    const server = await startServer({ lab: { ...emptyLab, experiments }, limits: { timeoutMs: 30 } });
    const { errors } = await post(server, EXPERIMENTS);
    expect(errors).toMatchObject([{ extensions: { code: 'TIMEOUT', retryable: true, limitMs: 30 } }]);
  });
});

async function* failingStream(error: Error): AsyncGenerator<never> {
  yield await Promise.reject(error);
}
