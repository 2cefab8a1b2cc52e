import { isMet, PLAIN_C, type Figure, type Finding, type Row, type Target } from './row';
import type { Spread } from './spread';

/** A row with what came of it. */
export interface Measured {
  readonly row: Pick<Row, 'name' | 'about'>;
  readonly finding: Finding;
}

/** A row as `--json` prints it. Numbers are null where nothing could or may be told. */
export interface RowAsJson {
  readonly name: string;
  readonly about: string;
  readonly eventsPerSecond: number | null;
  /** Median of the pairs. */
  readonly ratioToPlainC: number | null;
  /** The number that the target is about, its unit, and the least and the largest of the pairs. */
  readonly value: number | null;
  readonly unit: string | null;
  readonly minimum: number | null;
  readonly maximum: number | null;
  readonly target: Target | null;
  readonly met: boolean | null;
  /** Why there are no times. */
  readonly problems: readonly string[];
  readonly absent: string | null;
  readonly note: string | null;
}

const NOTHING = {
  eventsPerSecond: null,
  ratioToPlainC: null,
  value: null,
  unit: null,
  minimum: null,
  maximum: null,
  target: null,
  met: null,
  problems: [],
  absent: null,
  note: null,
};

export function asJson({ row: { name, about }, finding }: Measured): RowAsJson {
  const row = { ...NOTHING, name, about };
  switch (finding.kind) {
    case 'WRONG':
      return { ...row, problems: finding.problems };
    case 'ABSENT':
      return { ...row, absent: finding.reason };
    case 'MEASURED': {
      const { eventsPerSecond, ratioToPlainC, figure, note } = finding;
      return {
        ...row,
        eventsPerSecond: eventsPerSecond === null ? null : Math.round(eventsPerSecond),
        ratioToPlainC: ratioToPlainC === null ? null : ratioToPlainC.median,
        ...(figure === null ? {} : figureAsJson(figure)),
        note,
      };
    }
  }
}

/** A table in Markdown, as in `docs/performance.md`. */
export const TABLE_HEAD = [
  '| row | M events/s | × plain C | figure [min..max] | target | met |',
  '| --- | --- | --- | --- | --- | --- |',
] as const;

/** The line of a row; in place of its figures, what is wrong or absent. */
export function asTableLine({ row: { name, about }, finding }: Measured): string {
  const first = `${name}: ${about}`;
  switch (finding.kind) {
    case 'WRONG':
      return cells([first, 'WRONG', '', finding.problems.join('; '), '', 'no']);
    case 'ABSENT':
      return cells([first, '', '', finding.reason, '', '']);
    case 'MEASURED': {
      const { eventsPerSecond, ratioToPlainC, figure, note } = finding;
      return cells([
        note === '' ? first : `${first} (${note})`,
        eventsPerSecond === null ? '' : (eventsPerSecond / 1e6).toFixed(2),
        ratioToPlainC === null ? '' : ratioToPlainC.median.toFixed(2),
        figure === null ? '' : figureText(figure),
        figure?.target ? targetText(figure.target) : '',
        figure === null ? '' : metText(isMet(figure)),
      ]);
    }
  }
}

/** Results are compared before times are reported: what is wrong makes the whole bench fail. */
export function exitCodeOf(measured: readonly Measured[]): number {
  return measured.some(({ finding }) => finding.kind === 'WRONG') ? 1 : 0;
}

function figureAsJson(figure: Figure): Partial<RowAsJson> {
  const { value, unit, target } = figure;
  const { minimum, maximum } = value;
  return { value: value.median, unit, minimum, maximum, target, met: isMet(figure) };
}

function figureText({ value, unit }: Figure): string {
  return unit === PLAIN_C ? rangeText(value) : `${digits(value.median)} ${rangeText(value)} ${unit}`;
}

function rangeText({ minimum, maximum }: Spread): string {
  return `[${digits(minimum)}..${digits(maximum)}]`;
}

function digits(value: number): string {
  return Math.abs(value) < 10 ? value.toFixed(2) : value.toFixed(0);
}

function targetText(target: Target): string {
  return 'atLeast' in target ? `≥ ${target.atLeast}` : `≤ ${target.atMost}`;
}

function metText(isTargetMet: boolean | null): string {
  if (isTargetMet === null) return '';
  return isTargetMet ? 'yes' : 'no';
}

function cells(texts: readonly string[]): string {
  return `| ${texts.join(' | ')} |`;
}
