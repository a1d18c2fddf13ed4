import { Global, Module } from '@nestjs/common';
import { EvidenceApi, evidenceContract } from '#contracts/exceptions/evidence.api';
import { ExceptionsApi, exceptionsContract } from '#contracts/exceptions/exceptions.api';
import type { AppDefinition } from '#service/app';
import { localBinding } from '#service/bindings';
import { exceptionsMigrations } from '../migrations/migrations';
import { PurgeArchive } from './archive/purge-archive';
import { exceptionsConfig } from './config';
import { WatchDeadWork } from './dead-work/watch-dead-work';
import { EvidenceService } from './evidence.service';
import { ExceptionsService } from './exceptions.service';
import { ExceptionEvents } from './in/events/exception-events';
import { TimelineEvents } from './in/events/timeline-events';
import { EvidenceController } from './in/http/evidence.controller';
import { ExceptionsController } from './in/http/exceptions.controller';
import { ActOnExceptions } from './keep-exception/act';
import { KeepExceptions } from './keep-exception/keep-exceptions';
import { Timelines } from './timeline/timelines';
import { WatchDue } from './watch-due/watch-due';

@Global()
@Module({
  providers: [
    exceptionsConfig.provider,
    KeepExceptions,
    ActOnExceptions,
    WatchDeadWork,
    WatchDue,
    ExceptionEvents,
    ExceptionsService,
    localBinding(exceptionsContract, ExceptionsService),
    TimelineEvents,
    Timelines,
    PurgeArchive,
    EvidenceService,
    localBinding(evidenceContract, EvidenceService),
  ],
  exports: [ExceptionsApi, EvidenceApi],
})
export class ExceptionsModule {}

/** Trouble that a person has to see, of every app: kept once per cause, owned, timed, sent on again. */
export const exceptionsApp: AppDefinition = {
  name: 'exceptions',
  layer: 'process',
  module: ExceptionsModule,
  controllers: [ExceptionsController, EvidenceController],
  migrations: exceptionsMigrations,
  config: [exceptionsConfig],
};
