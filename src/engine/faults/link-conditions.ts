import type { Crossing, EndpointMap } from '../../model/spec/endpoint-map';
import type { LinkTrouble } from './affliction';
import { SOUND_LINK, type LinkCondition } from '../link';
import type { Afflictable } from './afflictable';
import type { Tell } from './tell';

/**
 * Slow and lossy links. What overlaps adds up: factors are multiplied, extra times added, and a message gets through if none
 * of them loses it.
 */
export class LinkConditions {
  /** By ordered pair of datacenters, in the order in which they began. */
  private readonly lasting = new Map<number, LinkTrouble[]>();

  constructor(
    private readonly world: Pick<Afflictable, 'setLink'>,
    private readonly map: EndpointMap,
    private readonly tell: Tell,
  ) {}

  begin(trouble: LinkTrouble): void {
    const changed = trouble.reach.filter((crossing) => this.change(crossing, (list) => [...list, trouble]));
    if (changed.length > 0)
      this.tell({ kind: trouble.kind, nodes: [], text: [trouble.where, ...inWords(trouble)] });
  }

  end(trouble: LinkTrouble): void {
    const without = (list: readonly LinkTrouble[]) => list.filter((other) => other !== trouble);
    const changed = trouble.reach.filter((crossing) => this.change(crossing, without));
    const what = trouble.kind === 'SLOW_LINK' ? 'slow' : 'lossy';
    if (changed.length > 0) this.tell({ kind: 'LINK_RESTORED', nodes: [], text: [trouble.where, what] });
  }

  endAll(): void {
    const troubles = new Set([...this.lasting.values()].flat());
    for (const trouble of troubles) this.end(trouble);
  }

  /** Whether the condition of any link is another than before. */
  private change(
    { from, to }: Crossing,
    changed: (lasting: readonly LinkTrouble[]) => LinkTrouble[],
  ): boolean {
    if (from.length === 0 || to.length === 0) return false;
    const place = this.map.placeOf(from[0]) * this.map.placeCount + this.map.placeOf(to[0]);
    const before = this.lasting.get(place) ?? [];
    const after = changed(before);
    if (after.length === 0) this.lasting.delete(place);
    else this.lasting.set(place, after);
    const condition = together(after);
    return !isSame(condition, together(before)) && this.setAll({ from, to }, condition);
  }

  /** Whether there is any link between them. */
  private setAll(crossing: Crossing, condition: LinkCondition): boolean {
    let any = false;
    for (const from of crossing.from)
      for (const to of crossing.to) {
        if (from === to) continue;
        any = true;
        this.world.setLink({ from, to }, condition);
      }
    return any;
  }
}

/** The probability that at least one of two independent things happens; exact where one of them is 0 or 1. */
export function eitherOf(one: number, other: number): number {
  return one + other * (1 - one);
}

function together(troubles: readonly LinkTrouble[]): LinkCondition {
  return troubles.reduce<LinkCondition>(
    (sum, { condition }) => ({
      factor: sum.factor * condition.factor,
      extraMs: sum.extraMs + condition.extraMs,
      loss: eitherOf(sum.loss, condition.loss),
      duplication: eitherOf(sum.duplication, condition.duplication),
    }),
    SOUND_LINK,
  );
}

function isSame(one: LinkCondition, other: LinkCondition): boolean {
  return (
    one.factor === other.factor &&
    one.extraMs === other.extraMs &&
    one.loss === other.loss &&
    one.duplication === other.duplication
  );
}

function inWords({ kind, condition }: LinkTrouble): readonly string[] {
  if (kind === 'LOSSY_LINK') return [String(condition.loss), String(condition.duplication)];
  return [String(condition.factor), String(condition.extraMs)];
}
