// The transformer of the other tests, with one line of one file replaced on the way: no file on disk is touched.
'use strict';
const swc = require('@swc/jest').default ?? require('@swc/jest');

const mutation = JSON.parse(process.env.CROSSDOCK_MUTATION ?? 'null');

function mutated(source, file) {
  if (!mutation || !file.endsWith(mutation.file)) return source;
  const parts = source.split(mutation.from);
  if (parts.length !== 2)
    throw new Error(`${mutation.from} is ${parts.length - 1} times in ${mutation.file}, not once`);
  return parts.join(mutation.to);
}

exports.createTransformer = (options) => {
  const own = swc.createTransformer(options);
  return {
    ...own,
    process: (source, file, jest) => own.process(mutated(source, file), file, jest),
    getCacheKey: (source, file, jest) => own.getCacheKey(mutated(source, file), file, jest),
  };
};
