import { lettersOf } from '#qti';
import type { Paper } from '../../src/systems/online-assessments/start-sitting/paper.ts';
import { asSuperuser, type TestDatabase } from './database.ts';

/** The right letters of each question of a sitting's paper, in its order, read by the superuser from where no page can. */
export async function rightAnswers(database: TestDatabase, sittingId: string): Promise<string[][]> {
  return asSuperuser(database.url, async (client) => {
    const { rows } = await client.query('select paper from online_assessments.sitting_papers where sitting_id = $1', [
      sittingId,
    ]);
    const { questions } = rows[0].paper as Paper;
    const answers: string[][] = [];
    for (const { itemVersionId, order } of questions) {
      const found = await client.query(
        'select v.content, k.key from online_assessments.item_versions v join online_assessments.item_keys k on k.item_version_id = v.id where v.id = $1',
        [itemVersionId],
      );
      answers.push(lettersOf(found.rows[0].content, order, found.rows[0].key.correct));
    }
    return answers;
  });
}
