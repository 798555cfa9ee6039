import { didYouMean } from '../../problems.ts';
import { describe, entry, isList, isMap, type Plain } from '../../text/plain.ts';
import { placeOf } from '../../text/positions.ts';
import { type FunctionEvent, given, refuse } from './function-event.ts';

/** Ways to log in to a Kafka of one's own; those by IAM name no secret. */
const byIam = ['IAM_AUTH', 'IAM_OAUTHBEARER_AUTH'];
const kafkaLogins = [
  'SASL_SCRAM_256_AUTH',
  'SASL_SCRAM_512_AUTH',
  'BASIC_AUTH',
  'CLIENT_CERTIFICATE_TLS_AUTH',
  'OAUTHBEARER_AUTH',
  ...byIam,
];
const oauthDetails = ['SCOPE', 'AUDIENCE', 'LOGICAL_CLUSTER', 'IDENTITY_POOL'].map((end) => `OAUTHBEARER_${end}`);
export const networkTypes = ['VPC_SUBNET', 'VPC_SECURITY_GROUP'];
export const certificateAuthority = 'SERVER_ROOT_CA_CERTIFICATE';

/** The types that an event may have, where SAM looks at them. */
const known: Readonly<Record<string, readonly string[]>> = {
  DocumentDB: ['BASIC_AUTH'],
  MQ: ['BASIC_AUTH', 'VIRTUAL_HOST'],
  SelfManagedKafka: [...kafkaLogins, ...oauthDetails, ...networkTypes, certificateAuthority],
};

export type SourceAccess = { readonly type: string; readonly uri: Plain };

/** `SourceAccessConfigurations` of an event, as far as they are well formed. */
export const sourceAccess = (configurations: Plain | undefined): readonly SourceAccess[] =>
  (isList(configurations) ? configurations : []).flatMap((item): SourceAccess[] => {
    const type = isMap(item) ? entry(item, 'Type') : undefined;
    const uri = isMap(item) ? (entry(item, 'URI') ?? null) : null;
    return typeof type === 'string' ? [{ type, uri: uri === '' ? null : uri }] : [];
  });

export const isLogin = ({ type }: SourceAccess): boolean => kafkaLogins.includes(type);

/** Refuses what the SAM translator refuses: it finds the secret of the function's policy in here. */
export const checkSourceAccess = (event: FunctionEvent): void => {
  const types = entry(known, event.type);
  const configurations = given(event, 'SourceAccessConfigurations');
  if (types === undefined || configurations === undefined) return;
  const subject = `SourceAccessConfigurations of the event ${event.eventId}`;
  const complain = (what: string, remedy: string): void =>
    refuse(event, 'SourceAccessConfigurations', `${subject} ${what}.`, remedy);
  if (!isList(configurations)) {
    complain(`must be a list, not ${describe(configurations)}`, 'Mend its value.');
    return;
  }
  configurations.forEach((item, i) => {
    const type = isMap(item) ? entry(item, 'Type') : undefined;
    if (typeof type === 'string' && types.includes(type)) return;
    const place = isMap(item) ? placeOf(item, 'Type') : placeOf(configurations, i);
    event.expansion.problems.add(
      typeof type === 'string' ? `${subject} has the Type ${type}.` : `Item ${i + 1} of ${subject} has no Type.`,
      place ?? event.place,
      `It can be ${types.join(', ')}.${typeof type === 'string' ? didYouMean(type, types) : ''}`,
    );
  });
  const found = sourceAccess(configurations);
  for (const { type, uri } of found) {
    if (uri === null && !byIam.includes(type) && type !== 'VIRTUAL_HOST') {
      complain(`has a ${type} without a URI`, 'Give it one.');
    }
  }
  if (event.type !== 'SelfManagedKafka') {
    const logins = found.filter(({ type }) => type === 'BASIC_AUTH').length;
    if (logins !== 1) complain(`must have one BASIC_AUTH, not ${logins}`, 'Name the secret that holds the login.');
    return;
  }
  if (found.filter(isLogin).length > 1) complain('has several ways to log in', 'Keep one of them.');
  const [subnet, group] = networkTypes.map((wanted) => found.some(({ type }) => type === wanted));
  if (subnet !== group) complain('has one of VPC_SUBNET and VPC_SECURITY_GROUP', 'Give both or neither.');
  const topics = given(event, 'Topics');
  if (isList(topics) && topics.length !== 1) {
    refuse(event, 'Topics', `Topics of the event ${event.eventId} names ${topics.length} topics.`, 'Name one.');
  }
};
