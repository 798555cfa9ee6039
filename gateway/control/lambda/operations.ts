import { createAlias, deleteAlias, getAlias, listAliases, updateAlias } from './aliases.ts';
import type { LambdaCall } from './call.ts';
import {
  deleteFunctionConcurrency,
  deleteProvisionedConcurrency,
  getFunctionConcurrency,
  getProvisionedConcurrency,
  putFunctionConcurrency,
  putProvisionedConcurrency,
} from './concurrency.ts';
import {
  getAccountSettings,
  getFunction,
  getFunctionConfiguration,
  listFunctions,
  listVersionsByFunction,
  publishVersion,
} from './functions.ts';
import { invoke } from './invoke.ts';
import { invokeWithResponseStream } from './invoke-streaming.ts';
import { LambdaError } from './lambda-error.ts';
import type { LambdaReply } from './reply.ts';

type Operation = {
  readonly method: string;
  readonly path: RegExp;
  run(call: LambdaCall): Promise<LambdaReply>;
};

const operation = (method: string, path: string, run: Operation['run']): Operation => ({
  method,
  path: new RegExp(`^/${path.replaceAll('*', '([^/]+)')}/?$`),
  run,
});

/** Named, so that whoever asks for it reads what is missing. */
const refused = (method: string, path: string, name: string, why = 'it is not done here'): Operation =>
  operation(method, path, async () => {
    throw new LambdaError('NotImplemented', `${name}: ${why}.`);
  });

const byTemplate = 'functions come from the template: change it, and the gateway follows';

/** Lambda's API, by the paths of its reference. */
export const operations: readonly Operation[] = [
  operation('POST', '2015-03-31/functions/*/invocations', invoke),
  operation('POST', '2021-11-15/functions/*/response-streaming-invocations', invokeWithResponseStream),
  refused('POST', '2014-11-13/functions/*/invoke-async', 'InvokeAsync', 'it is deprecated; Invoke with the type Event'),
  operation('GET', '2015-03-31/functions', listFunctions),
  operation('GET', '2015-03-31/functions/*', getFunction),
  operation('GET', '2015-03-31/functions/*/configuration', getFunctionConfiguration),
  operation('GET', '2015-03-31/functions/*/versions', listVersionsByFunction),
  operation('POST', '2015-03-31/functions/*/versions', publishVersion),
  operation('GET', '2015-03-31/functions/*/aliases', listAliases),
  operation('POST', '2015-03-31/functions/*/aliases', createAlias),
  operation('GET', '2015-03-31/functions/*/aliases/*', getAlias),
  operation('PUT', '2015-03-31/functions/*/aliases/*', updateAlias),
  operation('DELETE', '2015-03-31/functions/*/aliases/*', deleteAlias),
  operation('PUT', '2017-10-31/functions/*/concurrency', putFunctionConcurrency),
  operation('GET', '2019-09-30/functions/*/concurrency', getFunctionConcurrency),
  operation('DELETE', '2017-10-31/functions/*/concurrency', deleteFunctionConcurrency),
  operation('PUT', '2019-09-30/functions/*/provisioned-concurrency', putProvisionedConcurrency),
  operation('GET', '2019-09-30/functions/*/provisioned-concurrency', getProvisionedConcurrency),
  operation('DELETE', '2019-09-30/functions/*/provisioned-concurrency', deleteProvisionedConcurrency),
  operation('GET', '2016-08-19/account-settings', getAccountSettings),
  refused('POST', '2015-03-31/functions', 'CreateFunction', byTemplate),
  refused('DELETE', '2015-03-31/functions/*', 'DeleteFunction', byTemplate),
  refused('PUT', '2015-03-31/functions/*/code', 'UpdateFunctionCode', byTemplate),
  refused('PUT', '2015-03-31/functions/*/configuration', 'UpdateFunctionConfiguration', byTemplate),
  refused('POST', '2015-03-31/functions/*/policy', 'AddPermission', byTemplate),
  refused('GET', '2015-03-31/functions/*/policy', 'GetPolicy'),
  refused('POST', '2015-03-31/event-source-mappings', 'CreateEventSourceMapping', byTemplate),
  refused('GET', '2015-03-31/event-source-mappings', 'ListEventSourceMappings'),
];
