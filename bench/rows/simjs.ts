import { quorumProblems } from '../expectations';
import type { Subject } from '../harness/play';
import type { Bench, Finding, Row } from '../harness/row';
import { loadSimJs, playSimJs, SIMJS_VERSION } from '../reference/simjs';
import { measuredLeaderlessSubject } from './leaderless';
import { besideOutside } from './outside';

/** The reference workload in simjs. */
export const simjsSubject: Subject = {
  name: 'simjs',
  play: (load) => {
    const quorum = playSimJs(load);
    return {
      events: load.operations * (1 + 2 * load.replicas),
      findings: () => ({
        problems: quorumProblems(quorum, load),
        fingerprint: JSON.stringify(quorum),
        quorum,
      }),
    };
  },
};

export const simjs: Row = {
  name: 'simjs',
  about: 'the reference workload in simjs (npm)',
  subjects: [simjsSubject, measuredLeaderlessSubject],
  measure,
};

async function measure(bench: Bench): Promise<Finding> {
  if (loadSimJs() === null)
    return { kind: 'ABSENT', reason: `not installed: npm install --no-save simjs@${SIMJS_VERSION}` };
  return besideOutside(bench, {
    outside: bench.player(simjsSubject),
    operations: 500_000,
    subject: measuredLeaderlessSubject,
    atLeast: 2.5,
    note: `simjs ${SIMJS_VERSION}, 5 × 10^5 operations`,
  });
}
