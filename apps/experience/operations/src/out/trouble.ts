import { Injectable } from '@nestjs/common';
import { EvidenceApi } from '#contracts/exceptions/evidence.api';
import { ExceptionsApi } from '#contracts/exceptions/exceptions.api';

/** What went wrong, and what led there. */
@Injectable()
export class OperationsTrouble {
  constructor(
    readonly exceptions: ExceptionsApi,
    readonly evidence: EvidenceApi,
  ) {}
}
