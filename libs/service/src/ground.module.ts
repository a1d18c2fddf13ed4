import { Controller, Get, Global, HttpCode, Module, type DynamicModule } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { CrossdockError } from '#canonical/errors';
import { MessagingModule } from '#messaging/messaging.module';
import { Database } from '#persistence/database';
import { Log } from './logging';

/** `/livez`: the process answers. `/readyz`: it can also do its work. */
@ApiExcludeController()
@Controller()
export class HealthController {
  constructor(private readonly database: Database) {}

  @Get('livez')
  @HttpCode(200)
  live(): { status: string } {
    return { status: 'ok' };
  }

  @Get('readyz')
  async ready(): Promise<{ status: string }> {
    try {
      await this.database.query({ name: 'health', text: 'select 1' });
    } catch (error) {
      throw new CrossdockError({
        code: 'NOT_READY',
        kind: 'unavailable',
        message: 'the database does not answer',
        cause: error,
      });
    }
    return { status: 'ok' };
  }
}

/** What every app stands on: the database, jobs and events, the log. One per process, whatever apps it holds. */
@Global()
@Module({})
export class GroundModule {
  static on(database: Database): DynamicModule {
    return {
      module: GroundModule,
      imports: [MessagingModule],
      providers: [{ provide: Database, useValue: database }, Log],
      exports: [Database, Log],
    };
  }
}

/** The same for an app without a database: an experience app in a process of its own. */
@Global()
@Module({ providers: [Log], exports: [Log] })
export class BareGroundModule {}

@ApiExcludeController()
@Controller()
export class BareHealthController {
  @Get('livez')
  live(): { status: string } {
    return { status: 'ok' };
  }

  @Get('readyz')
  ready(): { status: string } {
    return { status: 'ok' };
  }
}
