import type { ReplicationSpec } from '../../model/spec/cluster';
import type { Fields } from '../../model/spec/fields';
import type { ClusterShape } from '../../model/spec/topology';
import { PROTOCOL_NAMES, protocolNamed } from '../../protocols/registry';

/** The one protocol that is named, and its settings as that protocol reads them. */
export function resolveReplication(fields: Fields, shape: ClusterShape): ReplicationSpec {
  const name = fields.variant(PROTOCOL_NAMES);
  fields.end();
  if (name === null) return {};
  return { [name]: protocolNamed(name).resolve(fields.optional(name), shape, fields.problems.at(name)) };
}
