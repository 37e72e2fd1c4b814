/**
 * The door of the question library: items in (QTI 3, CSV), items to the candidate (redact, render), answers to marks.
 * No HTTP, no database, no DOM.
 */

export { type Archive, type ArchiveSource, withArchive } from './archive.ts';
export { type Diagnostic, hasErrors } from './diagnostics.ts';
export { type BankEntry, type Blueprint, type Drawn, drawForm, type Shortage } from './draw-form.ts';
export { DEFAULT_LIMITS, type ImportLimits } from './limits.ts';
export {
  type Block,
  type Cell,
  type Choice,
  type Inline,
  type Item,
  type ItemContent,
  type ItemKey,
  type ItemKind,
  letterOf,
  MODEL_VERSION,
  picturesOf,
  splitItem,
  textOfBlocks,
  textOfInline,
} from './model.ts';
export type { Picture } from './package-pictures.ts';
export { type ParsedItem, parseQtiItem } from './parse-item.ts';
export { inspectPicture, type PictureFacts, type PictureFault } from './picture-kind.ts';
export { readItemsCsv, readItemsCsvPackage } from './read-csv.ts';
export { type Imported, readQtiPackage } from './read-package.ts';
export { type CandidateItem, choiceIdsOf, fixedPlaces, isOrder, lettersOf, redactForCandidate } from './redact.ts';
export { type RenderOptions, renderCandidateItem } from './render.ts';
export { type Answerable, type CheckedResponse, type ResponseProblem, validateResponse } from './response.ts';
export {
  type FaultCode,
  type FormItem,
  type ItemScore,
  NO_TOPIC,
  SCORING_VERSION,
  type SittingScore,
  type TopicScore,
} from './result.ts';
export { scoreItem, scoreSitting } from './score.ts';
export { markItem, markSitting } from './second-marker.ts';
export { type Seed, SeededNumbers, seedFor, shuffleOrder } from './seeded.ts';
export { CODE_PATTERN, validateItem } from './validate.ts';
export { type WrittenCsv, writeItemsCsv } from './write-csv.ts';
