import { startApp } from '#service/start-app';
import { sandboxApp } from './app.module';

void startApp(sandboxApp);
