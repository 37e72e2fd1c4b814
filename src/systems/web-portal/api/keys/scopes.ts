import type { Capability } from '#platform/permissions/capabilities.ts';

/** What a key may do: each is given by the coordinator who makes it. */
export const SCOPES = ['products:read', 'candidates:read', 'registrations:read', 'registrations:write'] as const;
export type Scope = (typeof SCOPES)[number];

interface ScopeFacts {
  /** As a coordinator reads it where the key is made. */
  readonly label: string;
  readonly hint: string;
  /** The capability of people that it stands for: the database takes the key for the centre in its scope. */
  readonly capability: Capability;
}

export const SCOPE_FACTS: Record<Scope, ScopeFacts> = {
  'products:read': {
    label: 'Read products',
    hint: 'Which products your centre is approved for, and which are open today',
    capability: 'products.view',
  },
  'candidates:read': {
    label: 'Read candidates',
    hint: 'Names, numbers, dates of birth and ULNs of your candidates',
    capability: 'web-portal.view',
  },
  'registrations:read': {
    label: 'Read registrations',
    hint: 'What candidates are registered for, and how far they are',
    capability: 'web-portal.view',
  },
  'registrations:write': {
    label: 'Register candidates',
    hint: 'New candidates, and further products of known ones',
    capability: 'web-portal.register',
  },
};

export const isScope = (text: string): text is Scope => (SCOPES as readonly string[]).includes(text);
