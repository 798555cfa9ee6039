import { applySchema } from './apply-schema.ts';
import { formats } from './formats.ts';
import { type TypeName, typeNames } from './json-node.ts';
import type { Keyword, KeywordPlace } from './keyword.ts';
import { compileElements, keywordsOfLists } from './keywords-of-lists.ts';
import { compileMembers, keywordsOfObjects } from './keywords-of-objects.ts';
import { keywordsOfScalars } from './keywords-of-scalars.ts';
import { keywordsOfSchemas } from './keywords-of-schemas.ts';
import { markLoops } from './loops.ts';
import { type Place, type ResolveModel, SchemaDocuments } from './references.ts';
import type { Check, SchemaNode } from './schema-node.ts';

export type CompiledSchema = {
  /**
   * What is wrong with a value, in the words and the order of the Java validator: nothing where it is valid. Throws a
   * `SchemaLoopError` where the schema applies itself to the same value again.
   */
  readonly validate: (value: unknown) => readonly string[];
};

const keywords: Readonly<Record<string, Keyword>> = {
  ...keywordsOfScalars,
  ...keywordsOfLists,
  ...keywordsOfObjects,
  ...keywordsOfSchemas,
};
const keywordNames = Object.keys(keywords).sort();

/**
 * Compiles a schema of draft 4. `resolveModel` gives the schema of another model by its address, as `$ref` has it. Throws a
 * `SchemaError` that names each spot where a schema, or one it refers to, is invalid.
 */
export const compileSchema = (schema: unknown, resolveModel: ResolveModel = () => undefined): CompiledSchema => {
  const documents = new SchemaDocuments(resolveModel);
  const compiler = new SchemaCompiler(documents);
  const root = compiler.node(documents.root(schema));
  markLoops(compiler.nodes.values());
  return {
    validate: (value) => {
      const report: string[] = [];
      applySchema(root, value, report, null);
      return report;
    },
  };
};

class SchemaCompiler {
  readonly nodes = new Map<object, SchemaNode>();
  private readonly documents: SchemaDocuments;

  constructor(documents: SchemaDocuments) {
    this.documents = documents;
  }

  /** The node of a schema, or of the one that it refers to. */
  node(at: Place): SchemaNode {
    const place = this.documents.follow(at);
    const known = this.nodes.get(place.schema);
    if (known) return known;
    const node: SchemaNode = {
      pointer: place.pointer,
      checks: noChecks,
      members: null,
      elements: null,
      alsoApplied: [],
      mayLoop: false,
    };
    this.nodes.set(place.schema, node);
    this.fill(node, place);
    return node;
  }

  private fill(node: SchemaNode, place: Place): void {
    const { schema } = place;
    const inner = (...path: readonly (string | number)[]): SchemaNode => this.node(this.documents.within(place, path));
    const keywordPlace: KeywordPlace = {
      schema,
      node: inner,
      sameValue: (...path) => {
        const applied = inner(...path);
        node.alsoApplied.push(applied);
        return applied;
      },
    };
    const checks: Record<TypeName, Check[]> = emptyChecks();
    const add = (types: readonly TypeName[], check: Check<never> | null): void => {
      if (check) for (const type of types) checks[type].push(check as Check);
    };
    for (const name of keywordNames) {
      const keyword = keywords[name]!;
      if (Object.hasOwn(schema, name)) add(keyword.types, keyword.compile(keywordPlace));
    }
    add(['string'], formatCheck(schema));
    node.checks = checks;
    node.members = compileMembers(keywordPlace);
    node.elements = compileElements(keywordPlace);
  }
}

const emptyChecks = (): Record<TypeName, Check[]> =>
  Object.fromEntries(typeNames.map((type) => [type, [] as Check[]])) as Record<TypeName, Check[]>;

const noChecks = emptyChecks();

const formatCheck = (schema: Readonly<Record<string, unknown>>): Check<string> | null => {
  const { format } = schema;
  const problemOf = typeof format === 'string' && Object.hasOwn(formats, format) ? formats[format] : undefined;
  if (!problemOf) return null;
  return (value, report) => {
    const problem = problemOf(value);
    if (problem !== null) report.push(problem);
  };
};
