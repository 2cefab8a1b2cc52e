import { DEFAULT_FAILOVER } from '../../src/protocols/single-leader/settings/failover';
import {
  DEFAULT_SINGLE_LEADER,
  type SingleLeaderSettings,
} from '../../src/protocols/single-leader/settings/settings';

/** The defaults of a single leader whom nobody replaces: for tests of what is the same with and without failover. */
export const WITHOUT_FAILOVER: SingleLeaderSettings = {
  ...DEFAULT_SINGLE_LEADER,
  failover: { ...DEFAULT_FAILOVER, enabled: false },
};
