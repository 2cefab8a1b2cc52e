import type { AnomalyKind } from '../../model/anomaly';
import type { Verdict } from '../../experiments/result/anomaly-report';
import type { TimelineEvent } from '../../model/measurements';
import type { OperationKind, Outcome } from '../../model/operation';
import type { ExperimentStatus, RunStatus } from '../../model/status';
import type { EventKind } from '../../experiments/ports/records';
import { describedEnum } from '../schema/described-enum';
import { NOTICE_KIND_WORDS } from './notice-kinds';

export const ExperimentStatusType = describedEnum<ExperimentStatus>(
  'ExperimentStatus',
  'Where an experiment stands.',
  {
    QUEUED: 'Accepted; no run has started.',
    RUNNING: 'At least one run has started.',
    PAUSED: 'No further run starts until it is resumed.',
    CANCELLING: 'Running runs are being stopped.',
    SUCCEEDED: 'Every run succeeded. Nothing changes any more.',
    FAILED: 'A run failed; the results of the others are kept. Nothing changes any more.',
    CANCELLED: 'Stopped at the request of a user. Nothing changes any more.',
  },
);

export const RunStatusType = describedEnum<RunStatus>('RunStatus', 'Where a run stands.', {
  QUEUED: 'Waits for a worker.',
  RUNNING: 'A worker has it in hand, perhaps with others, which it simulates one after another.',
  CANCELLING: 'It is being stopped.',
  SUCCEEDED: 'It has a result.',
  FAILED: 'It cannot have a result; the reason is given.',
  CANCELLED: 'Stopped at the request of a user.',
});

export const OperationKindType = describedEnum<OperationKind>('OperationKind', 'What a client asks for.', {
  READ: 'Reads one key.',
  WRITE: 'Writes one key.',
});

export const OutcomeType = describedEnum<Outcome>('Outcome', 'How an operation ended for its client.', {
  OK: 'Answered and done.',
  FAILED: 'Answered, and certainly not done.',
  UNKNOWN: 'Not answered in time: it may or may not have taken effect.',
});

export const AnomalyKindType = describedEnum<AnomalyKind>(
  'AnomalyKind',
  'What went wrong with the data, or what a client saw and should not have seen.',
  {
    STALE_READ: 'A read returned an older version than one acknowledged before the read began.',
    READ_YOUR_WRITES: 'A session read a version older than its own earlier acknowledged write.',
    MONOTONIC_READS: 'A session read an older version than it had read before.',
    MONOTONIC_WRITES:
      'A write got an older version than an acknowledged write that the same session had done before.',
    WRITES_FOLLOW_READS: 'A write got an older version than one that the same session had read before.',
    CONSISTENT_PREFIX: 'A session saw an effect without its cause: the reply, but not what it answers.',
    LOST_WRITE: 'An acknowledged write was in no surviving log and in no replica at the end.',
    DIRTY_READ: 'A read returned a value whose write was discarded later, or failed.',
    DROPPED_UPDATE: 'Conflict resolution dropped an acknowledged write without a word.',
    CONFLICT: 'Two writes of a key were concurrent, whatever became of them. Relevant are writes.',
    SPLIT_BRAIN: 'Two nodes believed that they lead, and each acknowledged a write meanwhile.',
    DIVERGENCE: 'The replicas held different things for a key when the world had settled.',
    RESURRECTED_DELETE: 'A value was read again although its deletion had been acknowledged.',
    INVARIANT: 'A value was below a bound that was stated for it.',
    FALSE_FAILOVER:
      'A node took over although the old leader was alive, and not cut off from the majority. Relevant are failovers.',
  },
);

export const VerdictType = describedEnum<Verdict>('Verdict', 'Whether an anomaly happened.', {
  OK: 'It did not happen.',
  VIOLATED: 'It happened: the witnesses show how.',
  UNKNOWN: 'It was not seen, and not everything could be judged: `reason` tells what.',
});

export const EventKindType = describedEnum<EventKind>(
  'ExperimentEventKind',
  'What happened to an experiment.',
  {
    SUBMITTED: 'It was accepted. Always the first event.',
    STARTED: 'Its first run started.',
    PAUSED: 'A user paused it: no further run starts, and those under way are handed back.',
    RESUMED: 'A user let it go on.',
    CANCELLING: 'A user cancelled it, and runs under way are being stopped.',
    RUN_STARTED: 'A worker took a run, or several at once: see `runCount`.',
    RUN_HANDED_BACK:
      'A worker returned unfinished runs, because the experiment was paused or the worker was stopping.',
    RUN_RECLAIMED: 'A worker did not report in time, and its runs were taken away from it.',
    RUN_CRASHED:
      'The simulation of a run died; it is tried again, or if it had several runs in hand, each half of them apart.',
    RUN_SUCCEEDED: 'A run ended with a result, or several did.',
    RUN_FAILED: 'A run ended without a result.',
    RUN_CANCELLED: 'A run was cancelled before it had a result, or several were.',
    SUCCEEDED: 'Every run succeeded. The last event.',
    FAILED: 'A run failed and all have ended. The last event.',
    CANCELLED: 'A user cancelled it and nothing runs any more. The last event.',
  },
);

export const TimelineKindType = describedEnum<TimelineEvent['kind']>(
  'TimelineEventKind',
  'What happened in the simulated world.',
  {
    CRASH: 'A node crashed.',
    UPGRADE: 'A node was shut down for its upgrade: what it had sent still arrives.',
    FENCED: 'The power of a node was cut off by another one, so that it could not go on as the leader.',
    RESTART: 'A node came back from its durable log.',
    CAUGHT_UP: 'A restarted node had again what it had missed.',
    PAUSE: 'A node stood still.',
    RESUME: 'A node that had stood still went on.',
    PARTITION: 'Nodes or datacenters were parted: nothing got through from one side to the other.',
    HEAL: 'A partition ended.',
    SLOW_LINK: 'Messages took longer.',
    LOSSY_LINK: 'Messages were lost, or came twice.',
    LINK_RESTORED: 'A slow or lossy link was as before.',
    SLOW_DISK: 'The disk of a node took another time for its flushes.',
    DISK_RESTORED: 'The disk of a node was as before.',
    CLOCK_SKEW: 'The clock of a node became wrong, or wrong in another way.',
    CLOCK_CORRECTED: 'The clock of a node was set right, but for its own error.',
    DATACENTER_OUTAGE: 'A datacenter went out: its nodes crashed, and its clients reached nobody.',
    DATACENTER_RESTORED: 'A datacenter was back, and its nodes with it.',
    ...NOTICE_KIND_WORDS,
    CLIENTS_STOPPED: 'The measured duration ended: clients stopped, faults were healed.',
    SETTLED: 'The world was quiet, or had no more time to become so.',
    TRUNCATED: 'The run had played all events of its budget and ended there.',
  },
);
