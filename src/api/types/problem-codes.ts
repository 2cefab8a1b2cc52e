import type { ProblemCode, WarningCode } from '../../model/problem';
import { describedEnum } from '../schema/described-enum';

export const UserErrorCodeType = describedEnum<ProblemCode>(
  'UserErrorCode',
  'The kind of a mistake in an input.',
  {
    REQUIRED: 'A field without default was left out.',
    WRONG_TYPE: 'A value of another type was expected.',
    UNKNOWN_FIELD: 'There is no setting of that name.',
    BLANK: 'A text has no visible character.',
    TOO_LONG: 'A text is longer than allowed.',
    INVALID_CHARACTER: 'A text holds a control character or half of a surrogate pair.',
    DUPLICATE_NAME: 'Two names that must differ look the same.',
    OUT_OF_RANGE: 'A number or the length of a list is outside the stated range.',
    BUDGET_EXCEEDED: 'The work asked for is larger than allowed; the estimate and the limit are named.',
    UNKNOWN_NAME: 'A name refers to nothing; the nearest known one is named.',
    EXACTLY_ONE_OF: 'Of fields that exclude each other none, or more than one, was given.',
    CONFLICTING_SETTINGS: 'Two settings cannot go together, or settings contradict each other.',
    MISSING_LINK: 'Two datacenters have no link.',
    SELF_LINK: 'A link joins a datacenter with itself.',
    DUPLICATE_LINK: 'A pair of datacenters has a link already.',
    FAULT_AFTER_END: 'A fault comes after the clients have stopped.',
    OVERLAPPING_SIDES: 'A node is on both sides of a partition.',
    INVALID_SEED: 'A seed is not a decimal number from 0 to 18446744073709551615.',
    NOT_FOUND: 'There is nothing of that id, or it is not yours.',
    NOT_SUPPORTED: 'It is known, and cannot be simulated yet.',
    IDEMPOTENCY_KEY_MISMATCH: 'The idempotency key was used before with another input.',
    ALREADY_TERMINAL: 'It has ended, or is being cancelled, and cannot change any more.',
    ALREADY_PAUSED: 'It is paused already.',
    NOT_PAUSED: 'It is not paused, so that there is nothing to resume.',
  },
);

export const WarningCodeType = describedEnum<WarningCode>(
  'WarningCode',
  'The kind of a surprise to expect.',
  {
    NO_FAILOVER: 'A fault takes the leader down and nothing will take its place.',
    TIMEOUT_BELOW_LATENCY: 'Clients give up sooner than the fastest answer can come.',
    TOO_FEW_SAMPLES: 'The runs have too few operations for the far percentiles.',
    OVERLOADED_NODE: 'A node gets more work than it can do: its queue grows until the clients stop.',
    FAULT_WITHOUT_EFFECT: 'A fault changes nothing.',
    FAULT_UNNOTICED: 'A fault is over before a client is likely to ask for anything.',
    FAULT_BELOW_DETECTION:
      'A fault of the leader is over before it would be given up: no failover will happen.',
    DETECTION_BELOW_HEARTBEAT:
      'A leader counts as dead before its next sign of life, or its first, can come.',
    WAITS_FOR_NOBODY: 'Followers are to be waited for, and nothing is awaited of them.',
    ELECTION_MAY_MISS_WRITES:
      'A failover may elect a node that lacks an acknowledged write, though followers are waited for.',
    WRITES_BLOCKED: 'A fault takes so many nodes down that every write waits for them.',
  },
);
