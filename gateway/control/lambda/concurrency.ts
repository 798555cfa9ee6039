import type { DeployedFunction } from '../../lambda/deployed-function.ts';
import { bodyOf, type LambdaCall } from './call.ts';
import { functionIn } from './function-name.ts';
import { targetOf } from './invoke.ts';
import { LambdaError } from './lambda-error.ts';
import { empty, json, type LambdaReply } from './reply.ts';

export const putFunctionConcurrency = async (call: LambdaCall): Promise<LambdaReply> => {
  const { fn } = functionOf(call).deployed;
  const count = wholeNumber(bodyOf(call).ReservedConcurrentExecutions, 'ReservedConcurrentExecutions', 0);
  await call.services.control.reserveConcurrency(fn.name, count);
  return json(200, { ReservedConcurrentExecutions: count });
};

export const getFunctionConcurrency = async (call: LambdaCall): Promise<LambdaReply> => {
  const { reservedConcurrency } = functionOf(call).deployed.fn;
  return json(200, reservedConcurrency === null ? {} : { ReservedConcurrentExecutions: reservedConcurrency });
};

export const deleteFunctionConcurrency = async (call: LambdaCall): Promise<LambdaReply> => {
  await call.services.control.reserveConcurrency(functionOf(call).deployed.fn.name, null);
  return empty(204);
};

export const putProvisionedConcurrency = async (call: LambdaCall): Promise<LambdaReply> => {
  const { deployed, qualifier } = qualified(call);
  const name = 'ProvisionedConcurrentExecutions';
  const count = wholeNumber(bodyOf(call)[name], name, 1);
  await call.services.control.provisionConcurrency(deployed.fn.name, qualifier, count);
  return json(202, provisioned(call, count));
};

/** One qualifier's, or with `List=ALL` those of the whole function. */
export const getProvisionedConcurrency = async (call: LambdaCall): Promise<LambdaReply> => {
  if (call.query.get('List') === 'ALL') return listed(call);
  const { deployed, qualifier } = qualified(call);
  const count = provisionedFor(deployed, qualifier);
  if (count > 0) return json(200, provisioned(call, count));
  throw new LambdaError(
    'ProvisionedConcurrencyConfigNotFoundException',
    'No Provisioned Concurrency Config found for this function',
  );
};

export const deleteProvisionedConcurrency = async (call: LambdaCall): Promise<LambdaReply> => {
  const { deployed, qualifier } = qualified(call);
  await call.services.control.provisionConcurrency(deployed.fn.name, qualifier, null);
  return empty(204);
};

const listed = (call: LambdaCall): LambdaReply => {
  const { deployed } = functionOf(call);
  const { fn } = deployed;
  const qualifiers = [...fn.aliases.map(({ name }) => name), ...fn.versions.map(({ version }) => version)];
  return json(200, {
    ProvisionedConcurrencyConfigs: qualifiers
      .filter((qualifier) => provisionedFor(deployed, qualifier) > 0)
      .map((qualifier) => ({
        FunctionArn: `${fn.arn}:${qualifier}`,
        ...provisioned(call, provisionedFor(deployed, qualifier)),
      })),
  });
};

/** What was asked for is what there is: environments start at once, and none is counted here. */
const provisioned = ({ services }: LambdaCall, count: number) => ({
  RequestedProvisionedConcurrentExecutions: count,
  AllocatedProvisionedConcurrentExecutions: count,
  AvailableProvisionedConcurrentExecutions: count,
  Status: 'READY',
  LastModified: new Date(services.clock.now()).toISOString().replace('Z', '+0000'),
});

const provisionedFor = ({ pins, fn }: DeployedFunction, qualifier: string): number =>
  pins.provisionedConcurrency[qualifier] ??
  fn.aliases.find(({ name }) => name === qualifier)?.provisionedConcurrency ??
  fn.versions.find(({ version }) => version === qualifier)?.provisionedConcurrency ??
  0;

const functionOf = (call: LambdaCall) => {
  const reference = functionIn(call.path[0]!, call.query);
  return { deployed: targetOf(call, reference), qualifier: reference.qualifier };
};

const qualified = (call: LambdaCall): { readonly deployed: DeployedFunction; readonly qualifier: string } => {
  const { deployed, qualifier } = functionOf(call);
  if (qualifier !== null) return { deployed, qualifier };
  throw new LambdaError('InvalidParameterValueException', `'Qualifier' must name an alias or a version`);
};

const wholeNumber = (value: unknown, name: string, least: number): number => {
  if (Number.isInteger(value) && (value as number) >= least) return value as number;
  throw new LambdaError('InvalidParameterValueException', `'${name}' must be a whole number from ${least} on`);
};
