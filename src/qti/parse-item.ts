/**
 * One QTI 3 item to our model. The subset is one `qti-choice-interaction` marked by the template match_correct
 * (`qti3-subset.md` lists it). All else is refused with the element or attribute named: an item is read whole or not at all.
 */
import { type Diagnostic, hasErrors, quote } from './diagnostics.ts';
import { DEFAULT_LIMITS } from './limits.ts';
import { type Block, type Choice, type Item, type ItemKind, MODEL_VERSION, picturesOf } from './model.ts';
import { QTI_NAMESPACE, QtiReport } from './qti-report.ts';
import { readBlocks, readLines } from './qti-rich-text.ts';
import { validateItem } from './validate.ts';
import { elementsOf, readXml, textWithin, type XmlElement } from './xml.ts';
import { ITEM_XML_LIMITS } from './xml-guard.ts';

/** `item` is null when there is at least one error. */
export type ParsedItem = { readonly item: Item | null; readonly diagnostics: readonly Diagnostic[] };

/**
 * Reads one item. Never throws for bad input.
 * @param file the item's name in its package: for messages, and pictures are looked up from its folder.
 */
export function parseQtiItem(
  xml: Uint8Array | string,
  file = 'item.xml',
  maxBytes = DEFAULT_LIMITS.itemXmlBytes,
): ParsedItem {
  const { root, diagnostics } = readXml(xml, file, ITEM_XML_LIMITS, maxBytes);
  if (!root) return { item: null, diagnostics };
  const report = new QtiReport(file);
  const item = readItem(root, report);
  if (item && !hasErrors(report.found)) report.found.push(...validateItem(item, file));
  return { item: hasErrors(report.found) ? null : item, diagnostics: report.found };
}

/** The parts of an item, each at most once but outcomes. */
type Parts = {
  declarations: XmlElement[];
  bodies: XmlElement[];
  processing: XmlElement[];
};

function readItem(root: XmlElement, report: QtiReport): Item | null {
  if (root.name === 'assessmentItem') {
    report.say('qti-version', root, 'this is a QTI 2 item. Convert it to QTI 3 first.');
    return null;
  }
  if (root.name !== 'qti-assessment-item' || root.namespace !== QTI_NAMESPACE) {
    report.say(
      'not-an-item',
      root,
      `<${root.written}> is not a QTI 3 item. The file has to begin with <qti-assessment-item xmlns="${QTI_NAMESPACE}">.`,
    );
    return null;
  }
  report.attributes(root, 'identifier', 'title', 'adaptive', 'time-dependent', 'tool-name', 'tool-version');
  report.noText(root);
  for (const name of ['adaptive', 'time-dependent']) {
    if ((root.attributes.get(name) ?? 'false') !== 'false') {
      report.say(
        'unsupported-attribute',
        root,
        `${name} questions are not supported. Make the question stand for itself.`,
      );
    }
  }
  const parts = sortParts(root, report);
  const body = onlyOne(parts.bodies, root, 'qti-item-body', report);
  if (!body) return null;
  const stem: Block[] = [];
  const interaction = readBody(body, report, stem);
  if (!interaction) return null;
  const declaration = declarationOf(parts.declarations, interaction, root, report);
  checkProcessing(parts.processing, root, report);
  if (!declaration) return null;
  const kind: ItemKind = declaration.cardinality === 'multiple' ? 'multiple' : 'choice';
  const code = root.attributes.get('identifier')?.trim() ?? '';
  const group = body.attributes.get('data-group')?.trim();
  const topic = body.attributes.get('data-topic')?.trim();
  const question = readInteraction(interaction, kind, report);
  return {
    model: MODEL_VERSION,
    code,
    title: root.attributes.get('title')?.trim() || code,
    kind,
    stem,
    ...question,
    pictures: picturesOf({ stem, ...question }),
    ...(group ? { group } : {}),
    ...(topic ? { topic } : {}),
    key: { correct: declaration.correct },
  };
}

function sortParts(root: XmlElement, report: QtiReport): Parts {
  const parts: Parts = { declarations: [], bodies: [], processing: [] };
  for (const element of elementsOf(root)) {
    if (!report.isQti(element)) continue;
    if (element.name === 'qti-response-declaration') parts.declarations.push(element);
    else if (element.name === 'qti-outcome-declaration') checkOutcome(element, report);
    else if (element.name === 'qti-item-body') parts.bodies.push(element);
    else if (element.name === 'qti-response-processing') parts.processing.push(element);
    else if (element.name === 'qti-stylesheet') {
      report.say(
        'style-left-out',
        element,
        'the style sheet is left out; questions are shown in our own style.',
        'warning',
      );
    } else report.unsupported(element);
  }
  return parts;
}

function onlyOne(found: XmlElement[], root: XmlElement, name: string, report: QtiReport): XmlElement | null {
  if (found.length === 1) return found[0] as XmlElement;
  const many = found.length === 0 ? 'no' : 'more than one';
  report.say('item-parts', found[1] ?? root, `the item has ${many} <${name}>. It needs exactly one.`);
  return null;
}

/** Outcomes do not change our marking, so only those are let pass that say what we do: 0 or 1 mark in SCORE. */
function checkOutcome(element: XmlElement, report: QtiReport): void {
  report.attributes(
    element,
    'identifier',
    'cardinality',
    'base-type',
    'normal-minimum',
    'normal-maximum',
    'interpretation',
  );
  const name = element.attributes.get('identifier') ?? '';
  const allowed = { SCORE: 0, MAXSCORE: 1 }[name];
  if (allowed === undefined) {
    report.say(
      'unsupported-outcome',
      element,
      `the outcome ${quote(name)} is not supported. Keep SCORE and MAXSCORE only.`,
    );
    return;
  }
  for (const child of elementsOf(element)) if (child.name !== 'qti-default-value') report.unsupported(child);
  const given = textWithin(element);
  const most = element.attributes.get('normal-maximum');
  if ((given !== '' && Number(given) !== allowed) || (most !== undefined && Number(most) !== 1)) {
    report.say(
      'unsupported-outcome',
      element,
      'a question is worth 1 mark here, from 0 to 1. Change the outcome or its values.',
    );
  }
}

function readBody(body: XmlElement, report: QtiReport, stem: Block[]): XmlElement | null {
  report.attributes(body);
  const interactions: XmlElement[] = [];
  let cut = 0;
  readBlocks(body.children, report, stem, (element) => {
    if (!element.name.startsWith('qti-')) return false;
    if (element.name === 'qti-choice-interaction' && element.namespace === QTI_NAMESPACE) {
      interactions.push(element);
      cut = stem.length;
    } else if (element.name.endsWith('-interaction')) {
      report.unsupported(element, 'Only questions with <qti-choice-interaction> can be imported.');
    } else report.unsupported(element);
    return true;
  });
  if (interactions.length === 1 && stem.length > cut) {
    report.say('after-interaction', body, 'there is text after the options. Move it before them.');
  }
  return hasErrors(report.found) && interactions.length === 0
    ? null
    : onlyOne(interactions, body, 'qti-choice-interaction', report);
}

function declarationOf(
  declarations: XmlElement[],
  interaction: XmlElement,
  root: XmlElement,
  report: QtiReport,
): { cardinality: string; correct: string[] } | null {
  const declaration = onlyOne(declarations, root, 'qti-response-declaration', report);
  if (!declaration) return null;
  report.attributes(declaration, 'identifier', 'cardinality', 'base-type');
  report.noText(declaration);
  if (declaration.attributes.get('identifier') !== interaction.attributes.get('response-identifier')) {
    report.say(
      'response-identifier',
      interaction,
      'the options belong to a response that is not declared. Make response-identifier name the declaration.',
    );
  }
  const cardinality = declaration.attributes.get('cardinality') ?? '';
  if (cardinality !== 'single' && cardinality !== 'multiple') {
    report.say(
      'cardinality',
      declaration,
      `the cardinality ${quote(cardinality)} is not supported. Use "single" or "multiple".`,
    );
  }
  if (declaration.attributes.get('base-type') !== 'identifier') {
    report.say('base-type', declaration, 'the base-type of the response has to be "identifier".');
  }
  const correct: string[] = [];
  for (const child of elementsOf(declaration)) {
    if (!report.isQti(child)) continue;
    if (child.name !== 'qti-correct-response')
      report.unsupported(child, 'Only whole marks for the right answer are given.');
    else correct.push(...readCorrect(child, report));
  }
  if (correct.length === 0) {
    report.say('no-key', declaration, 'the item has no key. Give the right answer in <qti-correct-response>.');
  }
  return { cardinality, correct };
}

function readCorrect(element: XmlElement, report: QtiReport): string[] {
  report.attributes(element, 'interpretation');
  report.noText(element);
  const values: string[] = [];
  for (const value of elementsOf(element)) {
    if (value.name !== 'qti-value' || value.namespace !== QTI_NAMESPACE) report.unsupported(value);
    else {
      report.attributes(value, 'base-type');
      values.push(textWithin(value));
    }
  }
  return values;
}

/** Published addresses of the template vary in host, folder and ending; its last part does not. */
function checkProcessing(processing: XmlElement[], root: XmlElement, report: QtiReport): void {
  const element = onlyOne(processing, root, 'qti-response-processing', report);
  if (!element) return;
  report.attributes(element, 'template', 'template-location');
  const [rule] = elementsOf(element);
  if (rule) report.unsupported(rule, 'Use the template match_correct instead of rules of its own.');
  const template = element.attributes.get('template') ?? '';
  if (!rule && !/(^|[/:])match_correct(\.xml)?$/.test(template)) {
    report.say('template', element, `the marking template ${quote(template)} is not supported. Use match_correct.`);
  }
}

function readInteraction(
  interaction: XmlElement,
  kind: ItemKind,
  report: QtiReport,
): Pick<Item, 'prompt' | 'choices' | 'minChoices' | 'maxChoices'> {
  report.attributes(interaction, 'response-identifier', 'shuffle', 'max-choices', 'min-choices', 'orientation');
  report.noText(interaction);
  const shuffle = interaction.attributes.get('shuffle') === 'true';
  const prompt: Block[] = [];
  const choices: Choice[] = [];
  for (const child of elementsOf(interaction)) {
    if (!report.isQti(child)) continue;
    if (child.name === 'qti-prompt') {
      report.attributes(child);
      readBlocks(child.children, report, prompt);
    } else if (child.name === 'qti-simple-choice') {
      report.attributes(child, 'identifier', 'fixed');
      const fixed = !shuffle || child.attributes.get('fixed') === 'true';
      const id = child.attributes.get('identifier')?.trim() ?? '';
      choices.push({ id, content: readLines(child.children, report), ...(fixed ? { fixed: true } : {}) });
    } else report.unsupported(child);
  }
  const most = wholeNumber(interaction, 'max-choices', 1, report);
  const least = wholeNumber(interaction, 'min-choices', 0, report);
  const maxChoices = most === 0 ? (kind === 'choice' ? 1 : choices.length) : most;
  return { ...(prompt.length > 0 ? { prompt } : {}), choices, minChoices: least, maxChoices };
}

function wholeNumber(element: XmlElement, name: string, otherwise: number, report: QtiReport): number {
  const text = element.attributes.get(name)?.trim();
  if (text === undefined) return otherwise;
  if (/^\d{1,4}$/.test(text)) return Number(text);
  report.say('number', element, `${name} is ${quote(text)}. Write a whole number.`);
  return otherwise;
}
