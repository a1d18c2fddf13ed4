import { startApp } from '#service/start-app';
import { webhooksApp } from './app.module';

void startApp(webhooksApp);
