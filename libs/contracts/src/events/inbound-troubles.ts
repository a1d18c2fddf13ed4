import { exceptionOpened } from './exceptions';

/** One message id with two bodies: both are kept and the first one counts; which is right only its sender knows. */
export function messageContradicted(
  source: string,
  message: {
    readonly connection: string;
    /** The sender's id. */
    readonly messageId: string;
    /** Our id of the body that came second. */
    readonly contradiction: string;
  },
  correlationId?: string,
): ReturnType<typeof exceptionOpened> {
  const { connection, messageId } = message;
  return exceptionOpened(
    source,
    {
      ...{ tier: 'BUSINESS', domain: 'inbound', code: 'MESSAGE_ID_CONFLICT' },
      object: { type: 'message', id: `${connection}/${messageId}` },
      cause: `${connection} sent message ${messageId} again with another body`,
      diagnostics: { ...message },
      suggestedAction: 'Ask the sender which body is right; the first one counts. Resolve by hand',
    },
    correlationId,
  );
}
