import { useId, type InputHTMLAttributes, type ReactNode, type SelectHTMLAttributes } from 'react';

const BOX = 'min-h-9 w-full rounded-md border border-soft/70 bg-surface px-2.5 py-1 text-ink placeholder:text-soft';

interface Labelled {
  readonly label: string;
  readonly hint?: string;
}

export function Field({ label, hint, ...rest }: InputHTMLAttributes<HTMLInputElement> & Labelled) {
  const id = useId();
  return (
    <div>
      <label htmlFor={id} className="mb-1 block text-sm font-medium">
        {label}
      </label>
      <input id={id} className={BOX} {...(hint !== undefined && { 'aria-describedby': `${id}-hint` })} {...rest} />
      {hint !== undefined && (
        <p id={`${id}-hint`} className="mt-1 text-sm text-soft">
          {hint}
        </p>
      )}
    </div>
  );
}

export function Select({
  label,
  children,
  ...rest
}: SelectHTMLAttributes<HTMLSelectElement> & Labelled & { children: ReactNode }) {
  const id = useId();
  return (
    <div>
      <label htmlFor={id} className="mb-1 block text-sm font-medium">
        {label}
      </label>
      <select id={id} className={BOX} {...rest}>
        {children}
      </select>
    </div>
  );
}

interface ChoiceProps {
  readonly type: 'radio' | 'checkbox';
  readonly checked: boolean;
  readonly change: () => void;
  readonly children: ReactNode;
}

/** One of several to choose from; what can be ticked is a name of the API, and looks like one. */
export function Choice({ type, checked, change, children }: ChoiceProps) {
  return (
    <label className="flex min-h-8 items-center gap-2">
      <input type={type} checked={checked} onChange={change} className="size-4 accent-(--accent)" />
      <span className={type === 'checkbox' ? 'font-mono text-[13px]' : ''}>{children}</span>
    </label>
  );
}
