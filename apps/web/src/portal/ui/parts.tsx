import { useEffect, useId, useState, type ButtonHTMLAttributes, type ReactNode } from 'react';
import { Check, Copy } from 'lucide-react';
import { Problem } from '../api/client';
import { useSession } from '../api/queries';
import { ago, isText, t, wholeTime } from '../texts/t';

type Look = 'plain' | 'primary' | 'danger' | 'quiet';
const LOOKS: Readonly<Record<Look, string>> = {
  plain: 'border border-line bg-surface text-ink hover:bg-raised',
  primary: 'border border-accent bg-accent text-accent-ink hover:opacity-90',
  danger: 'border border-bad bg-bad-ground text-bad hover:opacity-90',
  quiet: 'border border-transparent text-link hover:bg-raised',
};

/** The classes of a button, for anchors that look like one. */
export function buttonLook(look: Look = 'plain'): string {
  return `inline-flex min-h-9 items-center justify-center gap-1.5 rounded-md px-3 py-1 text-sm font-medium whitespace-nowrap disabled:opacity-60 ${LOOKS[look]}`;
}

export function Button({
  look = 'plain',
  className = '',
  ...rest
}: ButtonHTMLAttributes<HTMLButtonElement> & { look?: Look }) {
  return <button type="button" className={`${buttonLook(look)} ${className}`} {...rest} />;
}

export function CopyButton({ text, label = t('app.copy') }: { text: string; label?: string }) {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), 2000);
    return () => clearTimeout(timer);
  }, [copied]);
  const copy = (): void => void navigator.clipboard.writeText(text).then(() => setCopied(true));
  const Icon = copied ? Check : Copy;
  return (
    <Button onClick={copy}>
      <Icon size={15} aria-hidden />
      <span aria-live="polite">{copied ? t('app.copied') : label}</span>
    </Button>
  );
}

export function Card({ title, children, actions }: { title?: string; children: ReactNode; actions?: ReactNode }) {
  const heading = useId();
  return (
    <section
      className="rounded-lg border border-line bg-surface p-4 sm:p-5"
      {...(title !== undefined && { 'aria-labelledby': heading })}
    >
      {title !== undefined && (
        <div className="mb-3 flex flex-wrap items-center justify-between gap-2">
          <h2 id={heading}>{title}</h2>
          {actions}
        </div>
      )}
      {children}
    </section>
  );
}

export function PageHead({ title, lead, actions }: { title: string; lead?: string; actions?: ReactNode }) {
  useEffect(() => {
    document.title = `${title} · ${t('app.name')} ${t('app.audience')}`;
  }, [title]);
  return (
    <div className="mb-5 flex flex-wrap items-start justify-between gap-3">
      <div>
        <h1>{title}</h1>
        {lead !== undefined && <p className="mt-1 max-w-2xl text-soft">{lead}</p>}
      </div>
      {actions}
    </div>
  );
}

/** Lines to copy or to read; long ones scroll inside, by keyboard too. */
export function Code({ text, label }: { text: string; label: string }) {
  return (
    <pre
      tabIndex={0}
      role="region"
      aria-label={label}
      className="max-h-96 overflow-auto rounded-md border border-line bg-code p-3 font-mono text-[13px] leading-relaxed whitespace-pre"
    >
      {text}
    </pre>
  );
}

export function Time({ iso }: { iso: string }) {
  return (
    <time dateTime={iso} title={wholeTime(iso)} className="whitespace-nowrap">
      {ago(iso)}
    </time>
  );
}

/** A block of the size of what is to come. */
export function Skeleton({ lines = 4 }: { lines?: number }) {
  return (
    <div role="status" className="space-y-3">
      <span className="sr-only">{t('app.loading')}</span>
      {Array.from({ length: lines }, (_, line) => (
        <div key={line} className="h-9 animate-pulse rounded-md bg-raised" />
      ))}
    </div>
  );
}

/** What went wrong, under which request id, and what can be done. Without `retry` it is an action that was refused. */
export function Fault({ error, retry }: { error: Error; retry?: () => void }) {
  const session = useSession();
  const problem = error instanceof Problem ? error : undefined;
  const forbidden = problem?.status === 403;
  return (
    <div role="alert" className="rounded-lg border border-bad bg-bad-ground p-4 text-bad">
      <p className="font-semibold">
        {t(forbidden ? 'error.forbidden' : retry === undefined ? 'error.refused' : 'error.title')}
      </p>
      <p className="mt-1">
        {forbidden
          ? t('error.forbidden.hint', { role: t(`role.${session.role}`) })
          : (problem?.message ?? t('error.network'))}
      </p>
      {problem?.faults.map((fault) => (
        <p key={fault} className="mt-1 break-words">
          {fault}
        </p>
      ))}
      {problem !== undefined && (
        <p className="mt-1 font-mono text-[13px]">
          {problem.code} · {t('error.request', { id: problem.requestId })}
        </p>
      )}
      {retry !== undefined && !forbidden && (
        <Button className="mt-3" onClick={retry}>
          {t('app.retry')}
        </Button>
      )}
    </div>
  );
}

export function Empty({ children }: { children: ReactNode }) {
  return <p className="rounded-lg border border-dashed border-line p-6 text-center text-soft">{children}</p>;
}

/** The words for a code from outside, or the fallback. */
export function textOr(key: string, fallback: string): string {
  return isText(key) ? t(key) : fallback;
}
