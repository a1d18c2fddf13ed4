import type { Book, NodeBook, Part, PromiseBook, PromiseSource } from './book';
import type { Day } from './days';
import { floorTo } from './packs';
import { greatest, least, type Micro } from './quantity';

const ONE = 1_000_000n;

export interface Component {
  readonly item: string;
  /** Of the component in one kit. */
  readonly quantity: Micro;
}

interface StockedComponent extends Component {
  readonly book: NodeBook;
}

/** A kit that is put together from components at one node: as many whole ones as the scarcest component allows (E12). */
export class KitNode implements PromiseSource {
  readonly node: string;
  readonly today: Day;

  constructor(
    private readonly components: readonly StockedComponent[],
    { node, today }: Pick<NodeBook, 'node' | 'today'>,
  ) {
    this.node = node;
    this.today = today;
  }

  promisable(day: Day, channel?: string): Micro {
    const most = this.components.map(({ book, quantity }) => (book.promisable(day, channel) * ONE) / quantity);
    return floorTo(most.reduce(least), ONE);
  }

  nextDay(day: Day, channel?: string, atLeast: Micro = ONE): Day | undefined {
    const days = new Set(this.components.flatMap(({ book }) => book.changes()));
    return [...days]
      .sort((a, b) => a - b)
      .find((each) => each > day && this.promisable(each, channel) >= greatest(atLeast, ONE));
  }

  /** One part of kits; its `components` say what is held or waited for. It is held only when all of them are. */
  take(wanted: Day, quantity: Micro, channel?: string): Part[] {
    const day = Math.max(wanted, this.today);
    const components = this.components.flatMap(({ item, quantity: each, book }) =>
      book.take(day, (quantity * each) / ONE, channel).map((part) => ({ item, part })),
    );
    const waiting = components.find(({ part }) => !part.held)?.part;
    const { basis, supply } = waiting ?? { basis: 'ON_HAND' as const, supply: undefined };
    return [{ node: this.node, quantity, day, basis, supply, held: waiting === undefined, components }];
  }

  undo(parts: readonly Part[]): void {
    for (const { components = [] } of parts)
      for (const { item, part } of components) this.components.find((each) => each.item === item)?.book.undo([part]);
  }
}

/** By kit item: its components. */
export type Kits = ReadonlyMap<string, readonly Component[]>;

/** The book and the kits that can be put together from it: at each node that has a book of every component. */
export function withKits(book: Book, kits: Kits): PromiseBook {
  if (kits.size === 0) return book;
  const all = new Map<string, readonly PromiseSource[]>(book);
  for (const [item, components] of kits) all.set(item, kitNodes(book, components));
  return all;
}

function kitNodes(book: Book, components: readonly Component[]): KitNode[] {
  const [first] = components;
  const nodes = first ? (book.get(first.item) ?? []) : [];
  return nodes.flatMap((node) => {
    const stocked = components.flatMap((component) => {
      const own = book.get(component.item)?.find((each) => each.node === node.node);
      return own ? [{ ...component, book: own }] : [];
    });
    return stocked.length === components.length ? [new KitNode(stocked, node)] : [];
  });
}
