import type { ApiContract } from '#contracts/api';
import type { Database } from '#persistence/database';
import { GroundModule, HealthController } from '#service/ground.module';
import { createServer } from '#service/server';
import { PartnersService } from '../../../apps/gateway/src/partners/partners.service';
import { PeopleService } from '../../../apps/gateway/src/people/people.service';
import { sandboxApp } from '../../../apps/sandbox/src/app.module';
import { ALL_APPS, PUBLIC_APPS } from '../../../apps/all-in-one/src/apps';
import { openFrontDoor } from '../../../apps/all-in-one/src/front-door';
import type { Installation } from './installation';

/** Every app in one process, as `npm start` composes them: local bindings between them. */
export async function startTogether(database: Database): Promise<Installation> {
  const app = await createServer({
    modules: [GroundModule.on(database), ...ALL_APPS.map(({ module }) => module)],
    controllers: [
      HealthController,
      ...PUBLIC_APPS.flatMap(({ controllers }) => controllers),
      ...ALL_APPS.flatMap(({ publicControllers }) => publicControllers ?? []),
      ...sandboxApp.controllers,
    ],
    internal: false,
  });
  openFrontDoor(app);
  await app.listen(0, '127.0.0.1');
  const url = await app.getUrl();
  return {
    url,
    sandboxUrl: url,
    partners: app.get(PartnersService, { strict: false }),
    people: app.get(PeopleService, { strict: false }),
    bound: <Api extends object>({ token }: ApiContract<Api>) => app.get<Api>(token, { strict: false }),
    faults: [],
    close: () => app.close(),
  };
}
