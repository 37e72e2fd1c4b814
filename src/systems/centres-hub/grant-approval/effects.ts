import { dayInLondon } from '#platform/clock/day-in-london.ts';
import { NotFound, Refused } from '#platform/http/answers.ts';
import { centreById } from '../centres/centres.ts';
import { changeOfCentreDetails } from '../changes-of-weight/effect.ts';
import { answerList } from '../forms/definition.ts';
import type { DecisionEffect } from '../requests/decision-effects.ts';
import { setUpEportfolio } from '../set-up-eportfolio/set-up-eportfolio.ts';
import { grantApproval } from './grant.ts';

/**
 * Approves the centre for the product of the request from the day of the decision on. A new product starts without direct
 * claims: an external quality assurer looks at claims until somebody grants them.
 */
const productApproval: DecisionEffect = {
  name: 'product-approval',
  description: 'Approves the centre for the product: it is open for registration at once',
  needs: {
    product: ['any_product'],
    staff: ['staff_member'],
    site: ['site'],
    samplingStrategy: ['long_text', 'file'],
    resources: ['long_text', 'file'],
  },
  apply: async (writer, { centreId, answers }) => {
    const centre = await centreById(writer, centreId);
    if (!centre) throw new NotFound();
    const [productId] = answerList(answers, 'product');
    if (!productId) throw new Refused('The request names no product. Ask the centre which one it wants');
    try {
      const { product } = await grantApproval(writer, centre, {
        productId,
        approvedFrom: dayInLondon(writer.now),
        lastRegistrationOn: null,
        lastCertificationOn: null,
        directClaims: false,
      });
      return `${centre.name} is approved for ${product.title} and can register candidates at once. Claims are looked at by an external quality assurer first.`;
    } catch (error) {
      // The field of the other page does not exist on the page of the decision.
      if (error instanceof Refused) throw new Refused(error.message);
      throw error;
    }
  },
};

/** Sets the centre up for ePortfolio. */
const eportfolioSetUpEffect: DecisionEffect = {
  name: 'eportfolio-set-up',
  description: 'Sets the centre up for ePortfolio: it appears in System Access at once',
  needs: {},
  apply: async (writer, { centreId }) => {
    await setUpEportfolio(writer, centreId);
    return 'The centre is set up for ePortfolio.';
  },
};

/** What the decisions of Centres Hub's own forms about a centre do. */
export const centreEffects: readonly DecisionEffect[] = [productApproval, eportfolioSetUpEffect, changeOfCentreDetails];
