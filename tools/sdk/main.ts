import { join } from 'node:path';
import { projectRoot } from '#service/documents';
import { packSdk } from './pack';

/** `npm run sdk:pack`: the package in dist/sdk. */
const folder = join(projectRoot(), 'dist/sdk');
packSdk(folder);
process.stdout.write(`${folder}\n`);
