import { sql } from 'kysely';
import { mayRegister, sitesOf } from '#centres-hub';
import { dayInLondon } from '#platform/clock/day-in-london.ts';
import type { Reader } from '#platform/database/database.ts';
import type { FieldError } from '#platform/http/answers.ts';
import {
  currentVersion,
  LANGUAGES,
  type Language,
  type Product,
  productById,
  ruleWithPathway,
  type Unit,
  unitsOf,
  type Version,
} from '#products';
import { formatDate } from '#ui';
import { choiceProblems } from '../pathway-choice/choice.ts';
import { unitsNeeded } from '../units-needed/units-needed.ts';
import type { Programme } from './programme.ts';

/** A registration that is asked for; `candidateId` null for somebody who is not entered yet. */
interface AskedRegistration {
  readonly candidateId: string | null;
  /** The candidate's name, for the sentence that refuses. */
  readonly name: string;
  readonly programme: Programme;
}

/** What a registration of today is made for. */
export interface RegistrationPlan {
  readonly product: Product;
  readonly versionId: string;
  readonly version: number;
  readonly unitsNeeded: number;
}

/** The same for a product, before it is known what is chosen of it. */
type ProductPlan =
  | { readonly ok: true; readonly product: Product; readonly version: Version; readonly units: readonly Unit[] }
  | Extract<PlannedRegistration, { readonly ok: false }>;

type PlannedRegistration =
  | { readonly ok: true; readonly plan: RegistrationPlan }
  | { readonly ok: false; readonly problem: FieldError };

/**
 * For each registration asked for whether the centre may make it today, by one and the same rule for one and for many:
 * approval, switches and dates; a site of its own; no registration of the candidate for the product in progress. Asks the
 * database a few times for all of them together.
 */
export async function registrationPlans(
  reader: Reader,
  centreId: string,
  asked: readonly AskedRegistration[],
): Promise<PlannedRegistration[]> {
  const products = new Map<string, ProductPlan>();
  for (const productId of new Set(asked.map(({ programme }) => programme.productId)))
    products.set(productId, await planFor(reader, centreId, productId));
  const sites = asked.some(({ programme }) => programme.siteId !== null) ? await sitesOf(reader, centreId) : [];
  const running = await runningRegistrations(reader, centreId, asked);
  const elsewhere = await runningElsewhere(reader, asked);
  return asked.map(({ candidateId, name, programme }) => {
    const { productId, siteId } = programme;
    const refuse = (field: string, message: string): PlannedRegistration => ({
      ok: false,
      problem: { field, message },
    });
    const planned = products.get(productId) as ProductPlan;
    if (!planned.ok) return planned;
    if (siteId !== null && !sites.some((site) => site.id === siteId))
      return refuse('site', 'Choose one of the sites of your centre');
    const since = candidateId === null ? undefined : running.get(`${candidateId} ${productId}`);
    if (since)
      return refuse(
        'product',
        `${name} is registered for this product since ${formatDate(since)}. Choose another product, or go on with that registration`,
      );
    if (candidateId !== null && elsewhere.has(`${candidateId} ${productId}`))
      return refuse(
        'product',
        `${name} has a registration for this product in progress at another centre. Ask for its transfer, under Transfers, or choose another product`,
      );
    return planOf(planned, programme);
  });
}

/** The product, when the centre may register candidates for it today; else the reason. */
async function planFor(reader: Reader, centreId: string, productId: string): Promise<ProductPlan> {
  const refuse = (message: string): ProductPlan => ({ ok: false, problem: { field: 'product', message } });
  const product = await productById(reader, productId);
  if (!product) return refuse('Choose a product from the list');
  const answer = await mayRegister({ centreId, productId, today: dayInLondon(reader.now) }, reader);
  if (!answer.allowed) return refuse(`${product.title}: ${answer.why}`);
  const version = await currentVersion(reader, productId);
  if (!version) return refuse('The product has no published version yet');
  return { ok: true, product, version, units: await unitsOf(reader, version.id) };
}

/** The plan of one registration: language and choice are judged by the version that it is made for. */
function planOf(
  { product, version, units }: Extract<ProductPlan, { readonly ok: true }>,
  { assessmentLanguage, choice }: Programme,
): PlannedRegistration {
  const language = languageProblem(product, version, assessmentLanguage);
  if (language) return { ok: false, problem: { field: 'assessmentLanguage', message: language } };
  const [problem] = choice ? choiceProblems(version, units, choice) : [];
  if (problem) return { ok: false, problem };
  const rule = ruleWithPathway(version, choice?.pathway ?? null);
  return {
    ok: true,
    plan: { product, versionId: version.id, version: version.version, unitsNeeded: unitsNeeded(rule, units) },
  };
}

/** Why a product cannot be assessed in a language, or null: its version names those on offer. */
export function languageProblem(
  product: Pick<Product, 'title'>,
  { languages }: Pick<Version, 'languages'>,
  asked: Language,
): string | null {
  if (languages.includes(asked)) return null;
  const offered = languages.map((one) => LANGUAGES[one as Language] ?? one);
  const list = new Intl.ListFormat('en-GB').format(offered);
  return `${product.title} is assessed in ${list}, not in ${LANGUAGES[asked]}. Choose ${offered.length === 1 ? list : 'one of them'}, or ask for assessment in another language before you register`;
}

async function runningRegistrations(
  reader: Reader,
  centreId: string,
  asked: readonly AskedRegistration[],
): Promise<Map<string, Date>> {
  const ids = [...new Set(asked.flatMap(({ candidateId }) => candidateId ?? []))];
  if (ids.length === 0) return new Map();
  const rows = await reader.db
    .selectFrom('web_portal.registrations')
    .select(['candidate_id', 'product_id', 'registered_at'])
    .where('centre_id', '=', centreId)
    .where('candidate_id', 'in', ids)
    .where('state', '=', 'active')
    .execute();
  return new Map(rows.map((row) => [`${row.candidate_id} ${row.product_id}`, row.registered_at]));
}

/** Candidates, with the product, whose registration for it is in progress at another centre; which one is not told. */
async function runningElsewhere(reader: Reader, asked: readonly AskedRegistration[]): Promise<Set<string>> {
  const known = asked.filter(({ candidateId }) => candidateId !== null);
  if (known.length === 0) return new Set();
  const rows = await reader.rows(sql<{ pair: string }>`
    select a.candidate_id || ' ' || a.product_id as pair
    from unnest(${known.map(({ candidateId }) => candidateId)}::uuid[], ${known.map(({ programme }) => programme.productId)}::uuid[])
      as a (candidate_id, product_id)
    where web_portal.in_progress_elsewhere(a.candidate_id, a.product_id)`);
  return new Set(rows.map(({ pair }) => pair));
}
