import type { AnomalyKind, Witness } from '../../../src/model/anomaly';
import type { History } from '../../support/history-notation';
import { judgeAll } from '../../support/judge';
import { DEFINITIONS } from './definitions';
import { restrictedTo } from './restriction';
import { toldOf, type Told } from './told';

/** How many witnesses with operations there are of each anomaly. @throws where one has too many or too few of them */
export function countMinimalWitnesses(told: History, counts: Map<AnomalyKind, number>): void {
  const whole = toldOf(told);
  for (const { kind, witnesses } of judgeAll(told))
    for (const witness of witnesses) {
      if (witness.operations.length === 0) continue;
      counts.set(kind, (counts.get(kind) ?? 0) + 1);
      const fault = faultOf(kind, witness, whole);
      const ids = witness.operations.map(({ id }) => id).join();
      if (fault !== null) throw new Error(`${kind}: the witness ${ids} ${fault}`);
    }
}

/** Null if the operations show the anomaly, and without any of them there is none. */
function faultOf(kind: AnomalyKind, { operations }: Witness, whole: Told): string | null {
  const ids = operations.map(({ id }) => id);
  if (!showsIn(kind, { ids, last: ids[ids.length - 1] }, whole)) return 'does not show it by itself';
  const idle = ids.find((left) => {
    const others = ids.filter((id) => id !== left);
    return showsIn(kind, { ids: others, last: ids[ids.length - 1] }, whole);
  });
  if (idle !== undefined) return `shows it without ${idle}`;
  const earlier = ids.slice(0, -1);
  return earlier.every((id, index) => index === 0 || id > earlier[index - 1]) ? null : 'is not in order';
}

interface Part {
  readonly ids: readonly number[];
  readonly last: number;
}

/** Whether the anomaly shows in the last of the operations if there are no others. */
function showsIn(kind: AnomalyKind, { ids, last }: Part, whole: Told): boolean {
  return DEFINITIONS[kind](restrictedTo(ids, whole)).shown.some(({ operation }) => operation === last);
}
