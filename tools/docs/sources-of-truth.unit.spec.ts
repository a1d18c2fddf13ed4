import { readFileSync } from 'node:fs';
import { SOURCES_PATH, sourcesPage } from './sources-of-truth';

it('the page of who owns what says what the register says', () => {
  expect(readFileSync(SOURCES_PATH, 'utf8')).toBe(sourcesPage());
});
