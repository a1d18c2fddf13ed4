import { startApp } from '#service/start-app';
import { exceptionsApp } from './app.module';

void startApp(exceptionsApp);
