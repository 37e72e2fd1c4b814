/** What the pages of an import have in common. */
import { z } from 'zod';
import { html, type Safe } from '#platform/html/html.ts';
import { crumbs } from '#ui';

export const IMPORTS = '/web-portal/imports';

export const importParams = z.object({ importId: z.uuid() });

export function importHref({ id }: { readonly id: string }, rest = ''): string {
  return `${IMPORTS}/${id}${rest}`;
}

export function importCrumbs(fileName: string, href: string | null, last?: string): Safe {
  return html`${crumbs([
    { label: 'Imports', href: IMPORTS },
    { label: fileName, ...(href ? { href } : {}) },
    ...(last ? [{ label: last }] : []),
  ])}`;
}
