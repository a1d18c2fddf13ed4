import type { ApiContract } from '#contracts/api';
import type { PartnersService } from '../../../apps/gateway/src/partners/partners.service';
import type { PeopleService } from '../../../apps/gateway/src/people/people.service';

/** The whole product, in one shape or the other. */
export interface Installation {
  /** Where partners reach it. */
  readonly url: string;
  readonly sandboxUrl: string;
  readonly partners: PartnersService;
  readonly people: PeopleService;
  bound<Api extends object>(contract: ApiContract<Api>): Api;
  /** Answers that were not as documented, as they went over HTTP between our own apps. */
  readonly faults: string[];
  close(): Promise<void>;
}
