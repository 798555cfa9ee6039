import { JavaException } from '../java-regex/java-exception.ts';
import { readJson } from './vtl/read-json.ts';
import { jsonText } from './vtl/values/json.ts';
import { HostObject, type Value } from './vtl/values/value.ts';

/** Reads a JSONPath: what it finds in a document, undefined where it leads nowhere. */
export type JsonPathCompiler = (text: string) => { readonly read: (document: unknown) => unknown };

/** What `$input.params()` shows. A template may change it. */
export type InputParameters = {
  readonly path: Record<string, Value>;
  readonly querystring: Record<string, Value>;
  readonly header: Record<string, Value>;
};

export type InputSource = {
  /** The request's payload for a request template, the backend's for a response template. */
  readonly body: string;
  /** Asked for once, when a template first wants them. */
  readonly parameters: () => InputParameters;
};

/** Paths are few, but a template can put them together from what a client sends: remember so many. */
const mostPaths = 1000;

/** Makes `$input` for one template after another, with the paths that it has read in common. */
export const inputFactory = (compilePath: JsonPathCompiler): ((source: InputSource) => HostObject) => {
  const known = new Map<string, ReturnType<JsonPathCompiler>>();
  const pathOf = (text: string): ReturnType<JsonPathCompiler> => {
    let path = known.get(text);
    if (!path) {
      path = compilePath(text);
      if (known.size < mostPaths) known.set(text, path);
    }
    return path;
  };
  return (source) => new Input(source, pathOf);
};

/** An empty payload is an empty object to a template. */
const emptyBody = '{}';

/** Text that JSON.stringify would write otherwise than API Gateway does, once it has been read, or may be. */
const lossy = /[\\\x7f-\x9f\u2000-\u20ff]|\d[eE]|\.0+(?!\d)|[\d.]{16}|\d{8}\.|0\.00|"\d+"\s*:/;

class Input extends HostObject {
  readonly source: InputSource;
  readonly pathOf: JsonPathCompiler;
  readonly body: string;
  parameters: InputParameters | null = null;
  document: Document | null = null;
  /** `path` has given a part of the document out, which the template may have changed since. */
  shared = false;

  constructor(source: InputSource, pathOf: JsonPathCompiler) {
    super();
    this.source = source;
    this.pathOf = pathOf;
    this.body = source.body === '' ? emptyBody : source.body;
  }

  override property(name: string): Value {
    return name === 'body' ? this.body : undefined;
  }

  override call(name: string, values: readonly Value[]): Value {
    const first = values[0];
    switch (name) {
      case 'params':
        if (values.length === 0) return this.params();
        return values.length === 1 && typeof first === 'string' ? this.param(first) : undefined;
      case 'json':
        return values.length === 1 && typeof first === 'string' ? this.json(first) : undefined;
      case 'path':
        return values.length === 1 && typeof first === 'string' ? this.path(first) : undefined;
      case 'getBody':
        return values.length === 0 ? this.body : undefined;
      default:
        return undefined;
    }
  }

  params(): InputParameters {
    this.parameters ??= this.source.parameters();
    return this.parameters;
  }

  /** Path before query string before headers; empty where none of them has it. */
  param(name: string): Value {
    const { path, querystring, header } = this.params();
    for (const place of [path, querystring, header]) if (Object.hasOwn(place, name)) return place[name];
    return '';
  }

  /** Read once, when a template first wants it. */
  read(): Document {
    this.document ??= documentOf(this.body);
    return this.document;
  }

  path(text: string): Value {
    this.shared = true;
    return this.find(text, this.read().value) ?? null;
  }

  /** What the template has changed by way of `path` shows here too. */
  json(text: string): string {
    const { value, isJson, lossy } = this.read();
    const found = isJson ? this.find(text, value) : undefined;
    // What is missing reads as an empty text, so that what a template makes stays JSON.
    if (found === undefined) return '""';
    // What a path's functions compute are numbers and sets of Java, and so may be what a template has put in.
    return lossy || this.shared || text.includes('(') ? jsonText(found, 'plain') : JSON.stringify(found);
  }

  find(text: string, document: Value): Value {
    if (text === '$') return document;
    try {
      return this.pathOf(text).read(document) as Value;
    } catch (error) {
      throw new JavaException(`the JSONPath ${text} failed: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
}

/** A payload as it was read; one that is no JSON is its own text, which `path` works on. */
type Document = { readonly value: Value; readonly isJson: boolean; readonly lossy: boolean };

const documentOf = (body: string): Document => {
  const isLossy = lossy.test(body);
  try {
    return { value: isLossy ? readJson(body) : JSON.parse(body), isJson: true, lossy: isLossy };
  } catch {
    return { value: body, isJson: false, lossy: isLossy };
  }
};
