import { Controller } from '@nestjs/common';
import { ConnectionsController } from '#connections/connections.controller';
import { TmsConnectionsApi } from '#contracts/connections/connections.api';

@Controller()
export class TmsConnectionsController extends ConnectionsController {
  constructor(connections: TmsConnectionsApi) {
    super(connections);
  }
}
