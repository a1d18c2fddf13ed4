import { Injectable } from '@nestjs/common';
import { Deltas } from './deltas';
import { Invariants } from './invariants';
import { Promises } from './promises';
import { ReservationViews } from './reservations';
import { Timelines } from './timelines';

/** What only reads. */
@Injectable()
export class Reading {
  constructor(
    readonly promises: Promises,
    readonly deltas: Deltas,
    readonly timelines: Timelines,
    readonly invariants: Invariants,
    readonly reservations: ReservationViews,
  ) {}
}
