-- CreateTable
CREATE TABLE "RunHistory" (
    "shardId" TEXT NOT NULL,
    "leaseEpoch" INTEGER NOT NULL,
    "repetition" INTEGER NOT NULL,
    "description" JSONB NOT NULL,
    "bytes" BYTEA NOT NULL,

    CONSTRAINT "RunHistory_pkey" PRIMARY KEY ("shardId","leaseEpoch","repetition")
);

-- AddForeignKey
ALTER TABLE "RunHistory" ADD CONSTRAINT "RunHistory_shardId_fkey" FOREIGN KEY ("shardId") REFERENCES "Shard"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Deflated already
ALTER TABLE "RunHistory" ALTER COLUMN "bytes" SET STORAGE EXTERNAL;
