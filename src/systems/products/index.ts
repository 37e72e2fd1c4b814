/** The door of products: what the awarding body offers, its versions, units and rules of combination. */
import type { System } from '#platform/http/routes.ts';
import { demonstrate } from './demonstrate.ts';
import { editRoutes } from './edit-routes.ts';
import { governedBy } from './governed-by.ts';
import { routes } from './routes.ts';

export const products: System = { name: 'products', routes: [...routes, ...editRoutes], governedBy, demonstrate };
export {
  allProducts,
  currentVersion,
  PRODUCT_KINDS,
  type Product,
  type ProductKind,
  productByCode,
  productById,
  type Unit,
  unitsOf,
  type Version,
  versionById,
} from './catalogue/catalogue.ts';
export {
  type CentreStanding,
  type InProgress,
  joinProductContributions,
  type ProductContributions,
} from './contributions.ts';
export { LANGUAGES, type Language } from './drafts/content.ts';
export {
  type ExtensionPreview,
  type ExtensionRule,
  extensionOf,
  previewExtension,
  type Window,
} from './extension/extension.ts';
export { productsMerger } from './merge-person.ts';
export { OFFERINGS, type Offering, type OfferingDates, offeringOn } from './offering/offering.ts';
export { groupsToChoose, neededByAll, ruleWithPathway } from './pathways/rule-with-pathway.ts';
export { productCards } from './product-parts/product-parts.ts';
export {
  MOVERS,
  type Move,
  type Progress,
  type ProgressAchievement,
  type ProgressVersion,
  prepareProgress,
  progressOf,
  type UnderWay,
} from './progress/progress.ts';
export { qualificationNumberWarning } from './qualification-number/qualification-number.ts';
export { checkRule, type RuleAnswer } from './rule-of-combination/check-rule.ts';
export {
  type Missing,
  type Rule,
  type RuleGroup,
  type RulePart,
  type RuleUnit,
  unitCodesOf,
} from './rule-of-combination/rule.ts';
export { groupSentence, ruleInWords, type Words } from './rule-of-combination/rule-in-words.ts';
export { searchableProducts } from './searchable/searchable.ts';
