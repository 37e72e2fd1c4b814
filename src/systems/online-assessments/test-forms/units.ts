import type { Reader } from '#platform/database/database.ts';
import { allProducts, currentVersion, unitsOf } from '#products';

/** A unit that is assessed by an online test, as forms name it. */
export interface TestableUnit {
  readonly productId: string;
  readonly productCode: string;
  readonly unitCode: string;
  readonly title: string;
}

/** The units of the current versions of all products that are assessed by an online test. */
export async function testableUnits(reader: Reader): Promise<TestableUnit[]> {
  const units: TestableUnit[] = [];
  for (const product of await allProducts(reader)) {
    const version = await currentVersion(reader, product.id);
    if (!version) continue;
    for (const unit of await unitsOf(reader, version.id)) {
      if (unit.assessedBy !== 'online_test') continue;
      units.push({ productId: product.id, productCode: product.code, unitCode: unit.code, title: unit.title });
    }
  }
  return units;
}

/** "ARH, ARH-1: Handling of refrigerants". */
export const unitInWords = (unit: Pick<TestableUnit, 'productCode' | 'unitCode' | 'title'>) =>
  `${unit.productCode}, ${unit.unitCode}: ${unit.title}`;
