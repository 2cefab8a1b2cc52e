import { Router } from 'express';
import { Deadline } from '../errors/deadline';
import type { Serving } from './serving';

const READINESS_TIMEOUT_MS = 2_000;

/** `/healthz`: the process is alive. `/readyz`: it can serve, or the reasons why not. */
export function healthRoutes({ lab, logger }: Pick<Serving, 'lab' | 'logger'>): Router {
  const router = Router();
  router.get('/healthz', (_request, response) => {
    response.json({ status: 'alive' });
  });
  router.get('/readyz', async (_request, response) => {
    const reasons = await reasonsOf(lab, logger);
    response.status(reasons.length === 0 ? 200 : 503);
    response.json({ status: reasons.length === 0 ? 'ready' : 'not ready', reasons });
  });
  return router;
}

async function reasonsOf(lab: Serving['lab'], logger: Serving['logger']): Promise<readonly string[]> {
  try {
    return await new Deadline(READINESS_TIMEOUT_MS).limit(lab.readiness());
  } catch (error) {
    logger.warn({ err: error }, 'readiness could not be found out');
    return ['It could not be found out in time what is ready.'];
  }
}
