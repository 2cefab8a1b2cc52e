import { quorumProblems } from '../expectations';
import type { Subject } from '../harness/play';
import { speedRow } from '../harness/speed-row';
import { playKernel } from '../kernel';
import { REFERENCE } from '../workload';

/** The bare kernel under the reference workload. */
export const kernelSubject: Subject = {
  name: 'kernel',
  play: (load) => {
    const { events, quorum } = playKernel(load);
    return {
      events,
      findings: () => ({
        problems: quorumProblems(quorum, load),
        fingerprint: JSON.stringify(quorum),
        quorum,
      }),
    };
  },
};

const load = { ...REFERENCE, operations: 1_000_000 };
const five = { ...load, replicas: 5, writeQuorum: 3 };

export const kernel = speedRow({
  name: 'kernel',
  about: 'event queue, messages, random numbers, histograms: bare quorum model',
  subject: kernelSubject,
  load,
  loadOfPlainC: load,
  target: { atLeast: 1.1 },
});

export const kernelOfFive = speedRow({
  name: 'kernel-n5',
  about: 'the same with N = 5, W = 3',
  subject: kernelSubject,
  load: five,
  loadOfPlainC: five,
  target: null,
});
