import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Router, type Request, type Response } from 'express';
import type { HistoryEvent } from '../../model/history';
import { parseRunId } from '../../model/ids';
import type { HistoryExport } from '../../experiments/run-history';
import { Deadline } from '../errors/deadline';
import { notFound, RequestError } from '../errors/request-error';
import { HISTORY_PATTERN } from '../history-path';
import { sendErrors } from './http-errors';
import type { Serving } from './serving';

/** Lines are sent together up to about so many characters. */
const CHUNK_CHARACTERS = 65_536;

/** The history of a run as JSON lines, made while they are read: a slow reader holds the columns of one run, some megabytes, and no more. */
export function historyRoute({ lab, limits, logger }: Pick<Serving, 'lab' | 'limits' | 'logger'>): Router {
  const router = Router();
  const refuse = (response: Response, status: number, error: RequestError): void =>
    sendErrors(response, logger, { status, errors: [error] });
  router.get(HISTORY_PATTERN, async (request: Request<{ run: string }>, response) => {
    const ref = parseRunId(request.params.run);
    const found = ref === null ? null : await new Deadline(limits.timeoutMs).limit(lab.exportHistory(ref));
    if (found === null) refuse(response, 404, notFound('run'));
    else if (found.kind === 'NOT_KEPT') refuse(response, 404, new RequestError('NOT_FOUND', found.reason));
    else if (found.kind === 'NOT_FINISHED')
      refuse(response, 409, new RequestError('NOT_READY', found.reason));
    else await sendHistory(request, response, found);
  });
  router.all(HISTORY_PATTERN, ({ method }, response) => {
    response.setHeader('Allow', 'GET, HEAD');
    refuse(
      response,
      405,
      new RequestError('BAD_REQUEST', `${method} is not taken here: histories are read by GET.`),
    );
  });
  return router;
}

type Kept = Extract<HistoryExport, { readonly kind: 'KEPT' }>;

async function sendHistory(
  { method }: Pick<Request, 'method'>,
  response: Response,
  { description, events }: Kept,
): Promise<void> {
  response.setHeader('Content-Type', 'application/x-ndjson; charset=utf-8');
  response.setHeader('History-Recording', description.recording);
  if (method === 'HEAD') {
    response.end();
    return;
  }
  try {
    await pipeline(Readable.from(chunksOf(events)), response);
  } catch (error) {
    // A reader that leaves is its own business.
    if (!isLeaving(error)) throw error;
  }
}

function* chunksOf(events: Iterable<HistoryEvent>): Generator<string> {
  let chunk = '';
  for (const event of events) {
    chunk += `${JSON.stringify(event)}\n`;
    if (chunk.length < CHUNK_CHARACTERS) continue;
    yield chunk;
    chunk = '';
  }
  if (chunk !== '') yield chunk;
}

function isLeaving(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_STREAM_PREMATURE_CLOSE';
}
