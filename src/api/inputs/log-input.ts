import { Field, InputType, Int } from 'type-graphql';
import { ROWS_PER_WRITE_MAX } from '../../model/spec/limits';
import { grouped } from '../../model/text';
import { BigIntegerScalar } from '../scalars/big-integer';
import { FiniteFloat } from '../scalars/finite-float';
import { describedEnum } from '../schema/described-enum';

type LogFormat = 'STATEMENT' | 'WAL' | 'ROW';

const BYTES_MAX = grouped(Number.MAX_SAFE_INTEGER);

const LogFormatType = describedEnum<LogFormat>('LogFormat', 'What the replication log holds.', {
  STATEMENT:
    "The statement, which every replica executes again (MySQL's `binlog_format = STATEMENT`): short, as dear to apply as " +
    'the write was, and different everywhere where it calls NOW() or RAND().',
  WAL:
    'The bytes of the changed pages (physical replication of PostgreSQL): cheapest to apply, and only by a node of the ' +
    'same version.',
  ROW: "The changed rows (MySQL's `binlog_format = ROW`, logical replication of PostgreSQL): each costs, and versions may differ.",
});

@InputType({ description: 'The replication log: what it holds, and how much of it is kept.' })
export class LogInput {
  @Field(() => LogFormatType, { defaultValue: 'ROW', description: 'What it holds.' })
  readonly format!: LogFormat;

  @Field(() => FiniteFloat, {
    defaultValue: 0,
    description:
      'Of STATEMENT: the share of writes whose statement gives another value wherever it is executed, 0 … 1. Otherwise ' +
      'it means nothing.',
  })
  readonly nonDeterministicShare!: number;

  @Field(() => Int, {
    defaultValue: 1,
    description: `How many rows a write changes, 1 … ${grouped(ROWS_PER_WRITE_MAX)}: what ROW and WAL log of it, and what ROW takes to apply.`,
  })
  readonly rowsPerWrite!: number;

  @Field(() => BigIntegerScalar, {
    defaultValue: 1_073_741_824,
    description:
      `How many bytes of log of each shard a node keeps for followers that are late, 0 … ${BYTES_MAX} (\`wal_keep_size\`); what is kept ` +
      'for a slot comes on top. A follower that needs more takes a full copy.',
  })
  readonly walKeepBytes!: bigint;

  @Field(() => Boolean, {
    defaultValue: false,
    description:
      'Whether each follower has a replication slot: what it lacks is then kept however late it is, so that it never ' +
      'takes a full copy, and the log may grow without end.',
  })
  readonly slots!: boolean;

  @Field(() => FiniteFloat, {
    defaultValue: 104_857_600,
    description: `How many bytes per second a full copy (\`pg_basebackup\`) or a rewind (\`pg_rewind\`) takes over, above 0 … ${BYTES_MAX}.`,
  })
  readonly copyBytesPerSecond!: number;
}
