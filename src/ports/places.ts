// Things that are in hand for a short time, each in a place that is used again. A Map or Set that things pass through would keep
// them alive: each time it grows or shrinks it leaves a table behind, and the collector of young objects takes what such a table
// names for living once it is old.

export interface Places<Thing> {
  /** Answers its place. */
  put(thing: Thing): number;
  at(place: number): Thing | undefined;
  /** Frees the place; undefined where nothing is. */
  take(place: number): Thing | undefined;
  /** In no order. */
  all(): Thing[];
  readonly size: number;
}

export function createPlaces<Thing extends object>(): Places<Thing> {
  const things: (Thing | undefined)[] = [];
  const free: number[] = [];
  return {
    put(thing) {
      const place = free.pop() ?? things.length;
      things[place] = thing;
      return place;
    },
    at: (place) => things[place],
    take(place) {
      const thing = things[place];
      if (thing === undefined) return undefined;
      things[place] = undefined;
      free.push(place);
      return thing;
    },
    all: () => things.filter((thing) => thing !== undefined),
    get size() {
      return things.length - free.length;
    },
  };
}
