import { startApp } from '#service/start-app';
import { operationsApp } from './app.module';

void startApp(operationsApp);
