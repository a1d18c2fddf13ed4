import { sandboxCarrierConfig } from './carrier.config';
import { SandboxCarrierController, SandboxCarrierCountsController } from './carrier.controller';
import { CarrierKeyGuard } from './carrier.guard';
import { CarrierProgress } from './carrier.progress';
import { CarrierBooks } from './carrier.store';

/** What the sandbox's module needs for the simulated carrier, beside `Faults` and `FaultInterceptor`. */
export const sandboxCarrierControllers = [SandboxCarrierController, SandboxCarrierCountsController];
export const sandboxCarrierProviders = [sandboxCarrierConfig.provider, CarrierBooks, CarrierKeyGuard, CarrierProgress];
