import { startApp } from '#service/start-app';
import { erpApp } from './app.module';

void startApp(erpApp);
