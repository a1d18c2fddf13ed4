import { Body, Controller, HttpCode, Param, Put } from '@nestjs/common';
import { Jobs } from '#messaging/jobs';
import { Database } from '#persistence/database';
import { seedCarrier, type CarrierInstallation } from './carrier/carrier.store';
import { seedErp, type ErpSeed } from './erp/erp.seed';
import { changeWarehouse, seedWarehouse, type WarehouseSeed } from './wms/wms.seed';

type WarehouseChange = Pick<WarehouseSeed, 'stock' | 'deduplicates'>;

/** Makes and fills simulated installations: `PUT /sandbox/<kind>/<installation>/_seed`. The same seed again changes nothing. */
@Controller('sandbox')
export class SeedController {
  constructor(
    private readonly database: Database,
    private readonly jobs: Jobs,
  ) {}

  @Put('erp/:installation/_seed')
  @HttpCode(204)
  async erp(@Param('installation') installation: string, @Body() seed: ErpSeed): Promise<void> {
    await this.database.transaction((tx) => seedErp(tx, installation, seed));
  }

  /** The whole seed makes or changes the warehouse; `stock` and `deduplicates` alone change one that is there. */
  @Put('wms/:installation/_seed')
  @HttpCode(204)
  async warehouse(
    @Param('installation') installation: string,
    @Body() seed: WarehouseSeed | WarehouseChange,
  ): Promise<void> {
    await this.database.transaction((tx) =>
      'product' in seed
        ? seedWarehouse(this.jobs, tx, installation, seed)
        : changeWarehouse(this.jobs, tx, installation, seed),
    );
  }

  @Put('carrier/:installation/_seed')
  @HttpCode(204)
  async carrier(
    @Param('installation') installation: string,
    @Body() seed: Omit<CarrierInstallation, 'installation'>,
  ): Promise<void> {
    await seedCarrier(this.database, { ...seed, installation });
  }
}
