import { describe, expect, it } from '@jest/globals';
import type { Host } from '../../../src/engine/host';
import { playCast } from '../../support/one-node';
import { scripted, type Script } from '../../support/script';
import type { Chronicle, Scene, SceneFault } from '../scene';

const SILENT_CLIENTS = [{ datacenter: 'a', sessions: 1, ratePerSecond: 1e-9 }];

function sceneWith(faults: readonly SceneFault[] = []): Scene {
  return { datacenters: { a: 1, b: 2 }, workload: { durationMs: 1000, clients: SILENT_CLIENTS }, faults };
}

/** Of a-1, which cuts the power of b-1. */
function cutting({
  atMs,
  restartAfterMs,
}: {
  readonly atMs: number;
  readonly restartAfterMs: number;
}): Script {
  return { [atMs]: (host) => host.powerOff(1, restartAfterMs) };
}

function played(faults: readonly SceneFault[], script: Script): Chronicle {
  return playCast(sceneWith(faults), scripted({ 0: script }));
}

function told({ faults }: Chronicle): readonly string[] {
  return faults.map(({ kind, node, atMs }) => `${atMs} ${kind} ${node}`);
}

describe('a node whose power another one cuts off', () => {
  it('is down at that moment, and back after the time it was given', () => {
    const run = played([], cutting({ atMs: 100, restartAfterMs: 300 }));
    expect(told(run)).toEqual(['100 FENCED 1', '400 RESTART 1']);
  });

  it('is back when the clients stop, if not before, and nobody waits for what was to follow', () => {
    const run = played([], cutting({ atMs: 900, restartAfterMs: 50_000 }));
    expect(told(run)).toEqual(['900 FENCED 1', '1000 RESTART 1']);
    expect(run.settles[0].atMs).toBe(1000);
  });

  it('may lose it after the clients have stopped, and is back then too', () => {
    const run = played([], cutting({ atMs: 1100, restartAfterMs: 300 }));
    expect(told(run)).toEqual(['1100 FENCED 1', '1400 RESTART 1']);
    expect(run.settles[0].atMs).toBe(1400);
  });

  it('stays as it is if it is down already', () => {
    const crash: SceneFault = { crash: { node: 'b-1', atMs: 50, restartAfterMs: 500 } };
    const run = played([crash], cutting({ atMs: 100, restartAfterMs: 100 }));
    expect(told(run)).toEqual(['50 CRASH 1', '550 RESTART 1']);
  });

  it('does not stand still any more', () => {
    const pause: SceneFault = { pause: { node: 'b-1', atMs: 50, durationMs: 500 } };
    const run = played([pause], cutting({ atMs: 100, restartAfterMs: 300 }));
    expect(told(run)).toEqual(['50 PAUSE 1', '100 FENCED 1', '400 RESTART 1']);
  });

  it('does not come back before its datacenter does', () => {
    const outage: SceneFault = { datacenterOutage: { datacenter: 'b', atMs: 200, durationMs: 500 } };
    const run = played([outage], cutting({ atMs: 100, restartAfterMs: 300 }));
    expect(told(run)).toEqual(['100 FENCED 1', '200 DATACENTER_OUTAGE 2', '700 DATACENTER_RESTORED 1']);
  });

  it('may be the very one that asks: what it does in the same moment is still done, and what it sent arrives', () => {
    const suicide: Script = {
      100: (host: Host) => {
        host.send(1, 5);
        host.powerOff(0, 300);
        host.send(1, 6);
        host.setTimer(host.createTimer(0, 100), 50);
      },
    };
    const heard: (readonly number[])[] = [];
    const run = playCast(sceneWith(), (world) => {
      const cast = scripted({ 0: suicide })(world);
      heard.push(cast.behaviours[1].heard);
      return cast;
    });
    expect(told(run)).toEqual(['100 FENCED 0', '400 RESTART 0']);
    expect(heard).toEqual([[5, 6]]);
  });
});

describe('the version of the software of a node', () => {
  it('rises with each of its upgrades, as it comes back', () => {
    const faults: readonly SceneFault[] = [
      { crash: { node: 'a-1', atMs: 10, restartAfterMs: 10 } },
      { rollingUpgrade: { nodes: ['a-1'], atMs: 100, downMs: 100, betweenMs: 0 } },
      { rollingUpgrade: { nodes: ['a-1', 'b-1'], atMs: 500, downMs: 100, betweenMs: 0 } },
    ];
    const versions: string[] = [];
    const noted = (host: Host): void => {
      versions.push(`${host.id}: ${host.softwareVersion} at ${host.nowMs}`);
    };
    playCast(sceneWith(faults), (world) => {
      const cast = scripted({ 0: { 5: noted } })(world);
      for (const [index, behaviour] of cast.behaviours.entries())
        behaviour.onRestart = () => noted(world.hosts[index]);
      return cast;
    });
    expect(versions).toEqual(['0: 0 at 5', '0: 0 at 20', '0: 1 at 200', '0: 2 at 600', '1: 1 at 700']);
  });
});
