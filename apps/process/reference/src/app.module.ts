import { Global, Module } from '@nestjs/common';
import { MappingsApi, mappingsContract } from '#contracts/reference/mappings.api';
import { ReferenceApi, referenceContract } from '#contracts/reference/reference.api';
import type { AppDefinition } from '#service/app';
import { localBinding } from '#service/bindings';
import { referenceMigrations } from '../migrations/reference.migrations';
import { ErpMasterData } from './in/events/erp-master-data';
import { MappingsController } from './in/http/mappings.controller';
import { ReferenceController } from './in/http/reference.controller';
import { TellMappings } from './map-codes/tell-mappings';
import { MappingsService } from './mappings.service';
import { ReferenceService } from './reference.service';

@Global()
@Module({
  providers: [
    ReferenceService,
    MappingsService,
    TellMappings,
    ErpMasterData,
    localBinding(referenceContract, ReferenceService),
    localBinding(mappingsContract, MappingsService),
  ],
  exports: [ReferenceApi, MappingsApi],
})
export class ReferenceModule {}

export const referenceApp: AppDefinition = {
  name: 'reference',
  layer: 'process',
  module: ReferenceModule,
  controllers: [ReferenceController, MappingsController],
  migrations: referenceMigrations,
};
