import type { Browser } from 'playwright-core';
import { Running } from '../support/running';
import { launchChromium, Visitor } from './browser';

type Look = NonNullable<Parameters<typeof Visitor.arrive>[2]>;

/** One running Crossdock and one browser for a file of tests, and a visitor for each test. */
export class Stage {
  private running: Running | undefined;
  private browser: Browser | undefined;
  private visitor: Visitor | undefined;

  /** Whatever a test looks at: nothing on the console, and nothing from outside. */
  static set(): Stage {
    const stage = new Stage();
    beforeAll(async () => {
      stage.running = await Running.start();
      stage.browser = await launchChromium();
    });
    afterAll(async () => {
      await stage.browser?.close();
      await stage.running?.stop();
    });
    afterEach(async () => {
      const { visitor } = stage;
      stage.visitor = undefined;
      await visitor?.leave();
      expect(visitor?.faults ?? []).toEqual([]);
    });
    return stage;
  }

  get demo(): Running['demo'] {
    return this.running!.demo;
  }

  async arrive(look: Look = {}): Promise<Visitor> {
    this.visitor = await this.second(look);
    return this.visitor;
  }

  /** Somebody else, at the same time: the test looks at its faults, and sees it out. */
  second(look: Look = {}): Promise<Visitor> {
    return Visitor.arrive(this.browser!, this.demo.url, look);
  }
}
