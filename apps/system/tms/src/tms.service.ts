import { Injectable } from '@nestjs/common';
import { CrossdockError } from '#canonical/errors';
import { settleSeconds } from '#connections/backend';
import { createOnce } from '#connections/create-once';
import { TmsApi } from '#contracts/tms/tms.api';
import { BuyLabelRequest, RateRequest, TrackQuery, VoidLabelRequest } from '#contracts/tms/tms.dto';
import type { LabelResult, RateResponse, TrackingState, VoidLabelResponse } from '#contracts/tms/tms.dto';
import { Database } from '#persistence/database';
import { Gatherer } from '#persistence/gather';
import { recordVoided, voidedLabels } from './out/voided-label.store';
import { TmsConnections } from './tms-connections';
import type { Label } from './tms.port';

@Injectable()
export class TmsService extends TmsApi {
  private readonly voided = new Gatherer<string, string | undefined>(async (keys) => {
    const labels = await voidedLabels(this.database, keys);
    return keys.map((key) => ({ value: labels.get(key) }));
  });

  constructor(
    private readonly connections: TmsConnections,
    private readonly database: Database,
  ) {
    super();
  }

  async rates(request: RateRequest): Promise<RateResponse> {
    const { port } = await this.connections.port(request.connection);
    return port.rates(request);
  }

  async buyLabel(request: BuyLabelRequest): Promise<LabelResult> {
    const { port, connection: settings } = await this.connections.port(request.connection);
    const { connection, businessKey } = request;
    const settle = settleSeconds(settings);
    const voided = await this.voided.call(businessKey);
    if (voided !== undefined) throw alreadyVoided(businessKey, voided);
    const { document, outcome } = await createOnce<Label>({
      ...{ database: this.database, schema: 'tms', kind: 'label', businessKey, connection, request },
      ...(settle !== undefined && { settleSeconds: settle }),
      lookup: async () => {
        const found = await port.find(businessKey);
        return found && !found.voided ? found : undefined;
      },
      create: () => port.buy(request),
    });
    const { documentNumber, carrier, service, trackingNumbers, cost } = document;
    return { businessKey, label: documentNumber, carrier, service, trackingNumbers, cost, outcome };
  }

  async voidLabel({ connection, businessKey }: VoidLabelRequest): Promise<VoidLabelResponse> {
    const { port } = await this.connections.port(connection);
    const label = await port.find(businessKey);
    if (!label) throw unknownLabel(connection, businessKey);
    let answer: VoidLabelResponse = label.voided ? { outcome: 'already-voided' } : await port.void(label);
    // An answer may be lost and the call repeated: then the carrier refuses what it has done for us a moment ago.
    if (answer.outcome === 'refused' && (await port.find(businessKey))?.voided === true) answer = { outcome: 'voided' };
    if (answer.outcome !== 'refused') await recordVoided(this.database, businessKey, label.documentNumber);
    return answer;
  }

  async track({ connection, trackingNumber }: TrackQuery): Promise<TrackingState> {
    const { port } = await this.connections.port(connection);
    return port.track(trackingNumber);
  }
}

function alreadyVoided(businessKey: string, label: string): CrossdockError {
  const message = `label ${label} of ${businessKey} was voided: buy under another business key`;
  return new CrossdockError({ code: 'LABEL_VOIDED', kind: 'conflict', message, details: { label } });
}

function unknownLabel(connection: string, businessKey: string): CrossdockError {
  const message = `no label was bought for ${businessKey}`;
  return new CrossdockError({ code: 'LABEL_UNKNOWN', kind: 'not-found', message, source: connection });
}
