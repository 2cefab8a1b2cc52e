import type { Operation } from '../../model/operation';
import { isOlder } from '../../model/version';
import { RememberedOperation } from '../remembered-operation';

/** Per session and key, the operation with the newest version: grows with what sessions touch, not with time. */
export class KnownToSession {
  private readonly bySession: Map<number, RememberedOperation>[] = [];

  newest({ session, key }: Pick<Operation, 'session' | 'key'>): Operation | null {
    return this.bySession[session]?.get(key) ?? null;
  }

  /** An absent key is older than everything, so a read of one can never contradict another. */
  learn(operation: Operation): void {
    if (operation.version === null) return;
    const keys = (this.bySession[operation.session] ??= new Map<number, RememberedOperation>());
    const known = keys.get(operation.key);
    if (known === undefined) keys.set(operation.key, remembered(operation));
    else if (isOlder(known.version, operation.version)) known.take(operation);
  }
}

function remembered(operation: Operation): RememberedOperation {
  const memory = new RememberedOperation();
  memory.take(operation);
  return memory;
}
