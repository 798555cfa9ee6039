import { statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { Place } from '../../model/place.ts';
import type { DeploymentTarget } from '../inputs/deployment-target.ts';
import type { Problems } from '../problems.ts';
import { displayPath } from '../text/display-path.ts';
import { readDocument } from '../text/document.ts';
import { isList, isMap, type Plain, type PlainMap } from '../text/plain.ts';
import { copyPlace, mergePlaces, placeOf } from '../text/positions.ts';
import type { Call } from './call.ts';

/** `Fn::Transform`: the snippet's keys are laid beside those of the map that the call stands in. */
export const transform = (call: Call): Plain => {
  const { 'Fn::Transform': request, ...siblings } = call.node;
  const parameters = isMap(request ?? null) ? (request as { Parameters?: Plain }).Parameters : undefined;
  if (!isMap(request ?? null) || (request as { Name?: Plain }).Name !== 'AWS::Include' || !isMap(parameters ?? null)) {
    return call.refuse(
      'Only the AWS::Include transform runs here.',
      'Write Name: AWS::Include and Parameters: {Location: file}.',
    );
  }
  const location = (parameters as { Location?: Plain }).Location;
  if (typeof location !== 'string') {
    return call.refuse('AWS::Include needs a Location.', 'Name a file beside the template.');
  }
  const included = call.scope.include(location, call.place);
  const snippet = call.evaluate(included);
  if (!isMap(snippet as Plain)) return typeof snippet === 'symbol' ? null : snippet;
  return mergePlaces({ ...(snippet as object), ...siblings }, call.node, snippet as object as { [key: string]: Plain });
};

/** Reads the local files of `AWS::Include`, relative to the template, and remembers which. */
export const createInclude = (
  templateFile: string,
  sourceFiles: Set<string>,
  problems: Problems,
): ((location: string, place: Place | null) => Plain) => {
  const read = new Map<string, Plain>();
  return (location, place) => {
    if (/^s3:\/\//.test(location)) {
      problems.add(
        `AWS::Include names ${location}, which is not on this disk.`,
        place,
        'Name a local file; sam deploy uploads it.',
      );
      return {};
    }
    const file = resolve(dirname(templateFile), location);
    const known = read.get(file);
    if (known !== undefined) return known;
    if (!isFile(file)) {
      problems.add(
        `AWS::Include: there is no file ${displayPath(file)}.`,
        place,
        'Mend Location; it is relative to the template.',
      );
      return {};
    }
    sourceFiles.add(file);
    const document = readDocument(file, problems);
    if (document?.firstShortForm) {
      problems.add(
        'AWS::Include takes no short forms such as !Sub.',
        document.firstShortForm,
        'Write the long form: AWS refuses the file otherwise.',
      );
    }
    const value = document?.value ?? {};
    read.set(file, value);
    return value;
  };
};

/** Reads a definition that a property names (`DefinitionUri`): API Gateway itself fills in three pseudo parameters there. */
export const createFileReader =
  (templateFile: string, target: DeploymentTarget, sourceFiles: Set<string>, problems: Problems) =>
  (location: string, owner: PlainMap, key: string): Plain => {
    const place = placeOf(owner, key);
    const file = resolve(dirname(templateFile), location);
    if (/^s3:\/\//.test(location) || !isFile(file)) {
      problems.add(
        `${key}: there is no file ${location} on this disk.`,
        place,
        'Name a file beside the template; sam deploy uploads it.',
      );
      return {};
    }
    sourceFiles.add(file);
    return fillIn(readDocument(file, problems)?.value ?? {}, target);
  };

const isFile = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isFile() === true;

const fillIn = (value: Plain, target: DeploymentTarget): Plain => {
  if (typeof value === 'string') {
    if (!value.includes('${AWS::')) return value;
    return value
      .replaceAll('${AWS::AccountId}', target.accountId)
      .replaceAll('${AWS::Partition}', target.partition)
      .replaceAll('${AWS::Region}', target.region);
  }
  if (isList(value))
    return copyPlace(
      value,
      value.map((item) => fillIn(item, target)),
    );
  if (!isMap(value)) return value;
  return copyPlace(value, Object.fromEntries(Object.entries(value).map(([key, item]) => [key, fillIn(item, target)])));
};
