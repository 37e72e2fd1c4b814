import { randomInt } from 'node:crypto';

/** 256 short words that are hard to mistake for each other; four of them are one of 4,294,967,296 codes. */
const WORDS = `
able acorn actor amber angle ankle apple april apron arrow atlas attic autumn avenue badge baker
bamboo banner barley barrel basket beacon beaver bench bicycle biscuit blanket blossom bonnet border bottle boulder
bracket branch bridge bronze bucket buffer butter button cabin cable camel candle canvas carbon carpet castle
cedar cellar cement chalk channel cherry chimney circle clover cobalt coffee copper coral corner cotton cradle
cricket crystal curtain cushion dancer desert diamond dinner dolphin donkey dragon drawer eagle easel echo elbow
elder emerald engine escape fabric falcon farmer feather fender fern fiddle filter finger flannel flower forest
fossil fountain galaxy gallon garden garlic gasket ginger glacier glove goblet granite gravel guitar hammer hamper
harbour harvest hazel heather helmet heron hollow honey hunter icicle indigo island ivory jacket jasmine jersey
jigsaw juniper kernel kettle kitten ladder lagoon lantern laurel lemon lever linen lizard lobster locket magnet
mango maple marble marigold meadow melon mercury mirror mitten monsoon mosaic mustard napkin needle nettle nickel
nutmeg oasis ocean olive orange orbit orchard otter oyster paddle panther paper parcel parrot pebble pencil
pepper piano pigeon pillow pilot piston planet plaster pocket pollen poppy prairie pulley puzzle quartz quilt
rabbit radish raven ribbon river robin rocket rudder saddle saffron salmon sandal satin saturn scarlet season
shadow shovel shuttle signal silver siren sketch slate sparrow spindle spiral spruce squirrel stable starling stream
stove sugar summer sunset swallow table tailor tango teapot temple thimble thistle thunder ticket timber tractor trumpet
trophy tulip tunnel turbine turnip velvet violet walnut whistle willow window winter yellow zebra anchor`
  .trim()
  .split(/\s+/);

/** A new short code in words, such as "copper falcon meadow ticket". */
export function newWords(): string {
  return Array.from({ length: 4 }, () => WORDS[randomInt(WORDS.length)]).join(' ');
}
export const allWords: readonly string[] = WORDS;
