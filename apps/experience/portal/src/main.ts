import { startApp } from '#service/start-app';
import { portalApp } from './app.module';

void startApp(portalApp);
