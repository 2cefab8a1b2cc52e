import type { IncomingMessage } from 'node:http';

/**
 * Why a request must be refused, null if it need not be.
 *
 * A page of another site cannot read our answers, unless its name is made to point to this machine (DNS rebinding);
 * then the browser still sends that name as Host. Requests of pages carry their origin, which must be ours.
 */
export function refusedFor(
  { headers }: IncomingMessage,
  { allowedHosts }: { readonly allowedHosts: readonly string[] },
): string | null {
  const host = headers.host ?? '';
  const name = hostNameOf(host);
  if (!isLoopback(name) && !allowedHosts.includes(name))
    return 'This server answers only to localhost, 127.0.0.1, [::1] and its ALLOWED_HOSTS as the Host of a request.';
  const { origin } = headers;
  if (origin === undefined || hostOfOrigin(origin) === host.toLowerCase()) return null;
  return 'This server answers only to its own pages: the Origin of the request is another one.';
}

/** Whether an address or host name means this machine and no other. */
function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || host === '[::1]' || /^127(\.\d{1,3}){3}$/.test(host);
}

function hostNameOf(host: string): string {
  return host.toLowerCase().replace(/:\d{1,5}$/, '');
}

function hostOfOrigin(origin: string): string | null {
  return URL.canParse(origin) ? new URL(origin).host : null;
}
