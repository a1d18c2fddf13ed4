import { startApp } from '#service/start-app';
import { plannerApp } from './app.module';

void startApp(plannerApp);
