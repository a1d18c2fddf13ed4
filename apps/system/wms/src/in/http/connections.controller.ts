import { Controller } from '@nestjs/common';
import { ConnectionsController } from '#connections/connections.controller';
import { WmsConnectionsApi } from '#contracts/connections/connections.api';

@Controller()
export class WmsConnectionsController extends ConnectionsController {
  constructor(connections: WmsConnectionsApi) {
    super(connections);
  }
}
