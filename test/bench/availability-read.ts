import { readBench } from './read-bench';

/** One line asked through the gateway, with key, limit and contract check, against a bare primary-key SELECT of the same row. */
export const availabilityRead = readBench({
  name: 'availability.read.vs-raw',
  lines: 1,
  connections: 64,
  wanted: 1,
});
