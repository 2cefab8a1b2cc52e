import type { IncomingMessage } from 'node:http';

/** Whether an address or host name means this machine and no other. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || host === '[::1]' || /^127(\.\d{1,3}){3}$/.test(host);
}

/**
 * Why a request must be refused, null if it need not be.
 *
 * A page of another site cannot read our answers, unless its name is made to point to this machine (DNS rebinding);
 * then the browser still sends that name as Host. Requests of pages carry their origin, which must be ours.
 */
export function refusedFor(
  { headers }: IncomingMessage,
  { loopbackOnly }: { loopbackOnly: boolean },
): string | null {
  const host = headers.host ?? '';
  if (loopbackOnly && !isLoopback(hostNameOf(host)))
    return 'This server answers only to localhost, 127.0.0.1 or [::1] as the Host of a request.';
  const { origin } = headers;
  if (origin === undefined || hostOfOrigin(origin) === host.toLowerCase()) return null;
  return 'This server answers only to its own pages: the Origin of the request is another one.';
}

function hostNameOf(host: string): string {
  return host.toLowerCase().replace(/:\d{1,5}$/, '');
}

function hostOfOrigin(origin: string): string | null {
  return URL.canParse(origin) ? new URL(origin).host : null;
}
