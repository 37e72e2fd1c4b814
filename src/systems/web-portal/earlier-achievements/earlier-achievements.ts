/** Units that a candidate achieved at other centres: they may count again, so a centre the candidate joined sees them, never where. */
import { sql } from 'kysely';
import type { Reader } from '#platform/database/database.ts';
import { html, type Safe } from '#platform/html/html.ts';
import { card, formatDate, table } from '#ui';
import type { Grade } from '../registrations/registrations.ts';

export interface EarlierAchievement {
  readonly unitId: string;
  readonly unit: string;
  readonly unitCode: string;
  readonly product: string;
  readonly grade: Grade;
  /** The day in London, YYYY-MM-DD. */
  readonly achievedOn: string;
}

const GRADES: Record<Grade, string> = { pass: 'Pass', merit: 'Merit', distinction: 'Distinction' };

/** Read in the scope of a centre that the candidate joined; empty for any other. The newest first. */
export function earlierAchievements(reader: Pick<Reader, 'rows'>, candidateId: string): Promise<EarlierAchievement[]> {
  return reader.rows(sql<EarlierAchievement>`
    select unit_id as "unitId", unit, unit_code as "unitCode", product, grade, achieved_on as "achievedOn"
    from web_portal.achieved_elsewhere(${candidateId})`);
}

export function earlierAchievementsCard(rows: readonly EarlierAchievement[]): Safe | null {
  if (rows.length === 0) return null;
  return card(
    { title: 'Achieved elsewhere', id: 'earlier-achievements', flush: true },
    table<EarlierAchievement>({
      caption: 'Units achieved at other centres, which may count towards a product here',
      columns: [
        {
          label: 'Unit',
          header: true,
          cell: (row) =>
            html`<span class="strong">${row.unit}</span><span class="sub"><span class="code">${row.unitCode}</span>, ${row.product}</span>`,
        },
        { label: 'Grade', phone: 'labelled', cell: (row) => GRADES[row.grade] },
        { label: 'Achieved', class: 'nw', phone: 'plain', cell: (row) => formatDate(row.achievedOn, 'list') },
      ],
      rows,
    }),
  );
}
