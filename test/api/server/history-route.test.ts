import http from 'node:http';
import { once } from 'node:events';
import { describe, expect, it } from '@jest/globals';
import type { Lab } from '../../../src/experiments/lab';
import { StoreUnavailableError } from '../../../src/experiments/ports/stores';
import type { HistoryExport } from '../../../src/experiments/run-history';
import type { HistoryDescription, HistoryEvent } from '../../../src/model/history';
import { emptyLab, failingLab, untouchedLab } from '../support/labs';
import { startServer } from '../support/server';

const RUN = 'run_00000000000000000000000001_0_3';
const PATH = `/v1/runs/${RUN}/history`;

const WHOLE: HistoryDescription = { recording: 'WHOLE', operations: 1, operationsOfRun: 1, windows: [] };
const EVENT: HistoryEvent = {
  process: 0,
  type: 'INVOKE',
  f: 'READ',
  key: 'key-1',
  value: null,
  timeMs: 1,
  operation: 0,
};

function labWith(exported: HistoryExport): Lab {
  return { ...untouchedLab, exportHistory: async () => exported };
}

function kept(events: Iterable<HistoryEvent>): Lab {
  return labWith({ kind: 'KEPT', description: WHOLE, events });
}

interface Refusal {
  readonly errors: readonly { message: string; extensions: { code: string; retryable: boolean } }[];
}

async function refusal(lab: Lab, path = PATH, method = 'GET'): Promise<[number, string, boolean, string]> {
  const server = await startServer({ lab });
  const response = await fetch(`${server.url}${path}`, { method });
  const { errors } = (await response.json()) as Refusal;
  return [response.status, errors[0].extensions.code, errors[0].extensions.retryable, errors[0].message];
}

describe('the history of a run', () => {
  it('is sent as JSON lines, and says how much of it was kept', async () => {
    const server = await startServer({ lab: kept([EVENT, { ...EVENT, type: 'OK', timeMs: 2 }]) });
    const response = await fetch(`${server.url}${PATH}`);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('application/x-ndjson; charset=utf-8');
    expect(response.headers.get('history-recording')).toBe('WHOLE');
    const lines = (await response.text()).split('\n');
    expect(lines.pop()).toBe('');
    expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual([
      EVENT,
      { ...EVENT, type: 'OK', timeMs: 2 },
    ]);
  });

  it('may be empty', async () => {
    const server = await startServer({ lab: kept([]) });
    const response = await fetch(`${server.url}${PATH}`);
    expect([response.status, await response.text()]).toEqual([200, '']);
  });

  it('is described without being sent, by HEAD', async () => {
    const events: Iterable<HistoryEvent> = {
      [Symbol.iterator]: () => {
        throw new Error('nobody may ask for an event');
      },
    };
    const server = await startServer({ lab: kept(events) });
    const response = await fetch(`${server.url}${PATH}`, { method: 'HEAD' });
    expect([response.status, response.headers.get('history-recording')]).toEqual([200, 'WHOLE']);
  });

  it('is made no faster than it is read', async () => {
    let made = 0;
    const endless = (function* (): Generator<HistoryEvent> {
      for (;;) {
        made++;
        yield EVENT;
      }
    })();
    const server = await startServer({ lab: kept(endless) });
    const request = http.get(`${server.url}${PATH}`, { headers: { host: 'localhost' } });
    const [response] = (await once(request, 'response')) as [http.IncomingMessage];
    await once(response, 'readable');
    const before = made;
    request.destroy();
    await once(request, 'close');
    expect(before).toBeGreaterThan(0);
    expect(before).toBeLessThan(1_000_000);
  });
});

describe('where there is no history', () => {
  it.each(['/v1/runs/x/history', `/v1/runs/${RUN.replace('run_', 'exp_')}/history`])(
    '%s is not found, and the lab is not asked',
    async (path) => {
      expect(await refusal(untouchedLab, path)).toEqual([
        404,
        'NOT_FOUND',
        false,
        'There is nothing of this run.',
      ]);
    },
  );

  it('a run that there is not is answered in the same way', async () => {
    expect(await refusal(emptyLab)).toEqual([404, 'NOT_FOUND', false, 'There is nothing of this run.']);
  });

  it('a run of which none was kept says why', async () => {
    const lab = labWith({ kind: 'NOT_KEPT', reason: 'That is why.' });
    expect(await refusal(lab)).toEqual([404, 'NOT_FOUND', false, 'That is why.']);
  });

  it('a run that has not ended says that it may be asked again', async () => {
    const lab = labWith({ kind: 'NOT_FINISHED', reason: 'Not yet.' });
    expect(await refusal(lab)).toEqual([409, 'NOT_READY', true, 'Not yet.']);
  });

  it('a database that is away is answered with 503', async () => {
    const [status, code] = await refusal(failingLab(new StoreUnavailableError('away')));
    expect([status, code]).toEqual([503, 'UNAVAILABLE']);
  });

  it('whatever goes wrong is masked', async () => {
    const answer = await refusal(failingLab(new Error('password=secret')));
    expect(answer).toEqual([500, 'INTERNAL_SERVER_ERROR', false, 'Internal error']);
  });

  it.each(['POST', 'DELETE'])('%s is refused', async (method) => {
    const [status, code] = await refusal(untouchedLab, PATH, method);
    expect([status, code]).toEqual([405, 'BAD_REQUEST']);
  });

  it('a stranger is refused before', async () => {
    const server = await startServer({ lab: untouchedLab });
    const request = http.get(`${server.url}${PATH}`, { headers: { host: 'evil.example' } });
    const [response] = (await once(request, 'response')) as [http.IncomingMessage];
    expect(response.statusCode).toBe(403);
    response.resume();
  });
});
