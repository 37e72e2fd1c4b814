import { type HtmlValue, html } from '#platform/html/html.ts';
import { codeText, link } from '#ui';

/** A JSON Schema of the document, as far as the API uses it. */
export interface SchemaNode {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly format?: string;
  readonly enum?: readonly string[];
  readonly const?: unknown;
  readonly description?: string;
  readonly maxLength?: number;
  readonly properties?: Readonly<Record<string, SchemaNode>>;
  readonly required?: readonly string[];
  readonly items?: SchemaNode;
  readonly anyOf?: readonly SchemaNode[];
  readonly oneOf?: readonly SchemaNode[];
}

/** One member of a value, those of inner objects by their path: "candidate.givenNames". */
export interface Member {
  readonly path: string;
  readonly schema: SchemaNode;
  readonly needed: boolean;
}

/** The ways a value can be written, without that it may be null. */
const waysOf = (schema: SchemaNode): SchemaNode[] =>
  (schema.anyOf ?? schema.oneOf ?? [schema]).flatMap((way) =>
    way.type === 'null' ? [] : way === schema ? [way] : waysOf(way),
  );

/** Every member, in the order of the document. A value that can be written in several ways has the members of each, once. */
export function membersOf(schema: SchemaNode, under = ''): Member[] {
  const members = waysOf(schema).flatMap((way) =>
    Object.entries(way.properties ?? {}).flatMap(([name, inner]): Member[] => {
      const path = `${under}${name}`;
      const parts = inner.items ? membersOf(inner.items, `${path}[].`) : membersOf(inner, `${path}.`);
      return [{ path, schema: inner, needed: (way.required ?? []).includes(name) }, ...parts];
    }),
  );
  const paths = new Map<string, Member>();
  for (const member of members) {
    const same = paths.get(member.path);
    paths.set(member.path, same ? joined(same, member) : member);
  }
  return [...paths.values()];
}

function joined(one: Member, other: Member): Member {
  const same = JSON.stringify(one.schema) === JSON.stringify(other.schema);
  return {
    path: one.path,
    needed: one.needed && other.needed,
    schema: same ? one.schema : { anyOf: [...waysOf(one.schema), ...waysOf(other.schema)] },
  };
}

/** The type of a value in words; a named schema as a link to its card. */
export function typeOf(schema: SchemaNode): HtmlValue {
  if (schema.$ref) {
    const name = schema.$ref.split('/').at(-1) ?? '';
    return link(name, `#schema-${name}`);
  }
  const parts = schema.anyOf ?? schema.oneOf;
  if (parts) {
    const words = parts.map(typeOf);
    // Ways of one object differ in their members, which stand below.
    return between(
      words.filter((word, at) => typeof word !== 'string' || words.indexOf(word) === at),
      ' or ',
    );
  }
  if (schema.const !== undefined) return codeText(String(schema.const));
  if (schema.enum)
    return between(
      schema.enum.map((value) => codeText(value)),
      ', ',
    );
  if (schema.items) return html`list of ${typeOf(schema.items)}`;
  const type = [schema.type ?? 'any'].flat().join(' or ');
  if (schema.format) return `${type}, ${schema.format}`;
  return schema.maxLength ? `${type}, ${schema.maxLength} characters at most` : type;
}

/** Values with a text between each two. */
export const between = (parts: readonly HtmlValue[], text: HtmlValue): HtmlValue =>
  parts.map((part, at) => html`${at > 0 && text}${part}`);
