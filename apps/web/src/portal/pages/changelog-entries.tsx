import { CircleCheck, CirclePlus, Hourglass, Link2, RefreshCw } from 'lucide-react';
import type { ChangelogEntry } from '../api/types';
import { ago, count, day, t } from '../texts/t';
import { Badge } from '../ui/status';

const LOOKS = {
  ADDED: { tone: 'good', icon: CirclePlus },
  CHANGED: { tone: 'info', icon: RefreshCw },
  DEPRECATED: { tone: 'warn', icon: Hourglass },
  FIXED: { tone: 'good', icon: CircleCheck },
} as const;

/** What changed, newest first, each under an address of its own. */
export function Entries({ entries }: { entries: readonly ChangelogEntry[] }) {
  return (
    <ul className="divide-y divide-line">
      {entries.map((entry) => (
        <li key={entry.slug} id={entry.slug} className="scroll-mt-16 py-4 first:pt-0 last:pb-0">
          <Entry entry={entry} />
        </li>
      ))}
    </ul>
  );
}

function Entry({ entry }: { entry: ChangelogEntry }) {
  const { slug, publishedOn, kind, title, detail, routes, touchesYou, calls, lastCalledAt } = entry;
  return (
    <>
      <p className="flex flex-wrap items-center gap-x-3 gap-y-1 text-sm text-soft">
        <Badge {...LOOKS[kind]}>{t(`changelog.${kind}`)}</Badge>
        <time dateTime={publishedOn}>{day(publishedOn)}</time>
        {touchesYou && lastCalledAt !== undefined && (
          <span className="font-medium text-ink">
            {t('changelog.touches', { calls: count(calls), last: ago(lastCalledAt) })}
          </span>
        )}
      </p>
      <h3 className="mt-1.5 font-semibold">
        {title}{' '}
        <a
          href={`#${slug}`}
          aria-label={`${t('changelog.link')}: ${title}`}
          className="inline-flex min-h-6 min-w-6 items-center justify-center align-middle text-link"
        >
          <Link2 size={15} aria-hidden />
        </a>
      </h3>
      <p className="mt-1 max-w-3xl">
        <Marked text={detail} />
      </p>
      <details className="mt-2">
        <summary className="inline-block min-h-6 cursor-pointer text-sm text-link">
          {t('changelog.routes')} ({routes.length})
        </summary>
        <ul className="mt-1 space-y-0.5 font-mono text-[13px] break-all text-soft">
          {routes.map((route) => (
            <li key={route}>{route}</li>
          ))}
        </ul>
      </details>
    </>
  );
}

/** What stands between backticks is a name of the API. */
function Marked({ text }: { text: string }) {
  return text.split('`').map((part, index) =>
    index % 2 === 0 ? (
      part
    ) : (
      <code key={index} className="rounded bg-code px-1 font-mono text-[13px] break-words">
        {part}
      </code>
    ),
  );
}
