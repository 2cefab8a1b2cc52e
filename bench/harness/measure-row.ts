import type { Player, Subject } from './play';
import type { Bench, Finding, Row } from './row';
import { SubjectPlayer } from './subject-player';

/** Measures one row with processes of its own, which have ended when it returns; what goes wrong is a finding. */
export async function measureRow(row: Row, bench: Omit<Bench, 'player'>): Promise<Finding> {
  const players: SubjectPlayer[] = [];
  const player = ({ name }: Subject): Player => {
    const started = new SubjectPlayer(name);
    players.push(started);
    return started;
  };
  try {
    return await row.measure({ ...bench, player });
  } catch (error) {
    return { kind: 'WRONG', problems: [error instanceof Error ? error.message : String(error)] };
  } finally {
    for (const started of players) started.end();
  }
}
