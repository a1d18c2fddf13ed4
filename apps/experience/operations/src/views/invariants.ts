import { Injectable } from '@nestjs/common';
import type { InvariantReport } from '#contracts/availability/invariants.dto';
import { OperationsProcesses } from '../out/processes';

@Injectable()
export class InvariantsView {
  constructor(private readonly processes: OperationsProcesses) {}

  /** Every process app checks its own; here they are one report. */
  async check(): Promise<InvariantReport> {
    const { availability, orders, shipments } = this.processes;
    const reports = await Promise.all([
      availability.checkInvariants({}),
      orders.checkInvariants({}),
      shipments.checkInvariants({}),
    ]);
    return {
      checked: reports.reduce((total, { checked }) => total + checked, 0),
      breaches: reports.flatMap(({ breaches }) => breaches),
    };
  }
}
