import type { Report } from './ports/report';

/** Work that goes on after an answer was given; whoever stops the process waits for it. */
export class Afterwards {
  private readonly underWay = new Set<Promise<void>>();

  constructor(private readonly report: Report) {}

  /** What it throws is reported: nobody else is left to be told. */
  run(work: () => Promise<void>): void {
    const done = work()
      .catch((error: unknown) => this.report.warn({ err: error }, 'work after an answer failed'))
      .finally(() => this.underWay.delete(done));
    this.underWay.add(done);
  }

  async settled(): Promise<void> {
    await Promise.all(this.underWay);
  }
}
