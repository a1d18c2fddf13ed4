import { fastify } from 'fastify';
import * as pg from 'pg';

interface Question {
  readonly items: readonly string[];
  readonly node: string;
}
interface Line {
  readonly item: string;
  readonly free: string;
}

const FREE = 'select item, usable - allocated - reserved - safety as free from availability.position';

/**
 * The least that can answer the same question: bare Fastify and one named statement through `pg`, pool 10: a primary-key SELECT for
 * one line, a SELECT of the rows for many. No key, no limit, no contract. A process of its own, as ours is: `node bare-server.js
 * <database url>`.
 */
async function serve(connectionString: string): Promise<void> {
  const pool = new pg.Pool({ connectionString, max: 10 });
  const server = fastify();
  server.post<{ Body: Question }>('/line', async ({ body }) => {
    const { rows } = await pool.query<Line>({
      name: 'line',
      text: `${FREE} where item = $1 and node = $2`,
      values: [body.items[0], body.node],
    });
    return { lines: rows };
  });
  server.post<{ Body: Question }>('/lines', async ({ body }) => {
    const { rows } = await pool.query<Line>({
      name: 'lines',
      text: `${FREE} where item = any($1) and node = $2`,
      values: [body.items, body.node],
    });
    return { lines: rows };
  });
  const address = await server.listen({ port: 0, host: '127.0.0.1' });
  process.send?.(address);
  process.once('disconnect', () => process.exit(0));
}

const [, , url] = process.argv;
if (url === undefined) throw new Error('bare-server <database url>');
void serve(url);
