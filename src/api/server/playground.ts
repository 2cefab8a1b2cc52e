import { promisify } from 'node:util';
import zlib from 'node:zlib';
import { Router, type Response } from 'express';
import { exampleDocuments } from './example-documents';

const compress = promisify<Buffer, Buffer>(zlib.gzip);

/**
 * What the page may do. Everything it needs is inside it, so it may load from nowhere and talk to this server alone:
 * the browser enforces that nothing comes from outside.
 */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'unsafe-inline' 'unsafe-eval' blob:",
  'worker-src blob:',
  "style-src 'unsafe-inline'",
  'font-src data:',
  'img-src data:',
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** GraphiQL on `/`, with the example documents as its tabs. */
export function playgroundRoute(): Router {
  const router = Router();
  let page: Promise<Buffer> | null = null;
  router.get('/', async (request, response) => {
    page ??= renderPage();
    response.setHeader('Content-Type', 'text/html; charset=utf-8');
    response.setHeader('Content-Security-Policy', CONTENT_SECURITY_POLICY);
    response.setHeader('Cache-Control', 'no-cache');
    response.setHeader('Vary', 'Accept-Encoding');
    const compressed = await page;
    if (request.acceptsEncodings('gzip') === 'gzip') sendCompressed(response, compressed);
    else sendPlain(response, compressed);
  });
  return router;
}

/** Nine megabytes of text: rendered and compressed once, when first asked for. */
async function renderPage(): Promise<Buffer> {
  const { renderGraphiQL } = await import('@graphql-yoga/render-graphiql');
  const html = renderGraphiQL({
    title: 'Replication Lab',
    endpoint: '/graphql',
    subscriptionsProtocol: 'WS',
    defaultTabs: exampleDocuments().map(({ query, variables }) => ({ query, variables })),
  });
  return compress(Buffer.from(html, 'utf8'));
}

function sendCompressed(response: Response, page: Buffer): void {
  response.setHeader('Content-Encoding', 'gzip');
  response.end(page);
}

function sendPlain(response: Response, page: Buffer): void {
  const plain = zlib.createGunzip();
  plain.pipe(response);
  plain.end(page);
}
