-- AlterEnum
ALTER TYPE "EventKind" ADD VALUE 'PAUSED';
ALTER TYPE "EventKind" ADD VALUE 'RESUMED';
ALTER TYPE "EventKind" ADD VALUE 'CANCELLING';
ALTER TYPE "EventKind" ADD VALUE 'RUN_CRASHED';
ALTER TYPE "EventKind" ADD VALUE 'RUN_CANCELLED';
ALTER TYPE "EventKind" ADD VALUE 'CANCELLED';

-- AlterTable
ALTER TABLE "Experiment" ADD COLUMN     "cancelledRuns" INTEGER NOT NULL DEFAULT 0;

-- Cancelled runs have ended as well
ALTER TABLE "Experiment"
    DROP CONSTRAINT "Experiment_counts_runs",
    ADD CONSTRAINT "Experiment_counts_runs" CHECK ("failedRuns" >= 0 AND "cancelledRuns" >= 0 AND "failedRuns" + "cancelledRuns" <= "completedRuns" AND "completedRuns" <= "runCount");
