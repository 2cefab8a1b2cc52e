import type { Dice } from './dice';
import type { SentWrite, Telling } from './telling';

/** Words about nodes; none where nothing fits. */
export function commitment({ writes }: Telling, dice: Dice): string {
  const uncommitted = writes.filter(({ isCommitted }) => !isCommitted);
  if (uncommitted.length === 0) return '';
  const write = dice.one(uncommitted);
  write.isCommitted = true;
  return `C${write.id}@${dice.roll(3)}=${write.version}`;
}

export function abandonment({ writes }: Telling, dice: Dice): string {
  if (writes.length === 0) return '';
  const { id, version } = dice.one(writes);
  return `D${id}@${dice.roll(3)}=${version}`;
}

/** Of two committed writes of a key. */
export function meeting({ writes }: Telling, dice: Dice): string {
  const committed = writes.filter(({ isCommitted }) => isCommitted);
  if (committed.length === 0) return '';
  const one = dice.one(committed);
  const others = committed.filter((other) => other.key === one.key && other !== one);
  if (others.length === 0) return '';
  const other: SentWrite = dice.one(others);
  const dropped = dice.one(['', `-${one.id}`, `-${other.id}`, '']);
  return `M${one.id},${other.id}@${dice.roll(3)}${dropped}`;
}

/** A node that does not lead begins to; one that leads ends to, or crashes. */
export function succession(telling: Telling, dice: Dice): string {
  const node = dice.roll(3);
  const epoch = telling.epochs.get(node);
  if (epoch === undefined) {
    telling.epoch += 1;
    telling.epochs.set(node, telling.epoch);
    return `L${node}.${telling.epoch}`;
  }
  telling.epochs.delete(node);
  return dice.one([`l${node}.${epoch}`, `X${node}`, `O${node}`, `U${node}`]);
}

/** What a node that leads may suffer without knowing less, and what one suffers that does not lead. */
export function mishap({ epochs }: Telling, dice: Dice): string {
  const node = dice.roll(3);
  const idle = [0, 1, 2].filter((other) => !epochs.has(other));
  return dice.one([`P${node}`, `G${node}`, idle.length === 0 ? '' : `O${idle.join()}`, `R${node}`]);
}

export function takeover(_: Telling, dice: Dice): string {
  const condition = dice.one(['', ':RUNNING,1', ':RUNNING,2', ':PAUSED,3', ':DOWN,0', ':PAUSED,1']);
  return `F${dice.roll(2)}>2${condition}`;
}

/** What up to three nodes hold; mostly alike. */
export function finale(telling: Telling, dice: Dice): string {
  const nodes = dice.one([3, 2, 3, 1, 0]);
  const keys = ['a', 'b'].map((key) => [key, telling.finding(key, dice)] as const);
  const states = Array.from({ length: nodes }, (_, node) => {
    const held = keys.map(([key, found]) => `${key}=${deviation(telling, { key, found }, dice)}`);
    const writes = telling.writes.filter(() => dice.roll(4) === 0).map(({ id }) => id);
    return `${node}:${held.join()}{${writes.join()}}`;
  });
  return states.join(' ');
}

function deviation(
  telling: Telling,
  { key, found }: { readonly key: string; readonly found: string },
  dice: Dice,
) {
  if (!dice.isRare(6)) return found;
  return found === '-' || dice.isRare(2) ? telling.finding(key, dice) : `${found}#${-2 + dice.roll(5)}`;
}
