import type { DeployedFunction } from '../../lambda/deployed-function.ts';
import { aliasNotFound } from '../../lambda/versions/alias-routing.ts';
import type { FunctionAlias } from '../../model/lambda-function.ts';
import { bodyOf, type LambdaCall, requiredText } from './call.ts';
import { aliasConfiguration } from './descriptions.ts';
import { functionIn } from './function-name.ts';
import { targetOf } from './invoke.ts';
import { LambdaError } from './lambda-error.ts';
import { empty, json, type LambdaReply } from './reply.ts';

export const createAlias = async (call: LambdaCall): Promise<LambdaReply> => {
  const { name } = functionOf(call).fn;
  const body = bodyOf(call);
  const alias = requiredText(body, 'Name');
  if (!/^(?!\d+$)[A-Za-z0-9-_]{1,128}$/.test(alias)) {
    throw new LambdaError('InvalidParameterValueException', `Value '${alias}' at 'name' is no name of an alias`);
  }
  const version = requiredText(body, 'FunctionVersion');
  await call.services.control.createAlias(name, alias, { ...changeOf(body), version });
  return json(201, aliasConfiguration(functionOf(call), aliasOf(functionOf(call), alias)));
};

export const updateAlias = async (call: LambdaCall): Promise<LambdaReply> => {
  const deployed = functionOf(call);
  const body = bodyOf(call);
  const known = aliasConfiguration(deployed, aliasOf(deployed, call.path[1]!));
  if (body.RevisionId !== undefined && body.RevisionId !== known.RevisionId) {
    throw new LambdaError(
      'PreconditionFailedException',
      'The Revision Id provided does not match the latest Revision Id. Call the GetFunction/GetAlias API to retrieve the latest Revision Id',
    );
  }
  await call.services.control.updateAlias(deployed.fn.name, call.path[1]!, changeOf(body));
  return getAlias(call);
};

export const getAlias = async (call: LambdaCall): Promise<LambdaReply> => {
  const deployed = functionOf(call);
  return json(200, aliasConfiguration(deployed, aliasOf(deployed, call.path[1]!)));
};

export const deleteAlias = async (call: LambdaCall): Promise<LambdaReply> => {
  await call.services.control.deleteAlias(functionOf(call).fn.name, call.path[1]!);
  return empty(204);
};

export const listAliases = async (call: LambdaCall): Promise<LambdaReply> => {
  const deployed = functionOf(call);
  const version = call.query.get('FunctionVersion');
  const aliases = deployed.fn.aliases.filter((alias) => version === null || alias.version === version);
  return json(200, { Aliases: aliases.map((alias) => aliasConfiguration(deployed, alias)) });
};

const functionOf = (call: LambdaCall): DeployedFunction =>
  targetOf(call, { name: functionIn(call.path[0]!, call.query).name, qualifier: null });

const aliasOf = (deployed: DeployedFunction, name: string): FunctionAlias => {
  const alias = deployed.fn.aliases.find((one) => one.name === name);
  if (!alias) throw aliasNotFound(deployed, name);
  return alias;
};

const changeOf = (body: Readonly<Record<string, unknown>>) => {
  const routing = body.RoutingConfig as { AdditionalVersionWeights?: Record<string, number> | null } | null | undefined;
  return {
    version: body.FunctionVersion as string | undefined,
    description: body.Description as string | undefined,
    // An empty configuration, as tools send it at the end of a shift, takes the weights away.
    routing: routing ? (routing.AdditionalVersionWeights ?? {}) : undefined,
  };
};
