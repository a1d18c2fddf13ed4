import { SandboxErpController, SandboxErpCountsController } from './erp.controller';
import { ErpTokenGuard } from './erp.guard';
import { ErpBooks } from './erp.store';

/** What the sandbox's module needs for the simulated ERP, beside `Faults` and `FaultInterceptor`. */
export const sandboxErpControllers = [SandboxErpController, SandboxErpCountsController];
export const sandboxErpProviders = [ErpBooks, ErpTokenGuard];
