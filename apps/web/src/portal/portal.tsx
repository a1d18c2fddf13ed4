import { lazy, Suspense, type ReactNode } from 'react';
import { SessionContext, useSessionQuery } from './api/queries';
import { CertificationPage } from './pages/certification';
import { ChangelogPage } from './pages/changelog';
import { EventsPage } from './pages/events';
import { HomePage } from './pages/home';
import { KeysPage } from './pages/keys';
import { RequestsPage } from './pages/requests';
import { SignInPage } from './pages/sign-in';
import { StartPage } from './pages/start';
import { TeamPage } from './pages/team';
import { UsagePage } from './pages/usage';
import { WebhooksPage } from './pages/webhooks';
import { usePlace } from './router';
import { Shell } from './shell';
import { t } from './texts/t';
import { Empty, PageHead, Skeleton } from './ui/parts';

/** The reference is four times as large as all the rest: it is loaded when somebody opens it. */
const ReferencePage = lazy(() => import('./pages/reference'));

/** Everything: nobody who is not signed in sees more than the way in. */
export function Portal() {
  const { path, query } = usePlace();
  const session = useSessionQuery();
  if (session.data === undefined) {
    return (
      <main className="mx-auto max-w-xl p-8">
        {session.isError ? <p role="alert">{t('error.network')}</p> : <Skeleton lines={3} />}
      </main>
    );
  }
  if (!session.data.signedIn || path === '/sign-in')
    return (
      <SignInPage query={query} path={path} available={!('available' in session.data) || session.data.available} />
    );
  return (
    <SessionContext value={session.data}>
      <Shell path={path}>
        <Suspense fallback={<Skeleton lines={6} />}>{pageOf(path)}</Suspense>
      </Shell>
    </SessionContext>
  );
}

function pageOf(path: string): ReactNode {
  switch (path) {
    case '/':
      return <HomePage />;
    case '/start':
      return <StartPage />;
    case '/keys':
      return <KeysPage />;
    case '/requests':
      return <RequestsPage />;
    case '/usage':
      return <UsagePage />;
    case '/webhooks':
      return <WebhooksPage />;
    case '/events':
      return <EventsPage />;
    case '/team':
      return <TeamPage />;
    case '/certification':
      return <CertificationPage />;
    case '/changelog':
      return <ChangelogPage />;
    case '/reference':
      return <ReferencePage />;
    default:
      return (
        <>
          <PageHead title={t('page.unknown')} />
          <Empty>{path}</Empty>
        </>
      );
  }
}
