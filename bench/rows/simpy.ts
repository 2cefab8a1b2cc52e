import path from 'node:path';
import { REFERENCE_FOLDER } from '../harness/places';
import { ProgramPlayer, runProgram } from '../harness/program';
import type { Bench, Finding, Row } from '../harness/row';
import { measuredLeaderlessSubject } from './leaderless';
import { besideOutside } from './outside';

const PYTHONS = ['python3', '/usr/bin/python3'];
const PROGRAM = path.join(REFERENCE_FOLDER, 'simpy_quorum.py');

/** The reference workload in SimPy, in a process of Python. */
export const simpy: Row = {
  name: 'simpy',
  about: 'the reference workload in SimPy (Python)',
  subjects: [measuredLeaderlessSubject],
  measure,
};

async function measure(bench: Bench): Promise<Finding> {
  const found = await findSimPy();
  if (found === null) return { kind: 'ABSENT', reason: 'not installed: no python3 here imports simpy' };
  return besideOutside(bench, {
    outside: new ProgramPlayer('SimPy', { file: found.python, first: [PROGRAM] }),
    operations: 100_000,
    subject: measuredLeaderlessSubject,
    atLeast: 10,
    note: `SimPy ${found.version}, 10^5 operations`,
  });
}

interface SimPy {
  readonly python: string;
  readonly version: string;
}

async function findSimPy(): Promise<SimPy | null> {
  for (const python of PYTHONS) {
    const version = await simPyVersion(python);
    if (version !== null) return { python, version };
  }
  return null;
}

async function simPyVersion(python: string): Promise<string | null> {
  try {
    return (await runProgram(python, ['-c', 'import simpy; print(simpy.__version__)'])).trim();
  } catch {
    return null;
  }
}
