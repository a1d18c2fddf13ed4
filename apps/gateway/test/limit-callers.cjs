// limit-callers.cjs REDIS CONNECTIONS CALLS BUCKET POLICIES: one gateway process of a test. Says that it is ready, waits to be told, makes all
// calls at once over its connections, and says how many were allowed.
'use strict';
const { readFileSync } = require('node:fs');
const { join } = require('node:path');
const swc = require('@swc/core');

require.extensions['.ts'] = (module, file) =>
  module._compile(
    swc.transformSync(readFileSync(file, 'utf8'), {
      module: { type: 'commonjs' },
      jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
    }).code,
    file,
  );
const { newRedisClient, RedisLimiter } = require(join(__dirname, '../src/limits/redis-limiter.ts'));

const [, , url, connections, calls, bucket, policies] = process.argv;

async function main() {
  const clients = await Promise.all(Array.from({ length: Number(connections) }, () => newRedisClient(url).connect()));
  const limiters = clients.map((client) => new RedisLimiter(client));
  process.send('ready');
  await new Promise((resolve) => process.once('message', resolve));
  const verdicts = await Promise.all(
    Array.from({ length: Number(calls) }, (_, call) =>
      limiters[call % limiters.length].take(bucket, JSON.parse(policies), 1),
    ),
  );
  process.send(verdicts.filter(({ allowed }) => allowed).length);
  clients.forEach((client) => client.destroy());
  process.disconnect();
}
void main();
