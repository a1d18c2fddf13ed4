export class InvariantsQuery {}
export class InvariantBreach {
  /** I1, I2 or I6 of docs/reliability.md. */
  invariant: string;
  subject: string;
  detail: string;
}
export class InvariantReport {
  checked: number;
  breaches: InvariantBreach[];
}
