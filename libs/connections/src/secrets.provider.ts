import type { FactoryProvider } from '@nestjs/common';
import { Secrets } from './secrets';

const DEFAULT_DATA_DIRECTORY = '.crossdock';

/** The key comes from CROSSDOCK_SECRET_KEY; with the embedded database it may be left out and is kept beside the data. */
export const secretsProvider: FactoryProvider<Secrets> = {
  provide: Secrets,
  useFactory: () => {
    const embedded = (process.env['DATABASE_URL'] ?? '') === '';
    return Secrets.load({
      secretKey: process.env['CROSSDOCK_SECRET_KEY'],
      // Processes on several machines would each make their own key: with a real database it must be given.
      dataDirectory: embedded ? (process.env['CROSSDOCK_DATA'] ?? DEFAULT_DATA_DIRECTORY) : undefined,
    });
  },
};
