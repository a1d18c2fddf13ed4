import 'reflect-metadata';
import { setTimeout as sleep } from 'node:timers/promises';
import { Jobs } from '#messaging/jobs';
import type { Job, RecordOutcome } from '#messaging/jobs';
import { Listener } from '#messaging/listener';
import { Database } from '#persistence/database';
import type { Transaction } from '#persistence/database';

interface Work {
  n: number;
}

function effectOf(job: Job): RecordOutcome {
  return async (tx: Transaction) => {
    await tx.query({ name: 'effect', text: 'insert into effect (queue, n, order_key) values ($1, $2, $3)' }, [
      job.queue,
      (job.payload as Work).n,
      job.orderKey,
    ]);
  };
}

async function connect(url: string): Promise<Database> {
  for (;;) {
    try {
      return await Database.connect({ url, poolSize: 12 });
    } catch {
      await sleep(100);
    }
  }
}

async function work(url: string): Promise<void> {
  const database = await connect(url);
  const jobs = new Jobs(database, new Listener(database), { leaseSeconds: 5, reapSeconds: 1 });
  const options = { maxAttempts: 1_000, backoffSeconds: 0.05 };
  jobs.handle(
    'single',
    async (job) => {
      await sleep(Math.random() * 4);
      if (Math.random() < 0.05) throw new Error('an outside call failed');
      return effectOf(job);
    },
    options,
  );
  jobs.handleBatch(
    'batch',
    async (batch, tx) => {
      for (const job of batch) await effectOf(job)(tx);
      if (Math.random() < 0.05) throw new Error('a batch failed after its effects');
    },
    { ...options, batchSize: 25 },
  );
  jobs.handle('timer', (job) => Promise.resolve(effectOf(job)), options);
  await jobs.start();
}

// However the test ends, its workers end with it.
process.stdin.resume().on('end', () => process.exit());
void work(process.argv[2] ?? '');
