import { listed, suggestion } from '../../nearest-name';
import type { Fields } from '../fields';
import { shown } from '../fields';
import { NODES_MAX } from '../limits';
import { NEMESIS_KINDS, type NemesisKind, type NemesisSpec } from '../nemesis';
import { optionalNodes } from '../node-name';
import { DURATION_RULE } from '../rules';
import { knownDatacenters, type FaultGround } from './ground';

/** The random faults at the field `nemesis` of an object; null where it was left out. */
export function resolveNemesis(fields: Fields, ground: FaultGround): NemesisSpec | null {
  if (!fields.has('nemesis')) return null;
  const inner = fields.inner('nemesis');
  const nemesis = {
    meanTimeToFailureMs: inner.number('meanTimeToFailureMs', DURATION_RULE),
    meanTimeToRepairMs: inner.number('meanTimeToRepairMs', DURATION_RULE),
    kinds: resolveKinds(inner, ground),
    nodes: optionalNodes(inner, NODES_MAX, ground.nodes),
  };
  inner.end();
  return nemesis;
}

function resolveKinds(fields: Fields, ground: FaultGround): readonly NemesisKind[] {
  const items = fields.list('kinds', NEMESIS_KINDS.length);
  const given = fields.optional('kinds');
  if (given === null || (Array.isArray(given) && given.length === 0))
    fields.problems
      .at('kinds')
      .add('REQUIRED', `It is required: give one or more of ${listed(NEMESIS_KINDS)}.`);
  const kinds: NemesisKind[] = [];
  for (const { value, problems } of items) {
    const kind = NEMESIS_KINDS.find((known) => known === value);
    if (kind === undefined) {
      const meant = typeof value === 'string' ? suggestion(value, NEMESIS_KINDS) : '';
      problems.add(
        'UNKNOWN_NAME',
        `It must be one of ${listed(NEMESIS_KINDS)}; got ${shown(value)}.${meant}`,
      );
    } else if (kinds.includes(kind))
      problems.add('DUPLICATE_NAME', 'This kind is given before: give it once.');
    else if (kind === 'DATACENTER_OUTAGE' && knownDatacenters(ground)?.length === 0)
      problems.add('UNKNOWN_NAME', 'This cluster has no datacenters: leave it out.');
    else kinds.push(kind);
  }
  return kinds;
}
