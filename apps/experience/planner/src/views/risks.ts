import { Injectable } from '@nestjs/common';
import type { PlannerRisks, PlannerRisksQuery } from '../in/http/risks.dto';
import { PlannerProcesses } from '../out/processes';
import { namesFor, plannerRisk } from './named';

@Injectable()
export class RisksView {
  constructor(private readonly processes: PlannerProcesses) {}

  async list(query: PlannerRisksQuery): Promise<PlannerRisks> {
    const { risks, next } = await this.processes.planning.risks({ ...query });
    const names = await namesFor(this.processes, {
      items: risks.map(({ item }) => item),
      reservations: risks.map(({ reservation }) => reservation),
    });
    return {
      risks: risks.map((risk) => ({
        ...plannerRisk(risk, names),
        openedAt: risk.openedAt,
        changedAt: risk.changedAt,
      })),
      ...(next !== undefined && { next }),
    };
  }
}
