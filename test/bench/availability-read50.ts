import { readBench } from './read-bench';

/** Fifty lines in one request, against one SELECT of the same fifty rows. */
export const availabilityRead50 = readBench({
  name: 'availability.read50.vs-raw',
  lines: 50,
  connections: 32,
  wanted: 0.6,
});
