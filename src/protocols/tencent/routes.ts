// From version and action on the wire to the action of the catalogue. The version tells the product: clients' scopes do
// not (an SDK that is pointed at an address takes the product for "127").

import type { ActionDefinition } from '../../core/action.ts';
import { Fault } from '../../domain/fault.ts';
import { compileShape, type StructShape } from './shape.ts';
import { PRODUCTS, type Product, WIRE_ACTIONS, type WireAction } from './wire-actions.ts';

export interface Route {
  readonly wire: WireAction;
  readonly definition: ActionDefinition;
  readonly shape: StructShape;
}

/** Throws version_unknown or action_unknown; `hint` is what the client takes the product for. */
export type FindRoute = (version: string, action: string, hint: string) => Route;

const DETAIL_MAX_LENGTH = 64;

export function createRoutes(definitions: readonly ActionDefinition[]): FindRoute {
  const byName = new Map(definitions.map((definition) => [definition.name, definition]));
  const routes = new Map<string, Route>();
  for (const wire of WIRE_ACTIONS) {
    const definition = byName.get(wire.action);
    if (definition === undefined) continue;
    routes.set(`${wire.version}/${wire.name}`, { wire, definition, shape: compileShape(definition, wire) });
  }
  const products = new Map(
    Object.entries(PRODUCTS).map(([product, version]) => [version as string, product]),
  );

  return (version, action, hint) => {
    const route = routes.get(`${version}/${action}`);
    if (route !== undefined) return route;
    const product = products.get(version);
    const shown = { version: cut(version), service: cut(product ?? guessProduct(action, hint)) };
    if (product === undefined) throw new Fault('version_unknown', shown);
    throw new Fault('action_unknown', { ...shown, value: cut(action) });
  };
}

function guessProduct(action: string, hint: string): string {
  const known: Product | undefined = WIRE_ACTIONS.find(({ name }) => name === action)?.product;
  return known ?? hint;
}

function cut(text: string): string {
  return text.slice(0, DETAIL_MAX_LENGTH);
}
