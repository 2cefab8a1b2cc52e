-- AlterTable
ALTER TABLE "ExperimentEvent" ADD COLUMN     "runCount" INTEGER;

-- AlterTable
ALTER TABLE "ShardResult" ADD COLUMN     "runs" BYTEA;

-- CreateTable
CREATE TABLE "RunCost" (
    "protocol" TEXT NOT NULL,
    "nodes" INTEGER NOT NULL,
    "runsRuns" DOUBLE PRECISION NOT NULL,
    "runsOperations" DOUBLE PRECISION NOT NULL,
    "operationsOperations" DOUBLE PRECISION NOT NULL,
    "runs" DOUBLE PRECISION NOT NULL,
    "operations" DOUBLE PRECISION NOT NULL,

    CONSTRAINT "RunCost_pkey" PRIMARY KEY ("protocol","nodes")
);

-- Until now every event of a run told of one run
ALTER TABLE "ExperimentEvent" DROP CONSTRAINT "ExperimentEvent_names_a_whole_run";
UPDATE "ExperimentEvent" SET "runCount" = 1 WHERE "repetition" IS NOT NULL;
ALTER TABLE "ExperimentEvent"
    ADD CONSTRAINT "ExperimentEvent_names_whole_runs" CHECK (
        ("point" IS NULL) = ("repetition" IS NULL) AND ("repetition" IS NULL) = ("runCount" IS NULL) AND "runCount" >= 1
    );

-- 57 bytes a run: its seed (8 bytes, the highest first), the hash of its result (32 bytes), its own hash (16 bytes, there was
-- none), flags (a byte, none set).
-- An integer of Postgres has a sign, so the upper half of the seeds is shifted below zero, which leaves the bytes as they are.
UPDATE "ShardResult" result SET "runs" = (
    SELECT string_agg(
        int8send((CASE WHEN run.seed::numeric < 9223372036854775808 THEN run.seed::numeric
            ELSE run.seed::numeric - 18446744073709551616 END)::bigint)
        || decode(run.hash, 'hex') || decode(repeat('00', 17), 'hex'),
        ''::bytea ORDER BY run.place)
    FROM unnest(result."runSeeds", result."resultHashes") WITH ORDINALITY AS run (seed, hash, place)
);

-- AlterTable
ALTER TABLE "ShardResult" DROP COLUMN "resultHashes",
DROP COLUMN "runSeeds",
ALTER COLUMN "runs" SET NOT NULL;

-- Hashes do not compress, and a value that is not compressed can be read in parts
ALTER TABLE "ShardResult" ALTER COLUMN "runs" SET STORAGE EXTERNAL;
ALTER TABLE "ShardResult"
    ADD CONSTRAINT "ShardResult_has_whole_runs" CHECK (octet_length("runs") >= 57 AND octet_length("runs") % 57 = 0);
