/**
 * The one place that logs and traces. It is plain JavaScript because a layer ships what runs: SAM builds layers with
 * npm alone. The X-Ray SDK below Powertools is in maintenance; when it is replaced, this module changes and nothing else.
 */
import { Logger } from '@aws-lambda-powertools/logger';
import { Tracer } from '@aws-lambda-powertools/tracer';

export const logger = new Logger();
const tracer = new Tracer();

/** @type {import('./observability.d.mts').tracedClient} */
export const tracedClient = (client) => tracer.captureAWSv3Client(client);

/** @type {import('./observability.d.mts').reportFailure} */
export const reportFailure = (error) => {
  logger.error('request failed', error);
  // Without an active trace there is no segment, and nothing to mark.
  if (tracer.isTracingEnabled()) tracer.addErrorAsMetadata(error);
};

/** @type {import('./observability.d.mts').observed} */
export const observed = (handle) => async (event, context) => {
  logger.addContext(context);
  const parent = tracer.isTracingEnabled() ? tracer.getSegment() : undefined;
  const span = parent?.addNewSubsegment(`## ${context.functionName}`);
  if (span) tracer.setSegment(span);
  tracer.annotateColdStart();
  try {
    return await handle(event, context);
  } catch (error) {
    reportFailure(error);
    throw error;
  } finally {
    span?.close();
    if (parent) tracer.setSegment(parent);
    logger.resetKeys();
  }
};
