import { CERTIFICATION_CHECKS, type CertificationCheck } from '../../requests/certification';
import { ApiProperty } from '@nestjs/swagger';

export class CertificationCheckView {
  /** What a good integration does. @example "replay" */
  @ApiProperty({ enum: CERTIFICATION_CHECKS })
  check: CertificationCheck;
  /** A request with a test key has shown it. */
  shown: boolean;
  /** That request, in the log for as long as it is kept. @example "log_019a0f3e5b7c7d0e8f1a2b3c4d5e6f70" */
  request?: string;
  /** RFC 3339: when it was asked. */
  at?: string;
}
export class CertificationView {
  /** Every check is shown. */
  certified: boolean;
  /** In the order in which an integration is written. */
  checks: CertificationCheckView[];
}
