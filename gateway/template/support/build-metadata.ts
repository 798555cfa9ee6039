import { passedOn } from '../build/esbuild-options.ts';
import { all, differently, fields, free, honoured, notHonoured, onlyFor, reasons, type SupportNode } from './node.ts';

const image = notHonoured('container images do not run here');
const bySamCli = differently('SAM CLI sets it itself');

/** `Metadata` of functions and layers: how SAM CLI builds them, and what CDK says of their assets. */
export const buildMetadata: Readonly<Record<string, SupportNode>> = {
  BuildMethod: onlyFor(/^(esbuild$|nodejs)/, notHonoured('only esbuild and nodejs build here')),
  BuildProperties: fields({
    ...all(honoured, 'EntryPoints', 'Format', 'Target', 'External', 'MainFields'),
    ...all(free, 'Banner', 'Define', 'Loader', ...Object.keys(passedOn)),
    ...all(differently('never minified here: stack traces show what was written'), 'Minify', 'MinifyWhitespace'),
    ...all(differently('never minified here: stack traces show what was written'), 'MinifyIdentifiers', 'MinifySyntax'),
    Sourcemap: honoured,
    ...all(differently('source maps lead to the files themselves'), 'SourcesContent', 'SourceRoot'),
    ...all(differently('packages are found where they are installed, not bundled'), 'Packages'),
    Splitting: differently('every entry point is one file'),
    OutExtension: differently('follows Format'),
    ...all(bySamCli, 'Bundle', 'Platform', 'Outdir'),
    ...all(differently('says nothing here'), 'LogLevel', 'LogLimit', 'Color', 'Metafile', 'Analyze', 'LegalComments'),
    UseNpmCi: reasons.inert,
  }),
  SkipBuild: honoured,
  ...all(
    reasons.inert,
    'cfn-lint',
    'cfn_nag',
    'checkov',
    'guard',
    'BuildArchitecture',
    'aws:cdk:path',
    'aws:asset:original-path',
  ),
  SamResourceId: differently('sam build wrote this template: nothing is built again'),
  ...all(image, 'Dockerfile', 'DockerContext', 'DockerTag', 'DockerBuildArgs', 'DockerBuildTarget'),
  ...all(image, 'DockerBuildExtraParams', 'aws:asset:dockerfile-path', 'aws:asset:docker-build-args'),
  ...all(honoured, 'aws:asset:path', 'aws:asset:property', 'aws:asset:is-bundled'),
};
