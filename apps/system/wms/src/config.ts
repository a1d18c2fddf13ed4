import { defineConfig, integer } from '#service/config';
import type { ConfigOf } from '#service/config';

export const wmsConfig = defineConfig('wms', {
  sweepSeconds: integer(
    'CROSSDOCK_WMS_SWEEP_SECONDS',
    2,
    'how soon the folder of a new or resumed file warehouse is polled',
    {
      min: 1,
      max: 3600,
    },
  ),
});
export type WmsConfig = ConfigOf<typeof wmsConfig>;
