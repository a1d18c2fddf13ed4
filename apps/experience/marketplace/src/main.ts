import { startApp } from '#service/start-app';
import { marketplaceApp } from './app.module';

void startApp(marketplaceApp);
