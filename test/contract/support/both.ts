import type { ApiContract } from '#contracts/api';
import { comparable, outcomeOf, type ComparableError } from '#testing/contract-outcome';
import { World } from './world';

type Call<Api, T> = (api: Api, world: World) => Promise<T>;

/** The same product twice: local bindings in one process, HTTP between many. What one answers the other must answer too. */
export class Both {
  private constructor(
    readonly local: World,
    readonly http: World,
  ) {}

  static async start(): Promise<Both> {
    const [local, http] = await Promise.all([World.start('local'), World.start('http')]);
    return new Both(local, http);
  }

  get worlds(): readonly World[] {
    return [this.local, this.http];
  }

  /** The answer, the same through both bindings. */
  async answers<Api extends object, T>(contract: ApiContract<Api>, call: Call<Api, T>): Promise<T> {
    const [local, http] = await this.outcomes(contract, call);
    if ('error' in local) throw new Error(`${contract.name} refused: ${local.error.code} ${local.error.message}`);
    expect(comparable(http)).toEqual(comparable(local));
    this.expectNoFaults();
    return local.answer;
  }

  /** The error, the same through both bindings. */
  async refuses<Api extends object>(
    contract: ApiContract<Api>,
    expected: Partial<ComparableError>,
    call: Call<Api, unknown>,
  ): Promise<ComparableError> {
    const [local, http] = await this.outcomes(contract, call);
    if (!('error' in local))
      throw new Error(`expected ${expected.code ?? 'an error'}: ${JSON.stringify(local.answer)}`);
    expect(local.error).toMatchObject(expected);
    expect(comparable(http)).toEqual(comparable(local));
    this.expectNoFaults();
    return local.error;
  }

  /** Asks both together until both answer what is waited for; these two answers are then compared, not later ones. */
  async eventually<Api extends object, T>(
    contract: ApiContract<Api>,
    call: Call<Api, T>,
    arrived: (answer: T) => boolean,
  ): Promise<T> {
    const deadline = Date.now() + 90_000;
    for (;;) {
      const [local, http] = await Promise.all([call(world(this.local), this.local), call(world(this.http), this.http)]);
      if (arrived(local) && arrived(http)) {
        expect(comparable({ answer: http })).toEqual(comparable({ answer: local }));
        this.expectNoFaults();
        return local;
      }
      if (Date.now() > deadline) throw new Error(`still ${JSON.stringify([local, http])}`);
      await new Promise((resume) => setTimeout(resume, 50));
    }
    function world(of: World): Api {
      return of.api(contract);
    }
  }

  async close(): Promise<void> {
    await Promise.all(this.worlds.map((world) => world.close()));
  }

  private outcomes<Api extends object, T>(contract: ApiContract<Api>, call: Call<Api, T>) {
    const of = (world: World) => outcomeOf(call(world.api(contract), world));
    return Promise.all([of(this.local), of(this.http)] as const);
  }

  private expectNoFaults(): void {
    for (const world of this.worlds) {
      const faults = world.faults.splice(0);
      expect(faults).toEqual([]);
    }
  }
}
