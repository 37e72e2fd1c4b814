/** Groups and units of the rule: added, changed, moved, removed. */
import { z } from 'zod';
import { html, type Safe } from '#platform/html/html.ts';
import { type FieldError, NotFound } from '#platform/http/answers.ts';
import type { FormValues } from '#platform/http/context.ts';
import { submitForm } from '#platform/http/forms.ts';
import { handler } from '#platform/http/routes.ts';
import { checkboxes, radios, textField } from '#ui';
import type { Content } from '../drafts/content.ts';
import { readChoice, readFigure, readText, refuse } from '../edit-facts/typed-values.ts';
import { ChangedMeanwhile, changeDraft, codeParams, editHref, typed, typedList } from '../editing-page/editing-page.ts';
import type { RuleGroup, RulePart } from '../rule-of-combination/rule.ts';
import {
  groupAt,
  groupsIn,
  parentOf,
  partAt,
  withHead,
  withMoved,
  withoutPart,
  withParts,
  withPlaced,
} from '../rule-of-combination/rule-tree.ts';
import { pathField, ruleForm } from './rule-form.ts';
import { DEEPEST, nameOf } from './rule-page.ts';

const KINDS = ['all', 'choose', 'at_least_one', 'credits'] as const;
const LABELS: Record<RuleGroup['kind'], string> = {
  all: 'All of its parts',
  choose: 'So many of its parts',
  at_least_one: 'At least one of its parts',
  credits: 'Units worth so many credits',
};

/** What a group asks for, without its parts. */
type Head = (group: RuleGroup) => RuleGroup;

const headSchema = z.record(z.string(), z.unknown()).transform((fields, check): Head => {
  const kind = readChoice(fields, check, 'kind', KINDS, 'Choose what the group asks for');
  const title = readText(fields, check, 'title', 'name', 200) || undefined;
  const number = readFigure(fields, check, 'number', 'number', [1, 2000]);
  if ((kind === 'choose' || kind === 'credits') && number === null && String(fields.number ?? '').trim() === '')
    refuse(
      check,
      'number',
      kind === 'choose' ? 'Enter how many of the parts are needed' : 'Enter how many credits are needed',
    );
  const needed = number ?? 1;
  const units = (of: readonly RulePart[]) => of.filter((part): part is string => typeof part === 'string');
  return ({ of }) => {
    if (kind === 'choose') return { kind, title, count: needed, of };
    if (kind === 'credits') return { kind, title, minimum: needed, of: units(of) };
    return { kind, title, of };
  };
});

function headFields(values: FormValues, errors: readonly FieldError[]): Safe {
  return html`${radios({
    name: 'kind',
    label: 'What does it ask for?',
    value: typed(values, 'kind'),
    errors,
    items: KINDS.map((value) => ({
      value,
      label: LABELS[value],
      ...(value === 'credits' && { hint: 'Holds units alone, no groups' }),
    })),
  })}
${textField({ name: 'number', label: 'How many? (so many parts, so many credits)', value: typed(values, 'number'), errors, inputmode: 'numeric', width: 4 })}
${textField({ name: 'title', label: 'Name (optional)', hint: 'As candidates read it: "Optional units"', value: typed(values, 'title'), errors, autocomplete: 'off' })}`;
}

const isGroup = ({ rule }: Content, at: string): boolean => groupAt(rule.root, at) !== null;
const groupName = ({ rule }: Content, at: string): string => nameOf(groupAt(rule.root, at) as RuleGroup, at);

/** GET and POST /products/editing/:code/rule/add-group */
export const addGroup = ruleForm<Head>({
  path: '/rule/add-group',
  title: (content, at) => `Add a group to ${groupName(content, at)}`,
  button: 'Add the group',
  fits: (content, at) =>
    isGroup(content, at) && groupAt(content.rule.root, at)?.kind !== 'credits' && at.split('.').length < DEEPEST,
  values: () => ({ kind: 'all' }),
  schema: () => headSchema,
  change: (rule, head, at) => ({ ...rule, root: withParts(rule.root, at, [head({ kind: 'all', of: [] })]) }),
  fields: headFields,
});

/** GET and POST /products/editing/:code/rule/change */
export const changeGroup = ruleForm<Head>({
  path: '/rule/change',
  title: (content, at) => `Change ${groupName(content, at)}`,
  button: 'Save the group',
  fits: isGroup,
  values: ({ rule }, at) => {
    const group = groupAt(rule.root, at) as RuleGroup;
    const number = group.kind === 'choose' ? group.count : group.kind === 'credits' ? group.minimum : '';
    return { kind: group.kind, title: group.title ?? '', number: String(number) };
  },
  schema: () => headSchema,
  change: (rule, head, at) => ({ ...rule, root: withHead(rule.root, at, head) }),
  fields: (values, errors, { rule }, at) =>
    html`${headFields(values, errors)}${
      groupAt(rule.root, at)?.of.some((part: RulePart) => typeof part !== 'string') &&
      html`<p class="muted">As "${LABELS.credits}" it loses the groups within it.</p>`
    }`,
});

/** GET and POST /products/editing/:code/rule/add-units */
export const addUnits = ruleForm<string[]>({
  path: '/rule/add-units',
  title: (content, at) => `Add units to ${groupName(content, at)}`,
  button: 'Add the units',
  fits: isGroup,
  values: () => ({}),
  schema: ({ units }) =>
    z.record(z.string(), z.unknown()).transform((fields, check) => {
      const chosen = [fields.units ?? []].flat();
      const known = units.map(({ code }) => code).filter((code) => chosen.includes(code));
      if (known.length === 0) refuse(check, 'units', 'Tick at least one unit');
      return known;
    }),
  change: (rule, codes, at) => {
    const there = new Set<RulePart>(groupAt(rule.root, at)?.of);
    return {
      ...rule,
      root: withParts(
        rule.root,
        at,
        codes.filter((code) => !there.has(code)),
      ),
    };
  },
  fields: (values, errors, { rule, units }, at) => {
    const there = new Set<RulePart>(groupAt(rule.root, at)?.of);
    const open = units.filter(({ code }) => !there.has(code));
    if (open.length === 0)
      return html`<p>Every unit of the product is in this group already, or the product has no units yet. Add units to the product first.</p>`;
    return checkboxes({
      name: 'units',
      label: 'Units',
      values: typedList(values, 'units'),
      errors,
      small: true,
      items: open.map(({ code, title }) => ({ value: code, label: `${code} ${title}` })),
    });
  },
});

const placeSchema = z.object({ into: z.string('Choose where it goes').max(40) });

/** GET and POST /products/editing/:code/rule/place: into another group, or out of the rule. */
export const place = ruleForm<z.infer<typeof placeSchema>>({
  path: '/rule/place',
  title: ({ rule }, at) => {
    const part = partAt(rule.root, at);
    return `Move ${typeof part === 'string' ? part : nameOf(part as RuleGroup, at)}`;
  },
  button: 'Move it',
  fits: ({ rule }, at) => at !== '' && partAt(rule.root, at) !== null,
  values: (_content, at) => ({ into: `in:${parentOf(at) ?? ''}` }),
  schema: () => placeSchema,
  change: (rule, { into }, at) => ({
    ...rule,
    root: into === 'out' ? withoutPart(rule.root, at) : withPlaced(rule.root, at, pathField.parse(into.slice(3))),
  }),
  fields: (values, errors, { rule }, at) => {
    const part = partAt(rule.root, at);
    const places = groupsIn(rule.root).filter(
      ({ path, group }) =>
        path !== at && !path.startsWith(`${at}.`) && (typeof part === 'string' || group.kind !== 'credits'),
    );
    return radios({
      name: 'into',
      label: 'Where does it go?',
      value: typed(values, 'into'),
      errors,
      items: [
        ...places.map(({ path, group }) => ({
          value: `in:${path}`,
          label: path === parentOf(at) ? `It stays in ${nameOf(group, path)}` : `Into ${nameOf(group, path)}`,
        })),
        {
          value: 'out',
          label: 'Out of the rule',
          ...(typeof part !== 'string' && { hint: 'With everything in it. The units stay in the product' }),
        },
      ],
    });
  },
});

/** POST /products/editing/:code/rule/move: up or down within its group. */
export const sendMovePart = handler({ params: codeParams }, async (context) => {
  const { code } = context.params;
  try {
    return await submitForm(context, {
      schema: z.object({ at: pathField, seen: z.string().default(''), way: z.enum(['up', 'down']) }),
      page: () => {
        throw new NotFound();
      },
      action: async (writer, { at, seen, way }) => {
        await changeDraft(writer, {
          code,
          seen,
          part: ({ rule }) => rule,
          change: (content) => {
            if (at === '' || partAt(content.rule.root, at) === null) throw new NotFound();
            return {
              ...content,
              rule: { ...content.rule, root: withMoved(content.rule.root, at, way === 'up' ? -1 : 1) },
            };
          },
          what: `the rule of combination: ${way}`,
        });
        return editHref(code, '/rule?done=saved');
      },
    });
  } catch (error) {
    if (error instanceof ChangedMeanwhile)
      return { kind: 'redirect', location: editHref(code, '/rule?done=meanwhile') };
    throw error;
  }
});
