/** What stands in the gateway below everything: data and the contracts between its parts. */
const ground = [
  'gateway/model/',
  'gateway/clock.ts',
  'gateway/adjustable-clock.ts',
  'gateway/ids.ts',
  'gateway/derived-ids.ts',
  'gateway/phase.ts',
  'gateway/java-regex/',
  'gateway/problem.ts',
  'gateway/project-folder.ts',
  'gateway/readiness.ts',
  'gateway/temporary-folder.ts',
];
const contracts = [
  ...ground,
  'gateway/services.ts',
  'gateway/server/messages.ts',
  'gateway/lambda/invocation.ts',
  'gateway/observe/',
  'gateway/auth/identities.ts',
];
const belowThePlanes = [...contracts, 'gateway/mapping/', 'gateway/auth/', 'gateway/integrations/'];
const planes = ['gateway/rest/', 'gateway/http/', 'gateway/websocket/'];
const allOfTheGateway = [
  ...belowThePlanes,
  ...planes,
  'gateway/template/',
  'gateway/lambda/',
  'gateway/cloud/',
  'gateway/server/',
  'gateway/control/',
  'gateway/gateway.ts',
  'gateway/gateway-options.ts',
  'gateway/backstage.ts',
  'gateway/closers.ts',
  'gateway/seed.ts',
  'gateway/source-contents.ts',
  'gateway/sources.ts',
  'gateway/given-runtimes.ts',
  'gateway/watch-sources.ts',
];
const handler = ['functions/domain/', 'functions/adapters/'];

/**
 * The arrows of the house: an area, and what it may import besides itself. A file belongs to the longest area that its
 * name starts with.
 */
export const arrows: Readonly<Record<string, readonly string[]>> = {
  'gateway/model/': [],
  'gateway/clock.ts': [],
  'gateway/adjustable-clock.ts': ground,
  'gateway/ids.ts': ground,
  'gateway/derived-ids.ts': ground,
  'gateway/java-regex/': [],
  'gateway/phase.ts': ground,
  'gateway/problem.ts': ground,
  'gateway/project-folder.ts': [],
  'gateway/readiness.ts': [],
  'gateway/temporary-folder.ts': ground,
  'gateway/services.ts': contracts,
  'gateway/observe/': ground,
  'gateway/template/': [
    'gateway/model/',
    'gateway/java-regex/',
    'gateway/problem.ts',
    'gateway/project-folder.ts',
    'gateway/derived-ids.ts',
  ],
  'gateway/mapping/': contracts,
  'gateway/auth/': [...contracts, 'gateway/mapping/'],
  'gateway/integrations/': belowThePlanes,
  'gateway/rest/': belowThePlanes,
  'gateway/http/': belowThePlanes,
  'gateway/websocket/': belowThePlanes,
  'gateway/lambda/': [...contracts, 'gateway/cloud/atomic-file.ts'],
  'gateway/lambda/event-invocations/': [...contracts, 'gateway/lambda/', 'gateway/cloud/atomic-file.ts'],
  'gateway/lambda/stores.ts': [...contracts, 'gateway/lambda/'],
  'gateway/lambda/event-sources/': [...contracts, 'gateway/cloud/'],
  'gateway/cloud/': [...contracts, 'gateway/auth/'],
  'gateway/server/messages.ts': [],
  'gateway/server/': [...belowThePlanes, ...planes],
  'gateway/control/': [...belowThePlanes, 'gateway/server/', 'gateway/lambda/'],
  'gateway/gateway-options.ts': contracts,
  'gateway/gateway.ts': allOfTheGateway,
  'gateway/backstage.ts': allOfTheGateway.filter((area) => area !== 'gateway/gateway.ts'),
  'gateway/closers.ts': [],
  'gateway/seed.ts': allOfTheGateway,
  'gateway/source-contents.ts': ['gateway/sources.ts'],
  'gateway/sources.ts': ['gateway/model/'],
  'gateway/given-runtimes.ts': ['gateway/lambda/', 'gateway/template/'],
  'gateway/watch-sources.ts': allOfTheGateway,
  'gateway/index.ts': allOfTheGateway,
  'gateway/commands/': allOfTheGateway,
  'gateway/main.ts': ['gateway/commands/', 'gateway/problem.ts'],
  'functions/domain/': [],
  'functions/adapters/': ['functions/domain/'],
  'functions/market/': handler,
  'functions/bidding/': handler,
  'functions/live/': handler,
  'functions/broadcast/': handler,
  'functions/demo/': handler,
  'functions/authorizers/': handler,
  'functions/workflow/': handler,
  'layers/': [],
  'pipeline/': [],
  'web/': [],
};

export const areaOf = (file: string): string | null =>
  Object.keys(arrows)
    .filter((area) => file.startsWith(area))
    .sort((one, other) => other.length - one.length)[0] ?? null;

/** Whether a file of `area` may import `target`. */
export const allows = (area: string, target: string): boolean =>
  areaOf(target) === area || arrows[area]!.some((allowed) => target.startsWith(allowed));
