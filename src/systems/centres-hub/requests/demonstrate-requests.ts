/** Requests of the demonstration: one to decide, one with a question to the centre, one decided and judged. */
import type { Writer } from '#platform/database/database.ts';
import type { SystemPrincipal } from '#platform/permissions/principal.ts';
import { SYSTEM } from '#platform/permissions/principal.ts';
import type { Services } from '#platform/services.ts';
import type { Answers } from '../forms/definition.ts';
import { currentVersions } from '../forms/forms.ts';
import { changeRequest, lockRequest } from './change-request.ts';

const COORDINATOR = 'marguerite.holloway-finch@northgate.example';
const ADMINISTRATOR = 'desmond.achterberg@northgate.example';
const OFFICER = 'helena.brackenridge@awarding.example';

interface Story {
  readonly form: string;
  readonly by: string;
  readonly answers: Answers;
  readonly signed?: string;
  readonly question?: string;
  readonly answer?: string;
  readonly score?: number;
}

const STORIES: readonly Story[] = [
  {
    form: 'new-user-type',
    by: COORDINATOR,
    signed: 'Marguerite Holloway-Finch',
    answers: {
      existing: 'no',
      name: 'Perpetua Lindqvist',
      email: 'perpetua.lindqvist@northgate.example',
      work: 'See the results of our candidates and print them, without registering or booking anybody.',
      reason: 'Our governors look at the figures once a term. Every role that sees results may also change something.',
      ends: 'no',
    },
  },
  {
    form: 'general-request',
    by: ADMINISTRATOR,
    answers: {
      subject: 'Two test rooms at once',
      request:
        'In March forty candidates sit on one morning. May one invigilator look after two rooms with a glass wall between them?',
      aboutCandidate: 'no',
    },
    question: 'How many candidates sit in each room, and does the invigilator hear both?',
  },
  {
    form: 'feedback',
    by: COORDINATOR,
    answers: {
      about: 'online-tests',
      well: 'That a computer can be changed in the middle of a test, and nothing is lost.',
      better: 'Tell us a week before when a product gets new test forms.',
      reply: 'yes',
    },
    answer: 'Thank you. From January a notice goes to every centre approved for the product, seven days before.',
    score: 5,
  },
  {
    form: 'yearly-survey',
    by: ADMINISTRATOR,
    answers: {
      registering: 'well',
      tests: 'very-well',
      certificates: 'well',
      answers: 'neither-well-nor-badly',
      quality: 'well',
      documents: 'well',
      recommend: '9',
      first: 'Tell us with a request how long such requests usually take.',
    },
    answer:
      'Thank you. Each request now shows its clock from the first minute, and the figures of all requests are published.',
  },
];

/** Writes them as the people of the demonstration would have: by the acts that the pages use. */
export async function demonstrateRequests(services: Services): Promise<void> {
  const { database } = services;
  const known = await database.read(SYSTEM, async (reader) => ({
    versions: await currentVersions(reader),
    people: await reader.db.selectFrom('accounts.published_people').select(['id', 'email']).execute(),
    centre: await reader.db
      .selectFrom('accounts.published_organisations')
      .select('id')
      .where('number', '=', '04417')
      .executeTakeFirst(),
  }));
  const personOf = (email: string) => known.people.find((one) => one.email === email)?.id;
  const officer = personOf(OFFICER);
  const centreId = known.centre?.id;
  if (!centreId || !officer) return;
  const body: SystemPrincipal = { kind: 'system', personId: officer };
  for (const story of STORIES) {
    const version = known.versions.find(({ code }) => code === story.form);
    const by = personOf(story.by);
    if (!version || !by) continue;
    const centre: SystemPrincipal = { kind: 'system', personId: by, centreId };
    const id = await database.write(centre, (writer) =>
      submitted(writer, { story, versionId: version.id, centreId, by }),
    );
    const { question, answer, score } = story;
    if (question)
      await database.write(body, async (writer) => {
        await changeRequest(writer, await lockRequest(writer, id), { act: 'ask', words: question });
      });
    if (answer)
      await database.write(body, async (writer) => {
        const request = await lockRequest(writer, id);
        await changeRequest(writer, request, { act: 'decide', outcome: 'answered', words: answer });
      });
    if (score)
      await database.write(centre, async ({ db, now }) => {
        await db
          .insertInto('centres_hub.request_feedback')
          .values({ request_id: id, centre_id: centreId, score, given_at: now, given_by: by })
          .execute();
      });
  }
}

async function submitted(
  writer: Writer,
  { story, versionId, centreId, by }: { story: Story; versionId: string; centreId: string; by: string },
): Promise<string> {
  const { id } = await writer.db
    .insertInto('centres_hub.requests')
    .values({
      form_version_id: versionId,
      centre_id: centreId,
      answers: JSON.stringify(story.answers),
      begun_at: writer.now,
      begun_by: by,
      saved_at: writer.now,
      saved_by: by,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  const signedName = story.signed ?? null;
  const words = signedName ? `Submitted, signed by ${signedName}` : 'Submitted';
  await changeRequest(writer, await lockRequest(writer, id), { act: 'submit', words, signedName });
  return id;
}
