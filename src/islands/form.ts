/** Behaviours of form controls, for pages that have some. Taken one by one, so that a page carries no more than it uses. */
import { CharacterCount, ErrorSummary, PasswordInput } from 'govuk-frontend';

const COMPONENTS = [
  ['govuk-error-summary', ErrorSummary],
  ['govuk-password-input', PasswordInput],
  ['govuk-character-count', CharacterCount],
] as const;

// The components of govuk-frontend refuse to start without this mark of a browser that runs modules.
document.body.classList.add('js-enabled', 'govuk-frontend-supported');
for (const [module, Component] of COMPONENTS) {
  for (const element of document.querySelectorAll(`[data-module="${module}"]`)) new Component(element);
}
