import 'reflect-metadata';
import { buildSchemaSync } from 'type-graphql';
import type { GraphQLSchema } from 'graphql';
import { ClusterResolver } from '../resolvers/cluster-resolver';
import { ControlResolver } from '../resolvers/control-resolver';
import { ExperimentResolver } from '../resolvers/experiment-resolver';
import { NodeResolver } from '../resolvers/node-resolver';
import { ProgressResolver } from '../resolvers/progress-resolver';
import { ResultResolver } from '../resolvers/result-resolver';
import { RunResolver } from '../resolvers/run-resolver';
import { markOneOfTypes } from './one-of';

/** The whole schema. Inputs are only coerced here: every rule about them is the domain's. */
export function buildApiSchema(): GraphQLSchema {
  const schema = buildSchemaSync({
    resolvers: [
      ClusterResolver,
      ExperimentResolver,
      ControlResolver,
      ResultResolver,
      RunResolver,
      NodeResolver,
      ProgressResolver,
    ],
    validate: false,
    // Subscriptions read the lab's own event log; type-graphql asks for a bus all the same.
    pubSub: { publish: refuseBus, subscribe: refuseBus },
  });
  markOneOfTypes(schema);
  describeRoots(schema);
  return schema;
}

/** type-graphql makes the root types itself and takes no description for them. */
function describeRoots(schema: GraphQLSchema): void {
  for (const [type, description] of [
    [schema.getQueryType(), 'What can be read.'],
    [
      schema.getMutationType(),
      'What can be done. Mistakes in inputs come back as `userErrors`, all at once.',
    ],
    [schema.getSubscriptionType(), 'What can be followed, over a websocket on the same path.'],
  ] as const)
    if (type) type.description = description;
}

function refuseBus(): never {
  throw new Error('every subscription brings its own source');
}
