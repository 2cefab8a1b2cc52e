import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { traceRun } from '../../src/experiments/run/trace-run';
import { Problems } from '../../src/model/problem';
import type { ExperimentSpec } from '../../src/model/spec/experiment';
import { nodesOf } from '../../src/model/spec/topology';
import { createSimulation } from '../../src/protocols/create-simulation';
import { findProtocol, PROTOCOL_NAMES, protocolNamed } from '../../src/protocols/registry';
import { about, Chronicle, specOf, type SceneFault } from '../engine/scene';

const SOURCES = path.join(__dirname, '../../src/protocols');

/** `singleLeader` lives in `single-leader`. */
const folderOf = (name: string) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
const readmeOf = (name: string) => readFileSync(path.join(SOURCES, folderOf(name), 'README.md'), 'utf8');
const rulesIn = (text: string, pattern: RegExp) =>
  [...new Set([...text.matchAll(pattern)].map(([, rule]) => rule))].sort();

function testsOf(name: string): string {
  const folder = path.join(__dirname, folderOf(name));
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.test.ts'))
    .map((file) => readFileSync(path.join(folder, file), 'utf8'))
    .join('\n');
}

/** A lively specification under a protocol's defaults. */
function specUnder(name: string, faults: readonly SceneFault[] = []): ExperimentSpec {
  const spec = specOf({
    datacenters: { a: 2, b: 1 },
    links: [{ between: ['a', 'b'], latency: about(20) }],
    serviceTime: about(0.5),
    fsync: about(2),
    workload: {
      clients: ['a', 'b'].map((datacenter) => ({ datacenter, sessions: 20, ratePerSecond: 150 })),
      timeoutMs: 200,
    },
    faults,
  });
  const settings = protocolNamed(name).resolve({}, shapeOf(spec), Problems.none());
  return { ...spec, cluster: { ...spec.cluster, replication: { [name]: settings } } };
}

function shapeOf({ cluster }: ExperimentSpec) {
  return { nodes: nodesOf(cluster), datacenters: cluster.datacenters.map(({ name }) => name) };
}

function play(spec: ExperimentSpec, seed: bigint): Chronicle {
  const observer = new Chronicle(spec.workload.keys.count);
  createSimulation({ spec, seed, repetition: 0, observer }).advance(Infinity);
  return observer;
}

const time = fc.integer({ min: 0, max: 999 });
const node = fc.constantFrom('a-1', 'a-2', 'b-1');
const crash = fc.record({ node, atMs: time, restartAfterMs: fc.option(fc.integer({ min: 0, max: 300 })) });
const schedule = fc.array(
  fc.oneof(fc.record({ crash }), fc.record({ restart: fc.record({ node, atMs: time }) })),
  { maxLength: 8 },
);

describe('the registry', () => {
  it('has a protocol for every folder with rules, and a folder with rules for every protocol', () => {
    const folders = readdirSync(SOURCES).filter((name) => existsSync(path.join(SOURCES, name, 'README.md')));
    expect(PROTOCOL_NAMES.map(folderOf).sort()).toEqual(folders.sort());
  });

  it('knows no protocol that it does not name', () => {
    expect(findProtocol('toString')).toBeNull();
    expect(() => protocolNamed('paxos')).toThrow('there is no protocol paxos');
  });
});

describe.each(PROTOCOL_NAMES)('the protocol %s', (name) => {
  it('has a test for every rule of its README, and no test for a rule that is not there', () => {
    const rules = rulesIn(readmeOf(name), /^- \*\*([A-Z]+\d+)\*\*/gm);
    expect(rules.length).toBeGreaterThan(5);
    expect(rulesIn(testsOf(name), /'\[([A-Z]+\d+)\] /g)).toEqual(rules);
  });

  it('names its sources and what can go wrong', () => {
    expect(readmeOf(name)).toMatch(/^## Sources$/m);
    expect(readmeOf(name)).toMatch(/^## What can go wrong$/m);
  });

  it('has valid defaults, which are complete and plain data', () => {
    const problems = Problems.none();
    const shape = shapeOf(specUnder(name));
    const settings = protocolNamed(name).resolve({}, shape, problems);
    expect(problems.all).toEqual([]);
    expect(JSON.parse(JSON.stringify(settings))).toEqual(settings);
    expect(protocolNamed(name).resolve(settings, shape, problems)).toEqual(settings);
    expect(problems.all).toEqual([]);
  });

  it('refuses unknown settings, at their place', () => {
    const problems = Problems.none();
    protocolNamed(name).resolve(
      { noSuchSetting: 1 },
      shapeOf(specUnder(name)),
      problems.at('replication', name),
    );
    expect(problems.all).toMatchObject([
      { code: 'UNKNOWN_FIELD', path: ['replication', name, 'noSuchSetting'] },
    ]);
  });

  it('survives any input whatever', () => {
    fc.assert(
      fc.property(fc.oneof(fc.object(), fc.array(fc.anything())), (input) => {
        const problems = Problems.none();
        protocolNamed(name).resolve(input, shapeOf(specUnder(name)), problems);
        expect(problems.count > 0 || Object.keys(input).length === 0).toBe(true);
      }),
      { numRuns: 300, seed: 1 },
    );
  });

  it('gives every node a role', () => {
    const spec = specUnder(name);
    const settings = spec.cluster.replication[name];
    expect(protocolNamed(name).roles(settings, nodesOf(spec.cluster))).toHaveLength(3);
  });

  it('has a name of its own for every kind of message and timer that it uses', () => {
    const spec = specUnder(name, [
      { crash: { node: 'a-1', atMs: 300, restartAfterMs: 100, inFlight: 'LOST' } },
    ]);
    const { events } = traceRun({
      spec,
      seed: 1n,
      repetition: 0,
      fromMs: -Infinity,
      toMs: Infinity,
      eventsMax: 1e6,
    });
    const named = events.flatMap((event) =>
      event.type === 'MESSAGE' || event.type === 'TIMER' ? [event.name] : [],
    );
    expect(named.filter((text) => !/^[A-Z]+(_[A-Z]+)*$/.test(text))).toEqual([]);
    const { messages, timers } = protocolNamed(name).vocabulary;
    const own = [...messages.map((kind) => kind.name), ...timers];
    expect(new Set([...own, 'READ', 'WRITE', 'ANSWER', 'REFUSAL']).size).toBe(own.length + 4);
  });

  it('plays one seed twice alike, and another seed otherwise', () => {
    const [one, again, other] = [5n, 5n, 6n].map((seed) => play(specUnder(name), seed).lines);
    expect(again).toEqual(one);
    expect(other).not.toEqual(one);
  });

  it('never tells what cannot be, whatever crashes', () => {
    fc.assert(
      fc.property(schedule, fc.bigInt({ min: 0n, max: 1000n }), (faults, seed) => {
        const { commits, applications, ended } = play(specUnder(name, faults), seed);
        const committed = new Set(commits.map(({ operation }) => operation));
        const applied = applications.map(({ replica, operation }) => `${replica} ${operation}`);
        expect(committed.size).toBe(commits.length);
        expect(new Set(applied).size).toBe(applied.length);
        expect(applications.every(({ operation }) => committed.has(operation))).toBe(true);
        const acknowledged = ended.filter(({ kind, outcome }) => kind === 'WRITE' && outcome === 'OK');
        expect(acknowledged.every(({ id }) => committed.has(id))).toBe(true);
      }),
      { numRuns: 60, seed: 1 },
    );
  });

  it('always comes to rest with equal replicas, whatever crashes', () => {
    fc.assert(
      fc.property(schedule, fc.bigInt({ min: 0n, max: 1000n }), (faults, seed) => {
        const [{ atMs, states }] = play(specUnder(name, faults), seed).settles;
        expect(states.map(({ versions }) => versions)).toEqual(states.map(() => states[0].versions));
        expect(atMs).toBeLessThan(10_000);
      }),
      { numRuns: 60, seed: 2 },
    );
  });
});
