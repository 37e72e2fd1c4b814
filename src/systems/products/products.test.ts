import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import { SYSTEM } from '#platform/permissions/principal.ts';
import { type PlainBrowser, startTestApplication, type TestApplication } from '#test/application.ts';
import { products } from '../../../content/demonstration/products.ts';
import { checkRule, currentVersion, productByCode, qualificationNumberWarning, unitsOf } from './index.ts';

let app: TestApplication;
let coordinator: PlainBrowser;
before(async () => {
  app = await startTestApplication();
  coordinator = await app.logIn('coordinator');
});
after(() => app?.close());

it('every demonstration product has a rule that its units fulfil and that nobody fulfils with nothing', async () => {
  await app.services.database.read(SYSTEM, async (reader) => {
    for (const { code } of products) {
      const product = await productByCode(reader, code);
      const version = product && (await currentVersion(reader, product.id));
      assert.ok(product && version, code);
      const units = await unitsOf(reader, version.id);
      const all = units.map((unit) => unit.code);
      assert.equal(checkRule(version.rule, units, all).satisfied, true, code);
      assert.equal(checkRule(version.rule, units, []).satisfied, false, code);
      assert.equal(version.totalQualificationTime, (version.credits ?? 0) * 10, code);
      if (product.qualificationNumber) assert.equal(qualificationNumberWarning(product.qualificationNumber), null);
      assert.equal(product.regulated, product.qualificationNumber !== null, code);
    }
  });
});

it('the diploma names the unit of the register', async () => {
  const { text } = await coordinator.get('/products/LVP');
  assert.match(text, /500\/9814\/7/);
  assert.match(text, /R\/601\/3719/);
  assert.match(text, /made up for this demonstration/);
});

it('the list filters, and shows what the centre is approved for', async () => {
  const found = await coordinator.get('/products?q=5006771');
  assert.match(found.text, /Automotive Refrigerant Handling/);
  assert.doesNotMatch(found.text, /Motorcycle/);
  const mine = await coordinator.get('/products?mine=yes');
  assert.match(mine.text, /Light Vehicle Maintenance and Repair Principles/);
  assert.doesNotMatch(mine.text, /Heavy Vehicle Maintenance/);
  assert.match((await coordinator.get('/products?q=zzz')).text, /No products match these filters/);
  const file = await coordinator.get('/products/export?level=3');
  assert.match(file.text, /500\/9815\/9/);
  assert.doesNotMatch(file.text, /600\/2587\/6/);
});

it('knows no other product, and is for staff', async () => {
  assert.equal((await coordinator.get('/products/XYZ')).status, 404);
  assert.equal((await app.browser().get('/products')).status, 303);
  const candidate = await app.logIn('candidate');
  assert.equal((await candidate.get('/products')).status, 403);
});
