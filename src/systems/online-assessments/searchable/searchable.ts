/** What the search of IMI Connect finds of Online Assessments, for the awarding body's people who write and publish. */
export const searchableItemBanks = {
  kind: 'item-bank',
  name: 'Item banks',
  icon: 'folder',
  capability: 'online-assessments.author',
  from: 'indexed',
} as const;

export const searchableTestForms = {
  kind: 'test-form',
  name: 'Test forms',
  icon: 'monitor',
  capability: 'online-assessments.forms',
  from: 'indexed',
} as const;
