import { Global, Module } from '@nestjs/common';
import { ExceptionsApi, exceptionsContract } from '#contracts/exceptions/exceptions.api';
import type { AppDefinition } from '#service/app';
import { localBinding } from '#service/bindings';
import { exceptionsMigrations } from '../migrations/migrations';
import { exceptionsConfig } from './config';
import { WatchDeadWork } from './dead-work/watch-dead-work';
import { ExceptionsService } from './exceptions.service';
import { ExceptionEvents } from './in/events/exception-events';
import { ExceptionsController } from './in/http/exceptions.controller';
import { ActOnExceptions } from './keep-exception/act';
import { KeepExceptions } from './keep-exception/keep-exceptions';

@Global()
@Module({
  providers: [
    exceptionsConfig.provider,
    KeepExceptions,
    ActOnExceptions,
    WatchDeadWork,
    ExceptionEvents,
    ExceptionsService,
    localBinding(exceptionsContract, ExceptionsService),
  ],
  exports: [ExceptionsApi],
})
export class ExceptionsModule {}

/** Trouble that a person has to see, of every app: kept once per cause, owned, timed, sent on again. */
export const exceptionsApp: AppDefinition = {
  name: 'exceptions',
  layer: 'process',
  module: ExceptionsModule,
  controllers: [ExceptionsController],
  migrations: exceptionsMigrations,
  config: [exceptionsConfig],
};
