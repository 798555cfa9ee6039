import { didYouMean } from '../../problems.ts';
import type { Resource } from '../../resource.ts';
import { entry, isList, isMap, isTrue, mapAt, type Plain, textAt } from '../../text/plain.ts';
import { placeOf } from '../../text/positions.ts';
import { isApart } from '../apis/api-own-definition.ts';
import type { Expansion } from '../expansion.ts';
import type { ApiEvent } from './api-event.ts';

/** What SAM refuses of the events of an API, which say of one operation what the API says of all. */
export const refuseOddEvents = (api: Resource, expansion: Expansion): void => {
  const apiAuth = mapAt(api.properties, 'Auth');
  const models = mapAt(api.properties, 'Models');
  for (const event of isApart(api) ? [] : (expansion.apiEvents.get(api.logicalId) ?? [])) {
    const { properties, eventId, kind } = event;
    const auth = mapAt(properties, 'Auth');
    const refuse = (key: string, what: string, remedy: string): void =>
      expansion.problems.add(`The event ${eventId} ${what}.`, placeOf(auth, key) ?? event.place, remedy);
    const authorizer = textAt(auth, 'Authorizer');
    if (authorizer === 'NONE' && textAt(apiAuth, 'DefaultAuthorizer') === null) {
      refuse('Authorizer', `says Authorizer: NONE, and ${api.logicalId} has no DefaultAuthorizer`, 'Leave it out.');
    }
    if (kind === 'HttpApi' && authorizer === 'AWS_IAM' && !isTrue(entry(apiAuth, 'EnableIamAuthorizer'))) {
      const remedy = 'Write EnableIamAuthorizer: true there.';
      refuse('Authorizer', `names AWS_IAM, which the Auth of ${api.logicalId} does not enable`, remedy);
    }
    if (kind === 'HttpApi') continue;
    const scopes = entry(auth, 'AuthorizationScopes') ?? null;
    if (authorizer === null && isList(scopes) && scopes.length > 0) {
      refuse('AuthorizationScopes', 'has AuthorizationScopes without an Authorizer', 'Name the authorizer too.');
    }
    if (isTrue(entry(auth, 'OverrideApiAuth')) && !overrides.some((key) => entry(auth, key) !== undefined)) {
      refuse('OverrideApiAuth', 'overrides the Auth of its API with nothing', `Give it ${overrides.join(', ')}.`);
    }
    if (entry(auth, 'ApiKeyRequired') === false && !isTrue(entry(apiAuth, 'ApiKeyRequired'))) {
      refuse('ApiKeyRequired', `says ApiKeyRequired: false, and ${api.logicalId} asks for no key`, 'Leave it out.');
    }
    refuseOddModel(event, Object.keys(models), api.logicalId, expansion);
    refuseOddParameters(event, expansion);
  }
};

const overrides = ['Authorizer', 'ApiKeyRequired', 'ResourcePolicy'];

const refuseOddModel = (event: ApiEvent, known: readonly string[], apiId: string, { problems }: Expansion): void => {
  const model = mapAt(event.properties, 'RequestModel');
  const name = textAt(model, 'Model');
  if (name !== null && !known.includes(name)) {
    problems.add(
      `The event ${event.eventId} names the model ${name}, which ${apiId} does not have.`,
      placeOf(model, 'Model') ?? event.place,
      `Declare it under Models of the API.${didYouMean(name, known)}`,
    );
  }
  for (const key of ['ValidateBody', 'ValidateParameters']) {
    const value = entry(model, key) ?? null;
    if (value === null || typeof value === 'boolean') continue;
    problems.add(
      `${key} of the event ${event.eventId} must be true or false.`,
      placeOf(model, key) ?? event.place,
      'SAM takes neither text nor intrinsics there.',
    );
  }
};

const refuseOddParameters = (event: ApiEvent, { problems }: Expansion): void => {
  const parameters: Plain = entry(event.properties, 'RequestParameters') ?? null;
  if (!isList(parameters)) return;
  parameters.forEach((parameter, i) => {
    const [name, options] = isMap(parameter) ? (Object.entries(parameter)[0] ?? ['', null]) : [String(parameter), {}];
    const place = placeOf(parameters, i) ?? event.place;
    if (!/^method\.request\.(querystring|path|header)\.\S+$/.test(name)) {
      problems.add(
        `The event ${event.eventId} has the request parameter ${JSON.stringify(name)}.`,
        place,
        'Write it as method.request.header.X, method.request.querystring.X or method.request.path.X.',
      );
    } else if (!isMap(options)) {
      problems.add(`The request parameter ${name} must be a map.`, place, 'Write {Required: true, Caching: false}.');
    }
  });
};
