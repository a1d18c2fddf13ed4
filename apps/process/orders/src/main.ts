import { startApp } from '#service/start-app';
import { ordersApp } from './app.module';

void startApp(ordersApp);
