import { describe, expect, it } from '@jest/globals';
import type { Replication } from '../../src/engine/replication';
import type { PositionSample } from '../../src/model/observer';
import { playCast } from '../support/one-node';
import { scripted } from '../support/script';
import type { Chronicle, Scene } from './scene';

const SAMPLE: Omit<PositionSample, 'atMs'> = { replicas: [], logBytes: [7] };
const SCENE: Scene = {
  workload: { durationMs: 2000, warmupMs: 100 },
  faults: [{ crash: { node: 'a-1', atMs: 1000, restartAfterMs: 100 } }],
};

function played(changes: Pick<Replication, 'positions'>, workload: Scene['workload'] = {}): Chronicle {
  const scene = { ...SCENE, workload: { ...SCENE.workload, ...workload } };
  return playCast(scene, (world) => ({ ...scripted({})(world), ...changes }));
}

describe('the positions of the followers', () => {
  const positions = () => SAMPLE;

  it('are asked for in the middle of each of a hundred parts of the measured duration', () => {
    const { samples } = played({ positions });
    expect(samples).toHaveLength(100);
    expect(samples.map(({ atMs }) => atMs)).toEqual(Array.from({ length: 100 }, (_, part) => 20 * part + 10));
    expect(samples[99]).toEqual({ ...SAMPLE, atMs: 1990 });
  });

  it('change nothing else of a run', () => {
    const lines = played({ positions }).lines.filter((line) => !line.startsWith('positions'));
    expect(lines).toEqual(played({}).lines);
  });

  it('are not asked for in a run of probes', () => {
    const probe = { writes: 3, readDelaysMs: [1] };
    const clients = [{ datacenter: 'a', sessions: 1, ratePerSecond: null }];
    expect(played({ positions }, { probe, clients }).samples).toEqual([]);
  });
});
