import { Injectable } from '@nestjs/common';
import { Extensions } from './extend';
import { Releases } from './release';
import { Reservations } from './reservations';

/** What changes reservations. */
@Injectable()
export class Reserving {
  constructor(
    readonly reservations: Reservations,
    readonly releases: Releases,
    readonly extensions: Extensions,
  ) {}
}
