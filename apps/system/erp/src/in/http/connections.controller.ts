import { Controller } from '@nestjs/common';
import { ConnectionsController } from '#connections/connections.controller';
import { ErpConnectionsApi } from '#contracts/connections/connections.api';

@Controller()
export class ErpConnectionsController extends ConnectionsController {
  constructor(connections: ErpConnectionsApi) {
    super(connections);
  }
}
