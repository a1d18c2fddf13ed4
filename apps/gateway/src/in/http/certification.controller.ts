import { Controller, Get, Param } from '@nestjs/common';
import { CurrentCaller, type Caller } from '#service/caller';
import { Scope } from '#service/operation';
import { PartnersService } from '../../partners/partners.service';
import { CERTIFICATION_CHECKS, type Proof } from '../../requests/certification';
import { CertificationStore } from '../../requests/certification.store';
import { CertificationView } from './certification.dto';
import { ChosenId } from './path-ids';

/** Whether an integration does what a good one does: proven by its requests with test keys, ticked by nobody. */
@Controller()
export class CertificationController {
  constructor(
    private readonly store: CertificationStore,
    private readonly partners: PartnersService,
  ) {}

  /** What the partner's test keys have shown. A request counts a quarter of a second after its answer, and stays counted. */
  @Get('account/v1/certification')
  @Scope('account:requests:read')
  async own(@CurrentCaller() { partner }: Caller): Promise<CertificationView> {
    return certificationView(await this.store.of(partner));
  }

  /** The same of any partner. Unknown: 404 PARTNER_UNKNOWN. */
  @Get('admin/v1/partners/:id/certification')
  @ChosenId()
  @Scope('admin:partners:read')
  async get(@Param('id') id: string): Promise<CertificationView> {
    await this.partners.partner(id);
    return certificationView(await this.store.of(id));
  }
}

function certificationView(proofs: readonly Proof[]): CertificationView {
  const checks = CERTIFICATION_CHECKS.map((check) => {
    const proof = proofs.find((each) => each.check === check);
    return { check, shown: proof !== undefined, ...(proof && { request: proof.request, at: proof.at.toISOString() }) };
  });
  return { certified: checks.every(({ shown }) => shown), checks };
}
