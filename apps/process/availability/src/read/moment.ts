import type { BookReading } from '../out/book-reading';
import { Ground } from '../promise/ground';
import type { NodeView } from '../promise/nodes';
import type { Terms } from '../promise/terms';
import { UsualAnswers } from './usual-answers';

/** What the questions of one reading are answered from. */
export class Moment {
  readonly usual: UsualAnswers;
  private made: Ground | undefined;

  constructor(
    private readonly reading: BookReading,
    private readonly terms: Terms,
    readonly view: NodeView,
  ) {
    this.usual = new UsualAnswers(reading, terms, view);
  }

  /** Made when the first question needs more than the usual answer. */
  get ground(): Ground {
    return (this.made ??= new Ground(this.reading.bookFor(this.view, this.terms), this.terms, this.view));
  }
}
