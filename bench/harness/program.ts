import { execFile } from 'node:child_process';
import { quorumProblems } from '../expectations';
import type { QuorumLoad, QuorumStatistics } from '../workload';
import type { Play, Player } from './play';

const OUTPUT_BYTES_MAX = 1 << 20;

/** Runs a program to its end. @throws with what it wrote to its standard error if it fails or cannot be started */
export function runProgram(file: string, programArguments: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile(file, programArguments, { maxBuffer: OUTPUT_BYTES_MAX }, (error, output, complaint) => {
      if (error === null) resolve(output);
      else reject(new Error(complaint.trim() === '' ? error.message : complaint.trim()));
    });
  });
}

/** What a program of `bench/reference` prints, as one JSON object. */
type Printed = QuorumStatistics & { readonly events: number; readonly seconds: number };

/** A program that plays a quorum load given as `N W R KEYS RATE_PER_MS OPERATIONS SEED` after its own arguments. */
export class ProgramPlayer implements Player {
  constructor(
    readonly name: string,
    private readonly command: { readonly file: string; readonly first: readonly string[] },
  ) {}

  async play(load: QuorumLoad): Promise<Play> {
    const { replicas, writeQuorum, readQuorum, keys, ratePerMs, operations, seed } = load;
    const numbers = [replicas, writeQuorum, readQuorum, keys, ratePerMs, operations, seed].map(String);
    const output = await runProgram(this.command.file, [...this.command.first, ...numbers]);
    const { events, seconds, ...quorum } = JSON.parse(output) as Printed;
    const { reads, writes, staleReads, versionsBehind } = quorum;
    return {
      events,
      seconds,
      quorum,
      problems: quorumProblems(quorum, load),
      fingerprint: [events, reads, writes, staleReads, versionsBehind].join(' '),
    };
  }
}
