import { startApp } from '#service/start-app';
import { referenceApp } from './app.module';

void startApp(referenceApp);
