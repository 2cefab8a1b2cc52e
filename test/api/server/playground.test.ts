import http from 'node:http';
import { once } from 'node:events';
import { describe, expect, it } from '@jest/globals';
import { parse, validate } from 'graphql';
import { buildApiSchema } from '../../../src/api/schema/build-schema';
import { exampleDocuments } from '../../../src/api/server/example-documents';
import { startServer } from '../support/server';

const LOADED_ATTRIBUTE = /<(?:script|link|img|iframe)\b[^>]*?\b(?:src|href)=["']?([^"'\s>]+)/g;
const LOADED_BY_STYLE = /(?:url\(|@import\s+)["']?([^"')]{1,80})/g;

describe('the playground', () => {
  it('is one page that loads nothing else', async () => {
    const page = await (await fetch((await startServer()).url)).text();
    const style = page.slice(page.indexOf('<style>'), page.indexOf('</style>'));
    const head = page.slice(0, page.indexOf('<script>')).replace(style, '');
    expect(addresses(head, LOADED_ATTRIBUTE)).toEqual([expect.stringMatching(/^data:/)]);
    expect(addresses(style, LOADED_BY_STYLE).filter((address) => !address.startsWith('data:'))).toEqual([]);
    expect(page.slice(page.indexOf('</script>')).trim()).toMatch(/^<\/script>\s*<\/body>\s*<\/html>$/);
  });

  it('is forbidden by its policy to load from outside or to talk to anyone else', async () => {
    const { headers } = await fetch((await startServer()).url);
    const policy = headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("connect-src 'self'");
    expect(policy).not.toMatch(/https?:|\*/);
  });

  it('has the example documents with their variables as its tabs, and subscribes over the websocket', async () => {
    const page = await (await fetch((await startServer()).url)).text();
    expect(page).toContain('"subscriptionsProtocol":"WS"');
    for (const { query, variables } of exampleDocuments())
      expect(page).toContain(JSON.stringify({ query, variables }));
  });

  it('comes compressed to browsers and plain to others', async () => {
    const server = await startServer();
    expect(await sizeFor(server.port, 'gzip, br')).toBeLessThan(3_000_000);
    expect(await sizeFor(server.port, 'identity')).toBeGreaterThan(5_000_000);
  });
});

describe('the example documents', () => {
  it('are those of the API that can be run', () => {
    const names = exampleDocuments().map(({ name }) => name);
    expect(names).toEqual([
      '01-create-cluster',
      '02-submit',
      '03-progress',
      '04-result',
      '10-cancel',
      '13-create-postgres-like',
    ]);
  });

  it.each(exampleDocuments())('$name is valid', ({ query }) => {
    expect(validate(buildApiSchema(), parse(query))).toEqual([]);
  });

  it.each(exampleDocuments())('$name brings every variable it asks for', ({ query, variables }) => {
    const asked = [...query.matchAll(/\$(\w+):/g)].map(([, name]) => name);
    expect(Object.keys(JSON.parse(variables ?? '{}') as object)).toEqual(asked);
  });
});

function addresses(text: string, pattern: RegExp): readonly string[] {
  return [...text.matchAll(pattern)].map(([, address]) => address);
}

async function sizeFor(port: number, encoding: string): Promise<number> {
  const request = http.get({
    port,
    host: 'localhost',
    headers: { 'accept-encoding': encoding },
    agent: false,
  });
  const [response] = (await once(request, 'response')) as [http.IncomingMessage];
  let size = 0;
  for await (const chunk of response) size += (chunk as Buffer).length;
  return size;
}
