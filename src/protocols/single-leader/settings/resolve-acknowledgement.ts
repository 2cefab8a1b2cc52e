import type { Fields, NumberRule } from '../../../model/spec/fields';
import { NODES_MAX } from '../../../model/spec/limits';
import { listedNodes, refuseNobody } from '../../../model/spec/node-name';
import { DURATION_RULE } from '../../../model/spec/rules';
import {
  ACKNOWLEDGEMENT_MODES,
  AWAITED,
  DEFAULT_ACKNOWLEDGEMENT,
  WAIT_POINTS,
  type AcknowledgementMode,
  type AcknowledgementSettings,
} from './acknowledgement';
import type { NodeNames } from './node-names';

const TIMEOUT_RULE: NumberRule = { ...DURATION_RULE, default: DEFAULT_ACKNOWLEDGEMENT.timeoutMs };

/** Completes the settings of one object of an untrusted input and reports everything that is wrong with them. */
export function resolveAcknowledgement(fields: Fields, names: NodeNames): AcknowledgementSettings {
  const mode = fields.oneOf('mode', ACKNOWLEDGEMENT_MODES, DEFAULT_ACKNOWLEDGEMENT.mode);
  const problemsBefore = fields.problems.count;
  const standbys = resolveStandbys(fields, names);
  const isListed = (mode === 'FIRST' || mode === 'ANY') && problemsBefore === fields.problems.count;
  const candidates = candidatesOf(isListed ? standbys : null, names);
  const settings: AcknowledgementSettings = {
    mode,
    count: resolveCount(fields, mode, candidates),
    standbys,
    await: fields.oneOf('await', AWAITED, DEFAULT_ACKNOWLEDGEMENT.await),
    waitPoint: fields.oneOf('waitPoint', WAIT_POINTS, DEFAULT_ACKNOWLEDGEMENT.waitPoint),
    timeoutMs: fields.number('timeoutMs', TIMEOUT_RULE),
  };
  fields.end();
  return settings;
}

/** Null where they are left out: every node. Modes that do not choose among them leave them unused, as a sweep over modes wants. */
function resolveStandbys(fields: Fields, { known }: NodeNames): readonly string[] | null {
  if (!fields.has('standbys')) return null;
  refuseNobody(fields, 'standbys');
  return listedNodes(fields, 'standbys', { itemsMax: NODES_MAX, known });
}

/** How many followers may be waited for: neither the leader itself, nor those that get the log from another follower. */
function candidatesOf(standbys: readonly string[] | null, { known, leader, cascaded }: NodeNames): number {
  const candidates = (standbys ?? [...known]).filter((name) => name !== leader && !cascaded.has(name));
  // Without a leader that is known, one of them will be it.
  return leader === null && standbys === null ? candidates.length - 1 : candidates.length;
}

function resolveCount(fields: Fields, mode: AcknowledgementMode, candidates: number): number {
  const waits = mode !== 'ASYNC' && mode !== 'SYNC';
  if (waits && candidates < 1)
    fields.problems.add(
      'OUT_OF_RANGE',
      `${mode} waits for followers that get the log from the leader itself, and there is none: give more nodes, list ` +
        'others as standbys, or set "mode" to "ASYNC".',
    );
  return fields.number('count', {
    what: 'a whole number of followers to wait for, of those that get the log from the leader itself,',
    integer: true,
    min: 1,
    max: Math.max(1, candidates),
    default: DEFAULT_ACKNOWLEDGEMENT.count,
  });
}
