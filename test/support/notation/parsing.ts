import type { FinalState, ObservedOperation, RunOutline } from '../../../src/model/observer';
import { Drafts, type Draft } from './drafts';
import { finalStateOf } from './final-states';
import { momentOf, type Moment, type OperationEvent, type Said } from './moments';
import { isLogVersion } from '../../../src/model/version';
import { wordOf, type Word } from './words';

type Told = { readonly kind: OperationEvent['kind']; readonly draft: Draft } | Said;

/** What the words of a history mean, once all of them are read. */
export interface Meaning {
  readonly moments: readonly Moment[];
  readonly states: readonly FinalState[];
  /** Still under way at the end. */
  readonly open: readonly ObservedOperation[];
  readonly durationMs: number;
  readonly settledAtMs: number;
  readonly versionOrder: RunOutline['versionOrder'];
  readonly hasCauses: boolean;
  readonly hasDeletes: boolean;
}

export class Parsing {
  private timeMs = -1;
  private zeroMs: number | null = null;
  private endMs: number | null = null;
  private readonly drafts: Drafts;
  private readonly open = new Map<number, Draft>();
  /** Not those of the sessions: whoever mistakes one for the other is found out. */
  private readonly places = [7, 2, 9, 0, 4, 8, 1, 6, 3, 5];
  private readonly arrived = new Map<number, number>();
  private readonly told: Told[] = [];

  constructor({ nodes }: Pick<RunOutline, 'nodes'>) {
    this.drafts = new Drafts(nodes.length);
  }

  read(text: string): void {
    const word = wordOf(text.replace(/^\^/, ''));
    if (!text.startsWith('^')) this.timeMs += 1;
    if (word.is === 'BAR') this.bar();
    else if (word.is === 'ARRIVAL') this.arrived.set(word.session, this.timeMs);
    else if (word.is === 'SEND') this.send(word);
    else if (word.is === 'END') this.close(word);
    else this.say(word);
  }

  /** @param states the words of the final states */
  meaning(states: readonly string[]): Meaning {
    const { drafts } = this;
    const zeroMs = this.zeroMs ?? 0;
    const durationMs = (this.endMs ?? this.timeMs + 1) - zeroMs;
    const frame = { drafts, zeroMs, durationMs };
    const operations = drafts.all.map((draft) => drafts.operation(draft, zeroMs));
    const moments = this.told.map((told): Moment =>
      'draft' in told ? { kind: told.kind, operation: operations[told.draft.id] } : momentOf(told, frame),
    );
    return {
      moments,
      states: states.map((word) => finalStateOf(word, drafts, (node) => this.heldBy(node))),
      open: operations.filter(({ id }) => drafts.get(id).end === null),
      durationMs,
      settledAtMs: this.timeMs + 1 - zeroMs,
      versionOrder: drafts.all.every(hasLogVersion) ? undefined : 'PARTIAL',
      hasDeletes: drafts.all.some(({ sending }) => sending.effect === 'DELETE'),
      hasCauses: drafts.all.some(({ sending }) => sending.cause !== null),
    };
  }

  private bar(): void {
    if (this.zeroMs === null) this.zeroMs = this.timeMs;
    else this.endMs = this.timeMs;
  }

  private send(sending: Word & { is: 'SEND' }): void {
    const { session, cause } = sending;
    if (this.open.has(session)) throw new Error(`session ${session} is busy at ${this.timeMs}`);
    if (cause !== null) this.drafts.get(cause);
    const place = this.places.pop();
    if (place === undefined) throw new Error('there is a place for each of ten sessions');
    const draft = {
      id: this.drafts.all.length,
      sending,
      place,
      arrivedAtMs: this.arrived.get(session) ?? this.timeMs,
      invokedAtMs: this.timeMs,
      end: null,
      stated: null,
    };
    this.drafts.all.push(draft);
    this.arrived.delete(session);
    this.open.set(session, draft);
    this.told.push({ kind: 'INVOKED', draft });
  }

  private close({ session, outcome, found }: Word & { is: 'END' }): void {
    const draft = this.open.get(session);
    if (draft === undefined) throw new Error(`session ${session} has nothing open at ${this.timeMs}`);
    draft.end = { atMs: this.timeMs, sentBefore: this.drafts.all.length, outcome, found };
    this.open.delete(session);
    this.places.push(draft.place);
    this.told.push({ kind: 'ENDED', draft });
  }

  private say(word: Said['word']): void {
    this.told.push({ word, atMs: this.timeMs });
    if ('version' in word && word.version !== null) this.drafts.get(word.operation).stated = word.version;
  }

  /** What was committed or acknowledged, and not discarded by that node. */
  private heldBy(node: number): readonly number[] {
    const held = new Set<number>();
    for (const told of this.told)
      if ('word' in told) {
        if (told.word.is === 'COMMIT') held.add(told.word.operation);
      } else if (told.draft.sending.kind === 'WRITE' && told.draft.end?.outcome === 'OK')
        held.add(told.draft.id);
    for (const told of this.told)
      if ('word' in told && told.word.is === 'DISCARD' && told.word.node === node)
        held.delete(told.word.operation);
    return [...held];
  }
}

function hasLogVersion({ end, stated }: Draft): boolean {
  return [end?.found.version ?? null, stated].every((version) => version === null || isLogVersion(version));
}
