/** Which section governs a page: each system says so in its door, `application.ts` joins them. */
import type { Governed } from '#platform/http/routes.ts';
import { sectionHref, sectionOf } from '../sections/sections.ts';

let joined: readonly Governed[] = [];

/** Called once by the composition root. Throws for a section that the manual does not have. */
export function joinGoverned(governed: readonly Governed[]): void {
  for (const { path, section } of governed)
    if (!sectionOf(section)) throw new Error(`${path} names section ${section}, which the Operating Manual has not.`);
  joined = governed;
}

/** The pages that a section governs, in the order of the systems. */
export function governedBySection(section: string): readonly Governed[] {
  return joined.filter((one) => one.section === section);
}

/** Where Help leads from an address: the section that governs the page, or the general help. */
export function helpFor(address: string): string {
  const found = governs(joined, address);
  return found ? sectionHref(found.section) : '/help';
}

/** Of these, the one whose path is the longest beginning of the address; pure. */
export function governs(governed: readonly Governed[], address: string): Governed | undefined {
  const here = segmentsOf(address);
  let found: Governed | undefined;
  for (const one of governed) {
    const path = segmentsOf(one.path);
    const fits = path.every(
      (segment, at) => segment === here[at] || (segment.startsWith(':') && here[at] !== undefined),
    );
    if (fits && (!found || path.length > segmentsOf(found.path).length)) found = one;
  }
  return found;
}

const segmentsOf = (address: string) => (address.split(/[?#]/)[0] as string).split('/').filter(Boolean);
