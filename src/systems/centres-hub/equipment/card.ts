import { html, type Safe } from '#platform/html/html.ts';
import { card, summaryList, tag } from '#ui';
import type { Hub } from '../hub-page/hub-page.ts';
import { equipmentWords, type SiteEquipment } from './declarations.ts';

/** On the profile of the centre: for which sites auto-save of the browsers is declared off, and where to declare it. */
export function equipmentCard(hub: Hub, equipment: readonly SiteEquipment[]): Safe | false {
  if (equipment.length === 0) return false;
  const declares = hub.may('centres-hub.declare-equipment');
  return card(
    { title: 'Auto-save off on equipment for tests', id: 'equipment' },
    summaryList(
      equipment.map((one) => [
        one.site,
        html`${one.state === 'given' ? equipmentWords(one) : tag(equipmentWords(one), 'warn', 'alert')}${
          declares &&
          one.state !== 'given' &&
          html` <a href="${hub.href(`/centres-hub/sites/${one.siteId}/equipment`)}">${one.lastDay === null ? 'Declare it' : 'Declare it again'}<span class="govuk-visually-hidden"> for ${one.site}</span></a>`
        }`,
      ]),
    ),
  );
}
