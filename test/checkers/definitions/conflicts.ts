import { judged, verdictOf, type Showing, type Told, type Verdict } from './told';

/** DROPPED_UPDATE: acknowledged, and dropped as it met a concurrent write. */
export function droppedUpdate(told: Told): Verdict {
  const writes = judged(told, 'WRITE');
  const dropped = writes.flatMap(({ id }): readonly Showing[] => {
    const first = told.reconciliations.find((reconciliation) => reconciliation.dropped === id);
    return first === undefined ? [] : [{ atMs: first.atMs, operation: id }];
  });
  return verdictOf(dropped, writes.length);
}

/** CONFLICT: pairs of concurrent writes that met, at least one of them measured; its share is that of the writes in a pair. */
export function conflict({ commits, reconciliations }: Told): Verdict {
  const measured = new Set(commits.flatMap((commit) => (commit.measured ? [commit.operation] : [])));
  const pairs = new Map<string, Showing>();
  const affected = new Set<number>();
  for (const { operations, atMs } of reconciliations) {
    const inMeasure = operations.filter((operation) => measured.has(operation));
    const pair = [...operations].sort((one, other) => one - other);
    if (inMeasure.length > 0 && !pairs.has(pair.join())) pairs.set(pair.join(), { atMs, operation: pair[1] });
    for (const operation of inMeasure) affected.add(operation);
  }
  const shown = [...pairs.values()];
  return { count: shown.length, affected: affected.size, relevant: measured.size, shown };
}
