/** The door of the user interface: page shells, form parts, data parts, words for dates and money. Knows no system. */
export { type Brand, brand } from '#platform/settings/brand.ts';
export * from './assessment/board.ts';
export * from './assessment/question.ts';
export { type AttributeValue, attributes, classes } from './attributes.ts';
export * from './data/blocks.ts';
export * from './data/list.ts';
export * from './data/list-page.ts';
export * from './data/table.ts';
export * from './data/text.ts';
export * from './data/verdict.ts';
export * from './form/choices.ts';
export * from './form/date.ts';
export { errorFor, type FieldError, type FieldOptions, fieldId } from './form/field.ts';
export * from './form/form.ts';
export * from './form/inputs.ts';
export * from './form/reason-form.ts';
export * from './format/dates.ts';
export * from './format/numbers.ts';
export { type IconName, icon, iconNames } from './icons.ts';
export * from './pages/errors.ts';
export type {
  ActingChoice,
  ActingMenu,
  AssetUrls,
  PageOptions,
  ShellContext,
  StaffPageOptions,
  SystemLink,
  Tab,
} from './shell/context.ts';
export { dataForIsland } from './shell/document.ts';
export { type ExamPageOptions, examPage } from './shell/exam-page.ts';
export { logOutButton, organisationLine } from './shell/footer.ts';
export { publicPage, type TaskPageOptions, taskPage } from './shell/public-page.ts';
export { currentTab, staffPage } from './shell/staff-page.ts';
export { systemsDialog, systemsList } from './shell/systems.ts';
