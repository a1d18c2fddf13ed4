import { startApp } from '#service/start-app';
import { shipmentsApp } from './app.module';

void startApp(shipmentsApp);
