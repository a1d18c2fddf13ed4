import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { peerUrl } from '#service/peers';
import { startApp } from '#service/start-app';
import { gatewayApp } from './app.module';
import { OWN_DOCUMENT, publicDocuments } from './documents/load';
import { GatewayServices } from './gateway-services';
import { installGateway } from './install';

/** The kinds of backend whose webhooks come in through the front door. */
const INBOUND_KINDS = ['erp', 'wms', 'tms'];

function openFrontDoor(app: NestFastifyApplication): void {
  const documents = publicDocuments();
  const upstreams = Object.fromEntries([
    ...documents.filter(({ name }) => name !== OWN_DOCUMENT).map(({ name }) => [name, peerUrl(name)] as const),
    ...INBOUND_KINDS.map((kind) => [`inbound/${kind}`, peerUrl(kind)] as const),
  ]);
  installGateway(app.getHttpAdapter().getInstance(), {
    services: app.get(GatewayServices, { strict: false }),
    documents,
    upstreams,
  });
}

process.env['PORT'] ??= '3000';
void startApp(gatewayApp, openFrontDoor);
