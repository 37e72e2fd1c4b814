/** The manifest of a QTI 3 content package: which files are items. Metadata and organisations are passed over. */
import { type Diagnostic, quote } from './diagnostics.ts';
import { resolveName } from './file-names.ts';
import type { ImportLimits } from './limits.ts';
import { elementsOf, readXml, type XmlElement } from './xml.ts';
import { MANIFEST_XML_LIMITS } from './xml-guard.ts';

export const MANIFEST_NAME = 'imsmanifest.xml';
const ITEM_TYPE = 'imsqti_item_xmlv3p0';
const PLAIN_FILES = /^(webcontent|associatedcontent\/learning-application-resource)$/;

export type Manifest = {
  /** Names of item files, in the order of the manifest. */
  readonly items: readonly string[];
  /** Every file that the manifest names. */
  readonly files: ReadonlySet<string>;
  readonly diagnostics: readonly Diagnostic[];
};

export function readManifest(xml: Uint8Array, limits: ImportLimits): Manifest {
  const files = new Set<string>([MANIFEST_NAME]);
  const items: string[] = [];
  const { root, diagnostics } = readXml(xml, MANIFEST_NAME, MANIFEST_XML_LIMITS, limits.manifestBytes);
  if (!root) return { items, files, diagnostics };
  const found: Diagnostic[] = [];
  const say = (code: string, at: XmlElement, text: string) => {
    const message = `${MANIFEST_NAME}, line ${at.line}: ${text}`;
    found.push({ code, severity: 'error', message, file: MANIFEST_NAME, line: at.line });
  };
  if (root.name !== 'manifest') {
    say('manifest', root, `<${root.written}> is not a package manifest. The file has to begin with <manifest>.`);
    return { items, files, diagnostics: found };
  }
  for (const list of elementsOf(root).filter((child) => child.name === 'resources')) {
    for (const resource of elementsOf(list).filter((child) => child.name === 'resource')) {
      if (found.length >= limits.errors) break;
      readResource(resource, files, items, say);
    }
  }
  if (found.length === 0 && items.length === 0) {
    say(
      'no-items',
      root,
      `the package lists no questions (resources of type ${ITEM_TYPE}). Export it again with questions.`,
    );
  }
  if (items.length > limits.items) {
    say('too-many-items', root, `the package lists ${items.length} questions, more than ${limits.items}. Split it.`);
  }
  return { items, files, diagnostics: found };
}

function readResource(
  resource: XmlElement,
  files: Set<string>,
  items: string[],
  say: (code: string, at: XmlElement, text: string) => void,
): void {
  const type = resource.attributes.get('type') ?? '';
  if (resource.attributes.has('xml:base')) {
    say('manifest-base', resource, 'xml:base is not supported. Write whole file names.');
    return;
  }
  for (const file of elementsOf(resource).filter((child) => child.name === 'file')) {
    const name = resolveName(MANIFEST_NAME, file.attributes.get('href') ?? '');
    if (name !== null) files.add(name);
  }
  const href = resource.attributes.get('href');
  const name = href === undefined ? null : resolveName(MANIFEST_NAME, href);
  if (name !== null) files.add(name);
  if (PLAIN_FILES.test(type)) return;
  if (type !== ITEM_TYPE) {
    const hint = /qti_test/.test(type)
      ? ' Export the questions without the test; tests are made here by blueprint.'
      : ' Export questions only.';
    say('resource-type', resource, `resources of type ${quote(type)} are not supported.${hint}`);
  } else if (name === null) {
    say('resource-name', resource, `the question ${quote(href ?? '')} is not a file of the package. Correct its href.`);
  } else if (items.includes(name)) {
    say('resource-twice', resource, `the question ${quote(name)} is listed twice. List it once.`);
  } else items.push(name);
}
