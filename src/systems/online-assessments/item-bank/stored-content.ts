/**
 * The stored shape of questions: what `item_versions.content` and `item_keys.key` hold, read back by a schema and never
 * trusted blindly. Strict: a field that the model does not know, such as a key that strayed into the content, is refused.
 */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { type Block, type Inline, type ItemContent, type ItemKey, MODEL_VERSION } from '#qti';

const inline: z.ZodType<Inline> = z.lazy(() =>
  z.discriminatedUnion('t', [
    z.strictObject({ t: z.literal('text'), text: z.string() }),
    z.strictObject({ t: z.enum(['strong', 'em', 'sub', 'sup', 'code']), content: z.array(inline) }),
    z.strictObject({ t: z.literal('br') }),
    z.strictObject({ t: z.literal('image'), name: z.string(), alt: z.string() }),
  ]),
);
const running = z.array(inline);
const cell = z.strictObject({ header: z.boolean(), content: running });
const block: z.ZodType<Block> = z.discriminatedUnion('t', [
  z.strictObject({ t: z.literal('paragraph'), content: running }),
  z.strictObject({ t: z.literal('list'), ordered: z.boolean(), items: z.array(running) }),
  z.strictObject({ t: z.literal('figure'), name: z.string(), alt: z.string() }),
  z.strictObject({ t: z.literal('table'), caption: running.optional(), rows: z.array(z.array(cell)) }),
]);

const contentSchema: z.ZodType<ItemContent> = z.strictObject({
  model: z.literal(MODEL_VERSION),
  code: z.string().min(1),
  title: z.string(),
  kind: z.enum(['choice', 'multiple']),
  stem: z.array(block),
  prompt: z.array(block).optional(),
  choices: z
    .array(z.strictObject({ id: z.string().min(1), content: running, fixed: z.boolean().optional() }))
    .min(2)
    .max(26),
  minChoices: z.int().min(0),
  maxChoices: z.int().min(0),
  pictures: z.array(z.strictObject({ name: z.string(), alt: z.string() })),
  group: z.string().optional(),
  topic: z.string().optional(),
});

const keySchema: z.ZodType<ItemKey> = z.strictObject({
  correct: z.array(z.string()).min(1),
  rationale: z.string().optional(),
});

/** A question as it is stored. Throws when it is not of the shape of `MODEL_VERSION`: a damaged row must not be served. */
export function contentFrom(stored: unknown): ItemContent {
  return contentSchema.parse(stored);
}

/** The key of a question as it is stored. Throws when it does not fit: nobody is marked by a damaged key. */
export function keyFrom(stored: unknown): ItemKey {
  return keySchema.parse(stored);
}

/** JSON with the names of every object in order, so that equal values give equal text. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}

/** SHA-256 of a question with the bytes of its pictures (hexadecimal SHA-256 by name): equal when nothing has changed. */
export function contentHash(content: ItemContent, pictures: ReadonlyMap<string, string>): Buffer {
  const used = content.pictures.map(({ name }) => [name, pictures.get(name) ?? null]);
  return createHash('sha256')
    .update(canonicalJson([content, used]))
    .digest();
}
