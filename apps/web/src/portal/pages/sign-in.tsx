import { useEffect } from 'react';
import { LogIn } from 'lucide-react';
import { BASE, usePlace } from '../router';
import { t } from '../texts/t';
import { buttonLook, textOr } from '../ui/parts';

/** The way in, and why it did not open. `path` is where somebody wanted to go. */
export function SignInPage({ query, path, available }: { query: URLSearchParams; path: string; available: boolean }) {
  const problem = query.get('problem');
  const { query: wanted } = usePlace();
  const search = wanted.toString();
  const to = path === '/sign-in' || path === '/' ? BASE : `${BASE}${path}${search === '' ? '' : `?${search}`}`;
  useEffect(() => {
    document.title = `${t('signIn.title')} · ${t('app.name')} ${t('app.audience')}`;
  }, []);
  return (
    <main className="mx-auto flex min-h-dvh max-w-md flex-col justify-center gap-5 p-6">
      <p className="leading-tight">
        <span className="text-2xl font-bold text-accent">{t('app.name')}</span>{' '}
        <span className="text-soft">{t('app.audience')}</span>
      </p>
      <div className="rounded-xl border border-line bg-surface p-6">
        <h1>{t('signIn.title')}</h1>
        <p className="mt-1 mb-5 text-soft">{t('signIn.lead')}</p>
        {problem !== null && (
          <p role="alert" className="mb-4 rounded-md bg-bad-ground p-3 text-bad">
            {textOr(`signIn.${problem}`, t('signIn.other', { code: problem }))}
          </p>
        )}
        {available ? (
          <a href={`/auth/sign-in?to=${encodeURIComponent(to)}`} className={`${buttonLook('primary')} w-full`}>
            <LogIn size={17} aria-hidden />
            {t('signIn.button')}
          </a>
        ) : (
          <p className="rounded-md bg-warn-ground p-3 text-warn">{t('signIn.unavailable')}</p>
        )}
      </div>
      <a href="/docs" className="self-start rounded text-link underline">
        {t('signIn.docs')}
      </a>
    </main>
  );
}
