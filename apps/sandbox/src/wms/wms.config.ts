import { defineConfig, integer } from '#service/config';
import type { ConfigOf } from '#service/config';

export const sandboxWmsConfig = defineConfig('sandbox-wms', {
  speed: integer(
    'CROSSDOCK_SANDBOX_SPEED',
    1,
    'how many times faster than a second per step simulated warehouses work; from 20 on an order goes through at once',
    { min: 1, max: 1_000_000 },
  ),
});
export type SandboxWmsConfig = ConfigOf<typeof sandboxWmsConfig>;
