import type { ConfigOf } from '#service/config';
import { decimal, defineConfig } from '#service/config';

export const sandboxCarrierConfig = defineConfig('sandbox-carrier', {
  speed: decimal(
    'CROSSDOCK_SANDBOX_SPEED',
    '1',
    'how many times faster than the demo the simulated backends work; 100 and more for tests and replays',
  ),
});
export type SandboxCarrierConfig = ConfigOf<typeof sandboxCarrierConfig>;
