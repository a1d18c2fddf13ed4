import { Controller, Get, Query } from '@nestjs/common';
import { decodeCursor, encodeCursor } from '#canonical/list-cursor';
import { CurrentCaller, type Caller } from '#service/caller';
import { Scope } from '#service/operation';
import { publicDocuments } from '../../documents/load';
import { FiguresStore } from '../../requests/figures.store';
import { changelogOf, endingThings, type EndingThing } from '../../versions/changelog';
import { DatedVersions } from '../../versions/dated-versions';
import { VersionStore } from '../../versions/version.store';
import { ChangelogView, VersionUsePage, VersionUsesQuery } from './changelog.dto';

const PAGE = 50;
const LIST = 'version-uses';

/** What changed and what will end, and whom it touches. */
@Controller()
export class ChangelogController {
  private ending: readonly EndingThing[] | undefined;

  constructor(
    private readonly store: VersionStore,
    private readonly figures: FiguresStore,
  ) {}

  /** Changes of the contracts, what is deprecated, and what of it your own keys and clients call. */
  @Get('account/v1/changelog')
  @Scope('account:usage:read')
  async get(@CurrentCaller() { partner }: Caller): Promise<ChangelogView> {
    this.ending ??= endingThings(publicDocuments(), new DatedVersions());
    const [uses, callers] = await Promise.all([this.store.of(partner), this.figures.callers(partner)]);
    return changelogOf(uses, this.ending, new Date(), { callers });
  }

  /** Who still calls a contract, a date or a route: whom to ask before it ends. */
  @Get('admin/v1/version-uses')
  @Scope('admin:partners:read')
  async uses(@Query() { cursor, limit = PAGE, ...filter }: VersionUsesQuery): Promise<VersionUsePage> {
    const after = decodeCursor(cursor, ['text', 'text', 'text'], LIST, filter);
    const rows = await this.store.page(filter, limit + 1, after);
    const uses = rows.slice(0, limit).map(({ calls, firstAt, lastAt, ...use }) => ({
      ...use,
      calls: Number(calls),
      firstCalledAt: firstAt.toISOString(),
      lastCalledAt: lastAt.toISOString(),
    }));
    const last = uses.at(-1);
    const more = rows.length > limit && last !== undefined;
    return { uses, ...(more && { next: encodeCursor([last.partner, last.version, last.date], LIST, filter) }) };
  }
}
