/** The behaviours we use of govuk-frontend, which ships no types. */
declare module 'govuk-frontend' {
  type Component = new (element: Element, config?: Record<string, unknown>) => unknown;
  export const CharacterCount: Component;
  export const ErrorSummary: Component;
  export const PasswordInput: Component;
}
