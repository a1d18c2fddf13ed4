import { runMain } from '../cli/main';
import { run } from './commands';

runMain(run);
