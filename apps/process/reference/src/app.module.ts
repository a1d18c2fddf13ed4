import { Global, Module } from '@nestjs/common';
import { ReferenceApi, referenceContract } from '#contracts/reference/reference.api';
import type { AppDefinition } from '#service/app';
import { localBinding } from '#service/bindings';
import { referenceMigrations } from '../migrations/reference.migrations';
import { ErpMasterData } from './in/events/erp-master-data';
import { ReferenceController } from './in/http/reference.controller';
import { ReferenceService } from './reference.service';

@Global()
@Module({
  providers: [ReferenceService, ErpMasterData, localBinding(referenceContract, ReferenceService)],
  exports: [ReferenceApi],
})
export class ReferenceModule {}

export const referenceApp: AppDefinition = {
  name: 'reference',
  layer: 'process',
  module: ReferenceModule,
  controllers: [ReferenceController],
  migrations: referenceMigrations,
};
