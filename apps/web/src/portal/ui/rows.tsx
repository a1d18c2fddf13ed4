import { useRef, type KeyboardEvent, type ReactNode } from 'react';
import { t, type TextKey } from '../texts/t';

interface RowTableProps {
  readonly label: string;
  readonly heads: readonly TextKey[];
  readonly children: ReactNode;
}

/** A list whose rows are opened by their button: `j` and `k` go from one to the next. On a phone each row is a card. */
export function RowTable({ label, heads, children }: RowTableProps) {
  const body = useRef<HTMLTableSectionElement>(null);
  const step = (event: KeyboardEvent): void => {
    const buttons = [...(body.current?.querySelectorAll<HTMLButtonElement>('button[data-row]') ?? [])];
    const at = buttons.findIndex((button) => button === document.activeElement);
    const by =
      event.key === 'j' || event.key === 'ArrowDown' ? 1 : event.key === 'k' || event.key === 'ArrowUp' ? -1 : 0;
    if (by === 0) return;
    event.preventDefault();
    buttons[Math.min(buttons.length - 1, Math.max(0, at + by))]?.focus();
  };
  return (
    <div
      className="overflow-x-auto rounded-lg border border-line bg-surface"
      role="region"
      tabIndex={0}
      aria-label={label}
      onKeyDown={step}
    >
      <table className="w-full text-left max-sm:block">
        <thead className="border-b border-line text-sm text-soft max-sm:sr-only">
          <tr>
            {heads.map((head) => (
              <th key={head} scope="col" className="px-3 py-2 font-medium">
                {t(head)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody ref={body} className="max-sm:block">
          {children}
        </tbody>
      </table>
    </div>
  );
}

export function TableRow({ children }: { children: ReactNode }) {
  return (
    <tr className="border-b border-line last:border-0 hover:bg-raised max-sm:flex max-sm:flex-wrap max-sm:items-center max-sm:gap-x-3 max-sm:gap-y-1 max-sm:p-3">
      {children}
    </tr>
  );
}

interface CellProps {
  readonly className?: string;
  /** Of its column, for cards on a phone that have no heads: where the value alone does not say what it is. */
  readonly name?: TextKey;
  readonly children: ReactNode;
}

export function Cell({ className = '', name, children }: CellProps) {
  return (
    <td className={`px-3 py-1.5 max-sm:p-0 ${className}`}>
      {name !== undefined && <span className="font-sans text-sm text-soft sm:hidden">{t(name)}: </span>}
      {children}
    </td>
  );
}

/** What opens a row. */
export function RowButton({ label, open, children }: { label: string; open: () => void; children: ReactNode }) {
  return (
    <button
      type="button"
      data-row
      onClick={open}
      aria-label={label}
      className="min-h-7 rounded text-left font-mono text-[13px] break-all text-link hover:underline"
    >
      {children}
    </button>
  );
}

/** Names and values of one thing. */
export function Facts({ children }: { children: ReactNode }) {
  return <dl className="grid grid-cols-[auto_1fr] gap-x-5 gap-y-1.5">{children}</dl>;
}

export function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="contents">
      <dt className="text-soft">{name}</dt>
      <dd className="min-w-0">{children}</dd>
    </div>
  );
}
