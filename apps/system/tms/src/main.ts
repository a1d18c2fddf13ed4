import { startApp } from '#service/start-app';
import { tmsApp } from './app.module';

void startApp(tmsApp);
