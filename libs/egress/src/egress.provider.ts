import type { FactoryProvider } from '@nestjs/common';
import { defineConfig, type ConfigOf, type Setting } from '#service/config';
import { allowList } from './addresses';
import { Egress } from './egress';

const allowSetting: Setting<string> = {
  variable: 'CROSSDOCK_EGRESS_ALLOW',
  fallback: '',
  doc: 'networks that webhooks may be sent to although they are not public, for a sandbox: "loopback" or 10.1.0.0/16, separated by commas',
  read: (value) => {
    allowList(value);
    return value;
  },
};

export const egressConfig = defineConfig('egress', { allow: allowSetting });

export const egressProvider: FactoryProvider<Egress> = {
  provide: Egress,
  useFactory: () => new Egress(egressConfig.provider.useFactory() as ConfigOf<typeof egressConfig>),
};
