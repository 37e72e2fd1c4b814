import { get } from '#platform/http/routes.ts';
import { exportProducts, listProducts } from './list-products/list-products.ts';
import { viewProduct } from './view-product/view-product.ts';

export const routes = [
  get('/products', 'products.view', listProducts),
  get('/products/export', 'products.view', exportProducts),
  get('/products/:code', 'products.view', viewProduct),
];
