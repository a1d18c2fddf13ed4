import { startApp } from '#service/start-app';
import { availabilityApp } from './app.module';

void startApp(availabilityApp);
