/** The composition root: the platform first, then each system. The whole map on one screen. */
import { fileURLToPath } from 'node:url';
import type { FastifyInstance } from 'fastify';
import {
  accounts,
  askToLogIn,
  clientLinks,
  joinOwnData,
  joinPersonMergers,
  keepForm,
  keptFields,
  ownAccountData,
  principalOf,
  renewWhereRolesChanged,
  whoCanLogIn,
} from '#accounts';
import {
  centreEffects,
  centreMattersAttention,
  centresHub,
  centresHubAttention,
  centresHubMerger,
  competenceAttention,
  interestsMerger,
  joinCandidatePicker,
  joinDecisionEffects,
  joinWithdrawalObstacles,
  ownStaffData,
  requestEvents,
  searchableCentres,
  searchableUsers,
  standingOf,
} from '#centres-hub';
import {
  certificateEvents,
  candidateSections as certificateSections,
  certificates,
  attention as certificatesAttention,
  certificatesCandidateMerger,
  certificatesMerger,
  certified,
  choiceFixedByClaim,
  claimedUpon,
  claimStep,
  claimsEnder,
  claimsInTheWay,
  ownCertificateData,
  ownCertificatesCard,
  searchableCertificates,
  searchableOwnCertificates,
} from '#certificates';
import { connect, joinContributions, joinSearchables, noticesMerger, shellFor } from '#connect';
import {
  assessmentAttention,
  assessmentsMerger,
  candidateTests,
  followArrangement,
  isSeatAddress,
  onlineAssessments,
  ownTestData,
  ownTestsCard,
  searchableItemBanks,
  searchableTestForms,
  seatPrincipalOf,
  sittingsBookedUpon,
  sittingsEnder,
  sittingsMerger,
  testEvents,
  testSteps,
  testsInTheWay,
  testsToday,
} from '#online-assessments';
import { joinGoverned, operatingManual, searchableSections } from '#operating-manual';
import { loadAssets } from '#platform/assets/assets.ts';
import { type Clock, systemClock } from '#platform/clock/clock.ts';
import { Database } from '#platform/database/database.ts';
import { fillOnce } from '#platform/database/fill-once.ts';
import { migrate, urlForRole } from '#platform/database/migrate.ts';
import type { System } from '#platform/http/routes.ts';
import { createServer, type Doors } from '#platform/http/server.ts';
import { startPlatformJobs } from '#platform/jobs/platform-jobs.ts';
import type { Keys } from '#platform/keys/keys.ts';
import type { Log } from '#platform/log/log.ts';
import { hasMailbox, mailbox } from '#platform/mail/mailbox.ts';
import { SYSTEM } from '#platform/permissions/principal.ts';
import type { Services } from '#platform/services.ts';
import type { Settings } from '#platform/settings/settings.ts';
import { joinProductContributions, products, productsMerger, searchableProducts } from '#products';
import {
  candidatePicker,
  joinArrangementFollowers,
  joinBuiltUpon,
  joinCandidateContributions,
  joinCandidateMergers,
  joinCertified,
  joinRegistrationEnders,
  joinTimeLines,
  ownCandidateData,
  ownRegistrations,
  reasonableAdjustment,
  registrationsInTheWay,
  registrationsOfProduct,
  searchableCandidates,
  webPortal,
  attention as webPortalAttention,
  webPortalMerger,
} from '#web-portal';
import { website } from '#website';

const ASSETS = fileURLToPath(new URL('../build/assets', import.meta.url));
// In the order of dependence: each may use those before it.
const SYSTEMS: readonly System[] = [
  accounts,
  operatingManual,
  products,
  centresHub,
  webPortal,
  onlineAssessments,
  certificates,
  connect,
  website,
];

export interface ApplicationOptions {
  readonly settings: Settings;
  readonly keys: Keys;
  /** The database as a user that may create roles and schemas. */
  readonly databaseUrl: string;
  readonly log: Log;
  readonly clock?: Clock;
}

export interface Application {
  readonly app: FastifyInstance;
  readonly services: Services;
  /** Lines for the operator: who can log in, or the link that makes the first administrator. */
  readonly whoCanLogIn: readonly string[];
  close(): Promise<void>;
}

/** Migrates the database, seeds it where it is empty, and puts all systems behind one server (not yet listening). */
export async function createApplication({
  settings,
  keys,
  databaseUrl,
  log,
  clock = systemClock,
}: ApplicationOptions): Promise<Application> {
  const bringUpToDate = () => migrate({ adminUrl: databaseUrl, passwords: keys.database });
  const roles = await bringUpToDate();
  const database = new Database({
    url: urlForRole(databaseUrl, roles.application, keys.database.application),
    roles,
    clock,
  });
  const services: Services = {
    settings,
    keys,
    database,
    clock,
    log,
    deliveryUrl: urlForRole(databaseUrl, roles.delivery, keys.database.delivery),
    assets: loadAssets(ASSETS),
  };
  const doors: Doors = {
    principalOf: (request) =>
      isSeatAddress(request.url) ? seatPrincipalOf(services, request) : principalOf(services, request),
    shellFor,
    askToLogIn: (request) => askToLogIn(services, request),
    keptFields,
    keepForm: (request, personId) => keepForm(services, request, personId),
    afterAct: renewWhereRolesChanged,
  };
  // The demonstration uses them already.
  joinDecisionEffects([...centreEffects, reasonableAdjustment]);
  joinCandidatePicker(candidatePicker);
  joinCandidateMergers([interestsMerger, sittingsMerger, certificatesCandidateMerger]);
  if (settings.demo) {
    await fillOnce(databaseUrl, {
      isEmpty: () => isEmpty(services),
      fill: async () => {
        for (const system of SYSTEMS) await system.demonstrate?.(services);
      },
      migrate: async () => void (await bringUpToDate()),
    });
  }
  joinPersonMergers([
    productsMerger,
    centresHubMerger,
    webPortalMerger,
    assessmentsMerger,
    certificatesMerger,
    noticesMerger,
  ]);
  joinArrangementFollowers([followArrangement]);
  joinProductContributions({ standingOf, inProgress: registrationsOfProduct });
  joinCandidateContributions({
    candidateSections: [candidateTests, certificateSections],
    unitSteps: [testSteps],
    claimStep: [claimStep],
    choiceFixed: [choiceFixedByClaim],
  });
  joinTimeLines([testEvents, certificateEvents, requestEvents]);
  joinContributions({
    attention: [
      centresHubAttention,
      centreMattersAttention,
      competenceAttention,
      webPortalAttention,
      assessmentAttention,
      certificatesAttention,
    ],
    testsToday: [testsToday],
    own: [ownRegistrations, ownTestsCard, ownCertificatesCard],
    systemLinks: [clientLinks],
  });
  joinOwnData([ownAccountData, ownStaffData, ownCandidateData, ownTestData, ownCertificateData]);
  joinSearchables([
    searchableCandidates,
    searchableUsers,
    searchableOwnCertificates,
    searchableCertificates,
    searchableCentres,
    searchableProducts,
    searchableItemBanks,
    searchableTestForms,
    searchableSections,
  ]);
  joinWithdrawalObstacles([registrationsInTheWay, testsInTheWay, claimsInTheWay]);
  joinBuiltUpon([sittingsBookedUpon, claimedUpon]);
  joinRegistrationEnders([sittingsEnder, claimsEnder]);
  joinCertified(certified);
  joinGoverned(SYSTEMS.flatMap(({ governedBy = [] }) => governedBy));
  const app = await createServer(services, doors, hasMailbox(settings) ? [...SYSTEMS, mailbox] : SYSTEMS);
  const jobs = startPlatformJobs(services);
  const running = await Promise.all(SYSTEMS.map((system) => system.start?.(services)));
  return {
    app,
    services,
    whoCanLogIn: await whoCanLogIn(services),
    close: async () => {
      await app.close();
      await Promise.all([jobs, ...running].map((work) => work?.stop()));
      await database.close();
    },
  };
}

/** Nobody has an account yet. */
async function isEmpty(services: Services): Promise<boolean> {
  const somebody = await services.database.read(SYSTEM, ({ db }) =>
    db.selectFrom('accounts.people').select('id').limit(1).executeTakeFirst(),
  );
  return somebody === undefined;
}
