import type { GraphQLSchema } from 'graphql';
import type { Logger } from 'pino';
import type { Lab } from '../../experiments/lab';
import type { ServerLimits } from '../limits';

/** What every way into the server needs. */
export interface Serving {
  readonly lab: Lab;
  readonly schema: GraphQLSchema;
  readonly limits: ServerLimits;
  readonly logger: Logger;
  /** In lower case: what is taken as the Host of a request beside the names of this machine. */
  readonly allowedHosts: readonly string[];
}
