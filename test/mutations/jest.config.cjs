'use strict';
const base = require('../../jest.config.cjs');

const through = (transform) =>
  Object.fromEntries(
    Object.entries(transform).map(([files, [, options]]) => [files, [require.resolve('./transform.cjs'), options]]),
  );
module.exports = {
  ...base,
  rootDir: base.projects[0].rootDir,
  projects: base.projects.map((project) => ({ ...project, transform: through(project.transform) })),
};
