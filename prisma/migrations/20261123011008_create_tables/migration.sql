-- CreateEnum
CREATE TYPE "ExperimentStatus" AS ENUM ('QUEUED', 'RUNNING', 'PAUSED', 'CANCELLING', 'SUCCEEDED', 'FAILED', 'CANCELLED');

-- CreateEnum
CREATE TYPE "RunStatus" AS ENUM ('QUEUED', 'RUNNING', 'CANCELLING', 'SUCCEEDED', 'FAILED', 'CANCELLED');

-- CreateEnum
CREATE TYPE "EventKind" AS ENUM ('SUBMITTED', 'STARTED', 'RUN_STARTED', 'RUN_HANDED_BACK', 'RUN_RECLAIMED', 'RUN_SUCCEEDED', 'RUN_FAILED', 'SUCCEEDED', 'FAILED');

-- CreateTable
CREATE TABLE "Cluster" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "spec" JSONB NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Cluster_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Experiment" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "status" "ExperimentStatus" NOT NULL DEFAULT 'QUEUED',
    "clusterId" TEXT,
    "spec" JSONB NOT NULL,
    "seed" DECIMAL(20,0) NOT NULL,
    "repetitions" INTEGER NOT NULL,
    "runCount" INTEGER NOT NULL,
    "completedRuns" INTEGER NOT NULL DEFAULT 0,
    "failedRuns" INTEGER NOT NULL DEFAULT 0,
    "engineVersion" TEXT NOT NULL,
    "lastSequence" BIGINT NOT NULL DEFAULT 0,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "startedAt" TIMESTAMPTZ(3),
    "finishedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Experiment_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Point" (
    "experimentId" TEXT NOT NULL,
    "index" INTEGER NOT NULL,
    "parameters" JSONB NOT NULL,
    "spec" JSONB NOT NULL,

    CONSTRAINT "Point_pkey" PRIMARY KEY ("experimentId","index")
);

-- CreateTable
CREATE TABLE "Shard" (
    "id" TEXT NOT NULL,
    "experimentId" TEXT NOT NULL,
    "point" INTEGER NOT NULL,
    "firstRepetition" INTEGER NOT NULL,
    "runCount" INTEGER NOT NULL,
    "status" "RunStatus" NOT NULL DEFAULT 'QUEUED',
    "attempt" INTEGER NOT NULL DEFAULT 1,
    "crashes" INTEGER NOT NULL DEFAULT 0,
    "leaseEpoch" INTEGER NOT NULL DEFAULT 0,
    "leaseOwner" TEXT,
    "leaseUntil" TIMESTAMPTZ(3),
    "checkedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "fractionMillionths" INTEGER NOT NULL DEFAULT 0,
    "simulatedOperations" BIGINT NOT NULL DEFAULT 0,
    "failureReason" TEXT,

    CONSTRAINT "Shard_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ShardResult" (
    "shardId" TEXT NOT NULL,
    "measurements" BYTEA NOT NULL,
    "scalars" BYTEA NOT NULL,
    "runSeeds" TEXT[],
    "resultHashes" TEXT[],
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "ShardResult_pkey" PRIMARY KEY ("shardId")
);

-- CreateTable
CREATE TABLE "ExperimentEvent" (
    "experimentId" TEXT NOT NULL,
    "sequence" BIGINT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT clock_timestamp(),
    "kind" "EventKind" NOT NULL,
    "message" TEXT NOT NULL,
    "point" INTEGER,
    "repetition" INTEGER,

    CONSTRAINT "ExperimentEvent_pkey" PRIMARY KEY ("experimentId","sequence")
);

-- CreateTable
CREATE TABLE "IdempotencyKey" (
    "scope" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "requestHash" TEXT NOT NULL,
    "recordId" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "IdempotencyKey_pkey" PRIMARY KEY ("scope","key")
);

-- CreateIndex
CREATE INDEX "Experiment_clusterId_idx" ON "Experiment"("clusterId");

-- CreateIndex
CREATE INDEX "Shard_status_leaseUntil_idx" ON "Shard"("status", "leaseUntil");

-- CreateIndex
CREATE INDEX "Shard_status_checkedAt_idx" ON "Shard"("status", "checkedAt");

-- CreateIndex
CREATE UNIQUE INDEX "Shard_experimentId_point_firstRepetition_key" ON "Shard"("experimentId", "point", "firstRepetition");

-- CreateIndex
CREATE INDEX "IdempotencyKey_createdAt_idx" ON "IdempotencyKey"("createdAt");

-- AddForeignKey
ALTER TABLE "Experiment" ADD CONSTRAINT "Experiment_clusterId_fkey" FOREIGN KEY ("clusterId") REFERENCES "Cluster"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Point" ADD CONSTRAINT "Point_experimentId_fkey" FOREIGN KEY ("experimentId") REFERENCES "Experiment"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Shard" ADD CONSTRAINT "Shard_experimentId_point_fkey" FOREIGN KEY ("experimentId", "point") REFERENCES "Point"("experimentId", "index") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ShardResult" ADD CONSTRAINT "ShardResult_shardId_fkey" FOREIGN KEY ("shardId") REFERENCES "Shard"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ExperimentEvent" ADD CONSTRAINT "ExperimentEvent_experimentId_fkey" FOREIGN KEY ("experimentId") REFERENCES "Experiment"("id") ON DELETE CASCADE ON UPDATE CASCADE;


-- What must be true of every row, whatever the program does (Prisma does not know check constraints)
ALTER TABLE "Experiment"
    ADD CONSTRAINT "Experiment_seed_is_64_bits" CHECK ("seed" BETWEEN 0 AND 18446744073709551615),
    ADD CONSTRAINT "Experiment_has_runs" CHECK ("repetitions" >= 1 AND "runCount" >= "repetitions"),
    ADD CONSTRAINT "Experiment_counts_runs" CHECK ("failedRuns" BETWEEN 0 AND "completedRuns" AND "completedRuns" <= "runCount"),
    ADD CONSTRAINT "Experiment_finished_iff_terminal" CHECK (("finishedAt" IS NOT NULL) = ("status" IN ('SUCCEEDED', 'FAILED', 'CANCELLED')));

ALTER TABLE "Shard"
    ADD CONSTRAINT "Shard_has_runs" CHECK ("firstRepetition" >= 0 AND "runCount" >= 1),
    ADD CONSTRAINT "Shard_fraction_is_a_share" CHECK ("fractionMillionths" BETWEEN 0 AND 1000000),
    ADD CONSTRAINT "Shard_leased_iff_running" CHECK (("leaseUntil" IS NOT NULL) = ("status" IN ('RUNNING', 'CANCELLING')) AND ("leaseOwner" IS NULL) = ("leaseUntil" IS NULL)),
    ADD CONSTRAINT "Shard_failed_with_reason" CHECK (("failureReason" IS NOT NULL) = ("status" = 'FAILED'));

ALTER TABLE "ShardResult"
    ADD CONSTRAINT "ShardResult_one_hash_per_seed" CHECK (cardinality("runSeeds") >= 1 AND cardinality("runSeeds") = cardinality("resultHashes"));

ALTER TABLE "ExperimentEvent"
    ADD CONSTRAINT "ExperimentEvent_counts_from_one" CHECK ("sequence" >= 1),
    ADD CONSTRAINT "ExperimentEvent_names_a_whole_run" CHECK (("point" IS NULL) = ("repetition" IS NULL));
