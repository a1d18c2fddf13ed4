import { sandboxWmsConfig } from './wms.config';
import { SandboxWmsBackstageController, SandboxWmsController, WmsTokenGuard } from './wms.controller';
import { WarehouseFolders } from './wms.folder';
import { WarehouseOutbound } from './wms.outbound';
import { SimulatedWarehouses } from './wms.warehouse';

/** What the sandbox's module needs for the simulated warehouses, beside `Faults` and `FaultInterceptor`. */
export const sandboxWmsControllers = [SandboxWmsController, SandboxWmsBackstageController];
export const sandboxWmsProviders = [
  sandboxWmsConfig.provider,
  SimulatedWarehouses,
  WarehouseOutbound,
  WarehouseFolders,
  WmsTokenGuard,
];
