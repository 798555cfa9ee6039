import { accountConcurrency } from '../../lambda/concurrency.ts';
import type { DeployedFunction } from '../../lambda/deployed-function.ts';
import { latest } from '../../lambda/qualifiers.ts';
import { bodyOf, type LambdaCall } from './call.ts';
import { functionConfiguration } from './descriptions.ts';
import { functionIn } from './function-name.ts';
import { targetOf } from './invoke.ts';
import { json, type LambdaReply } from './reply.ts';

export const listFunctions = async (call: LambdaCall): Promise<LambdaReply> => {
  const functions = call.services.control.functions();
  const wantsAll = call.query.get('FunctionVersion') === 'ALL';
  return json(200, {
    Functions: functions.flatMap((deployed) =>
      wantsAll
        ? versionsOf(deployed).map((version) => described(call, deployed, version))
        : [functionConfiguration(deployed, latest, null, call.startedAt)],
    ),
  });
};

export const getFunction = async (call: LambdaCall): Promise<LambdaReply> => {
  const { deployed, configuration } = asked(call);
  const { reservedConcurrency } = deployed.fn;
  return json(200, {
    Configuration: configuration,
    Code: { RepositoryType: 'local' },
    ...(reservedConcurrency === null ? {} : { Concurrency: { ReservedConcurrentExecutions: reservedConcurrency } }),
  });
};

export const getFunctionConfiguration = async (call: LambdaCall): Promise<LambdaReply> =>
  json(200, asked(call).configuration);

export const listVersionsByFunction = async (call: LambdaCall): Promise<LambdaReply> => {
  const { deployed } = asked(call);
  return json(200, { Versions: versionsOf(deployed).map((version) => described(call, deployed, version)) });
};

export const publishVersion = async (call: LambdaCall): Promise<LambdaReply> => {
  const { deployed } = asked(call);
  const { Description } = bodyOf(call);
  const version = await call.services.control.publishVersion(deployed.fn.name, String(Description ?? ''));
  return json(201, functionConfiguration(deployed, version, version, call.startedAt));
};

export const getAccountSettings = async (call: LambdaCall): Promise<LambdaReply> => {
  const functions = call.services.control.functions();
  const reserved = functions.reduce((sum, { fn }) => sum + (fn.reservedConcurrency ?? 0), 0);
  return json(200, {
    AccountLimit: {
      ConcurrentExecutions: accountConcurrency,
      UnreservedConcurrentExecutions: accountConcurrency - reserved,
    },
    AccountUsage: { FunctionCount: functions.length },
  });
};

const versionsOf = ({ fn }: DeployedFunction): readonly string[] => [
  latest,
  ...fn.versions.map(({ version }) => version).sort((a, b) => Number(a) - Number(b)),
];

const described = (call: LambdaCall, deployed: DeployedFunction, version: string) =>
  functionConfiguration(deployed, version, version, call.startedAt);

const asked = (call: LambdaCall) => {
  const reference = functionIn(call.path[0]!, call.query);
  const deployed = targetOf(call, reference);
  const { qualifier } = reference;
  const alias = deployed.fn.aliases.find(({ name }) => name === qualifier);
  const version = alias?.version ?? qualifier ?? latest;
  return {
    deployed,
    configuration: functionConfiguration(deployed, version, qualifier, call.startedAt),
  };
};
