import { useRequest } from '../api/queries';
import type { RequestDetail } from '../api/types';
import { Link } from '../router';
import { t, wholeTime } from '../texts/t';
import { Dialog } from '../ui/dialog';
import { Code, CopyButton, Fault, Skeleton } from '../ui/parts';
import { Fact, Facts } from '../ui/rows';
import { StatusBadge } from '../ui/status';
import { Outcome } from './request-outcome';
import { pretty } from './start';

/** One request beside the list: what was sent, what came back, and why. */
export function RequestPanel({ id, close }: { id: string | undefined; close: () => void }) {
  const request = useRequest(id);
  const { data } = request;
  const title = data === undefined ? t('requests.detail') : `${data.method} ${data.target}`;
  return (
    <Dialog open={id !== undefined} close={close} title={title} place="side">
      {request.isPending && <Skeleton lines={6} />}
      {request.isError && <Fault error={request.error} retry={() => void request.refetch()} />}
      {data !== undefined && <Detail request={data} />}
    </Dialog>
  );
}

function Detail({ request }: { request: RequestDetail }) {
  const { status, code, at, durationMs, key, idempotency, violatedPolicies, requestId, version, route } = request;
  return (
    <div className="space-y-4">
      <Facts>
        <Fact name={t('requests.status')}>
          <StatusBadge status={status} />
        </Fact>
        {code !== undefined && (
          <Fact name={t('requests.code')}>
            <a className="font-mono text-[13px] text-link underline" href={`/docs/errors#${code}`}>
              {code}
            </a>{' '}
            <Link className="text-sm text-link underline" to={`/requests?code=${code}`}>
              {t('requests.same')}
            </Link>
          </Fact>
        )}
        <Fact name={t('requests.time')}>{wholeTime(at)}</Fact>
        <Fact name={t('requests.duration')}>{durationMs} ms</Fact>
        <Fact name={t('requests.id')}>
          <span className="font-mono text-[13px] break-all">{requestId}</span>
        </Fact>
        <Fact name={t('requests.route')}>
          <span className="font-mono text-[13px]">{route}</span>
        </Fact>
        <Fact name={t('requests.version')}>{version}</Fact>
        <Fact name={t('requests.key')}>
          {key.name} <span className="font-mono text-[13px]">{key.hint}</span>
        </Fact>
        {idempotency !== undefined && <Fact name={t('requests.idempotency')}>{t(`requests.${idempotency}`)}</Fact>}
        {violatedPolicies !== undefined && <Fact name={t('requests.violated')}>{violatedPolicies.join(', ')}</Fact>}
      </Facts>
      <CopyButton text={curlOf(request)} label={t('requests.curl')} />
      <Outcome request={request} />
      <Body title={t('requests.sent')} body={request.requestBody} />
      <Body title={t('requests.answered')} body={request.responseBody} />
    </div>
  );
}

function Body({ title, body }: { title: string; body: RequestDetail['requestBody'] }) {
  return (
    <section>
      <h3 className="mb-1 font-semibold">{title}</h3>
      {body === undefined && <p className="text-soft">{t('requests.noBody')}</p>}
      {body !== undefined && body.text === undefined && (
        <p className="text-soft">{t('requests.tooLarge', { bytes: body.bytes })}</p>
      )}
      {body?.text !== undefined && <Code text={pretty(body.text)} label={title} />}
    </section>
  );
}

/** The same call for a terminal. The key is not in the log, so whoever runs it puts its own in. */
function curlOf({ method, target, requestBody }: RequestDetail): string {
  const lines = [`curl -X ${method} "${window.location.origin}${target}"`, '-H "Authorization: Bearer $CROSSDOCK_KEY"'];
  if (requestBody?.text !== undefined)
    lines.push('-H "Content-Type: application/json"', `-d '${requestBody.text.replaceAll("'", String.raw`'\''`)}'`);
  return lines.join(' \\\n  ');
}
