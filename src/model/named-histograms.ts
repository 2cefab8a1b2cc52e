import { Histogram, type EncodedHistogram } from './histogram';

/** A histogram for each part of something. */
export class NamedHistograms<Name extends string> {
  private readonly parts: readonly (readonly [Name, Histogram])[];

  constructor(names: readonly Name[]) {
    this.parts = names.map((name) => [name, new Histogram()]);
  }

  /** @param durations in ms, by name; null or left out: there was none */
  record(durations: Readonly<Partial<Record<Name, number | null>>>): void {
    for (const [name, histogram] of this.parts) {
      const ms = durations[name] ?? null;
      if (ms !== null) histogram.record(ms);
    }
  }

  addEncoded(encoded: Readonly<Record<Name, EncodedHistogram>>): void {
    for (const [name, histogram] of this.parts) histogram.addEncoded(encoded[name]);
  }

  encode(): Readonly<Record<Name, EncodedHistogram>> {
    const entries = this.parts.map(([name, histogram]) => [name, histogram.encode()] as const);
    return Object.fromEntries(entries) as Record<Name, EncodedHistogram>;
  }
}
