import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { publicDocuments } from '../../gateway/src/documents/load';
import { GatewayServices } from '../../gateway/src/gateway-services';
import { installGateway } from '../../gateway/src/install';

/** Puts the gateway in front of the experience controllers of this process. The simulated backends have doors of their own. */
export function openFrontDoor(app: NestFastifyApplication): void {
  const services = app.get(GatewayServices, { strict: false });
  installGateway(app.getHttpAdapter().getInstance(), {
    services,
    documents: publicDocuments(),
    open: [/^\/sandbox\//],
  });
}
