/** Where the queue lives: in a Redis of its own, or beside the lab's rows. */
export type QueueLocation =
  | { readonly kind: 'POSTGRES'; readonly databaseUrl: string }
  | { readonly kind: 'REDIS'; readonly redisUrl: string };

export interface Addresses {
  readonly databaseUrl: string;
  /** Null: there is no Redis. */
  readonly redisUrl: string | null;
}

/** Redis when there is one, else the database. All processes of a lab must be given the same addresses. */
export function queueLocation({ databaseUrl, redisUrl }: Addresses): QueueLocation {
  return redisUrl === null ? { kind: 'POSTGRES', databaseUrl } : { kind: 'REDIS', redisUrl };
}
