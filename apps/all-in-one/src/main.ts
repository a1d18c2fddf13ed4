import { startAllInOne } from './start';

void startAllInOne();
