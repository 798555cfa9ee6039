import type { Place } from '../../../model/place.ts';
import type { Plain, PlainMap } from '../../text/plain.ts';

/** An event of type Api or HttpApi: an operation that its API may have to make. */
export type ApiEvent = {
  readonly kind: 'Api' | 'HttpApi';
  readonly functionId: string;
  /** What invocations name: the alias, or the function's ARN. */
  readonly target: Plain;
  readonly eventId: string;
  readonly path: string;
  /** Lower case; `any` for every verb. */
  readonly method: string;
  readonly properties: PlainMap;
  readonly place: Place;
  /** What starts a state machine, in place of a function's proxy integration. */
  readonly integration?: PlainMap;
};

/** The invocation URI of an operation's integration. */
export const invocationUri = (target: Plain, kind: 'buffered' | 'streamed' = 'buffered'): PlainMap => ({
  'Fn::Sub': [
    kind === 'streamed'
      ? 'arn:${AWS::Partition}:apigateway:${AWS::Region}:lambda:path/2021-11-15/functions/${__Function__}/response-streaming-invocations'
      : 'arn:${AWS::Partition}:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${__Function__}/invocations',
    { __Function__: target },
  ],
});
