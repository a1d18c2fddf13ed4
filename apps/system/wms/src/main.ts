import { startApp } from '#service/start-app';
import { wmsApp } from './app.module';

void startApp(wmsApp);
