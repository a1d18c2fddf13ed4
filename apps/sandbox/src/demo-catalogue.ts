import { checkDigit } from '#canonical/gtin';
import type { ContractPriceDto, CustomerDto, ItemDto } from '#contracts/reference/reference.dto';

/** A small gift wholesaler: what the simulated ERP and warehouses hold when the demo starts. */
interface CatalogueRow {
  readonly sku: string;
  readonly description: string;
  readonly price: string;
  readonly weightKg: string;
  /** Base units in a case. */
  readonly caseOf: number;
  readonly north: number;
  readonly south: number;
}

const row = (
  sku: string,
  description: string,
  price: string,
  weightKg: string,
  caseOf: number,
  north: number,
  south: number,
): CatalogueRow => ({
  sku,
  description,
  price,
  weightKg,
  caseOf,
  north,
  south,
});

const ROWS: readonly CatalogueRow[] = [
  row('MUG-BLUE', 'Stoneware mug, blue', '4.25', '0.35', 12, 1_200, 600),
  row('MUG-GREEN', 'Stoneware mug, green', '4.25', '0.35', 12, 900, 300),
  row('TEAPOT-STONE', 'Stoneware teapot 1.2 l', '18.50', '1.1', 4, 80, 0),
  row('BOWL-OAT', 'Oat breakfast bowl', '3.60', '0.4', 12, 640, 240),
  row('PLATE-OAT', 'Oat dinner plate', '5.10', '0.6', 12, 720, 240),
  row('CANDLE-PINE', 'Pine candle 220 g', '6.75', '0.3', 6, 300, 420),
  row('CANDLE-CITRUS', 'Citrus candle 220 g', '6.75', '0.3', 6, 500, 420),
  row('CANDLE-AMBER', 'Amber candle 220 g', '6.75', '0.3', 6, 260, 180),
  row('LANTERN-BRASS', 'Brass lantern, hand-finished', '32.00', '1.8', 2, 300, 0),
  row('LANTERN-STEEL', 'Steel storm lantern', '21.00', '1.4', 2, 220, 90),
  row('FRAME-OAK-A4', 'Oak frame A4', '9.40', '0.7', 6, 410, 150),
  row('FRAME-OAK-A3', 'Oak frame A3', '13.20', '1.1', 6, 230, 150),
  row('CUSHION-LINEN', 'Linen cushion 45 cm', '11.80', '0.5', 6, 350, 0),
  row('THROW-WOOL', 'Wool throw 130 × 180', '28.00', '1.2', 4, 160, 60),
  row('APRON-STRIPE', 'Striped apron', '8.90', '0.25', 10, 480, 200),
  row('TOWEL-TEA-3', 'Tea towels, set of three', '7.20', '0.3', 20, 900, 400),
  row('NAPKIN-LINEN-4', 'Linen napkins, set of four', '10.50', '0.2', 20, 330, 120),
  row('TRAY-BIRCH', 'Birch tray', '12.30', '0.8', 8, 270, 100),
  row('BOARD-OLIVE', 'Olive wood board', '15.75', '1.0', 8, 240, 80),
  row('SPOON-OLIVE', 'Olive wood spoon', '2.95', '0.06', 24, 1_400, 600),
  row('CLOCK-STATION', 'Station wall clock', '24.00', '1.5', 4, 140, 60),
  row('BELL-BRASS', 'Brass door bell', '5.60', '0.3', 12, 520, 0),
  row('HOOK-IRON', 'Cast iron hook', '1.85', '0.2', 48, 2_400, 1_200),
  row('BASKET-WILLOW', 'Willow basket', '16.40', '0.9', 5, 190, 75),
  row('VASE-SMOKE', 'Smoked glass vase', '14.10', '0.8', 6, 310, 90),
  row('VASE-CLEAR', 'Clear glass vase', '12.60', '0.8', 6, 280, 120),
  row('CARD-BIRDS-10', 'Bird cards, pack of ten', '3.30', '0.1', 25, 1_000, 500),
  row('WRAP-FOREST', 'Forest wrapping paper, 5 m', '2.40', '0.2', 25, 1_500, 750),
  row('RIBBON-RED', 'Red ribbon, 10 m', '1.95', '0.05', 50, 1_800, 900),
  row('STAR-PAPER-60', 'Paper star 60 cm', '4.80', '0.15', 10, 620, 300),
  row('LIGHTS-20', 'Fairy lights, 20 bulbs', '8.25', '0.3', 12, 700, 350),
  row('BAUBLE-GLASS-6', 'Glass baubles, box of six', '9.95', '0.25', 12, 460, 240),
  // A kit: it has no stock of its own.
  row('SET-TEA', 'Tea set: a stoneware teapot and four green mugs', '32.50', '2.5', 2, 0, 0),
];

/** A GTIN-13 of a made-up company prefix with the right check digit. */
function gtinOf(index: number): string {
  const digits = `506077${String(index + 1).padStart(6, '0')}`;
  return `${digits}${checkDigit(digits)}`;
}

export const DEMO_ITEMS: readonly ItemDto[] = ROWS.map((each, index) => ({
  sku: each.sku,
  description: each.description,
  status: 'ACTIVE',
  baseUnit: 'EA',
  packs: [{ unit: 'XCS', baseQuantity: String(each.caseOf) }],
  gtin: gtinOf(index),
  listPrice: { amount: each.price, currency: 'GBP' },
  weightKg: each.weightKg,
}));

export const DEMO_CUSTOMERS: readonly CustomerDto[] = [
  {
    id: 'HARBOUR-GIFTS',
    name: 'Harbour Gifts Ltd',
    status: 'ACTIVE',
    partner: 'harbour',
    currency: 'GBP',
    shipTos: [
      {
        id: 'BRISTOL',
        address: {
          name: 'Harbour Gifts Bristol',
          street: '1 Quay Street',
          city: 'Bristol',
          postalCode: 'BS1 4DJ',
          country: 'GB',
        },
      },
      {
        id: 'WHITBY',
        address: {
          name: 'Harbour Gifts Whitby',
          street: '8 Pier Road',
          city: 'Whitby',
          postalCode: 'YO21 3PU',
          country: 'GB',
        },
      },
    ],
  },
  {
    id: 'HARBOUR-BLOCKED',
    name: 'Harbour Outlet (closed)',
    status: 'BLOCKED',
    partner: 'harbour',
    currency: 'GBP',
    shipTos: [
      {
        id: 'OUTLET',
        address: { name: 'Harbour Outlet', street: '3 Dock Road', city: 'Hull', postalCode: 'HU1 1AA', country: 'GB' },
      },
    ],
  },
  {
    id: 'NORTHGATE',
    name: 'Northgate Stores',
    status: 'ACTIVE',
    partner: 'northgate',
    currency: 'GBP',
    shipTos: [
      {
        id: 'YORK',
        address: {
          name: 'Northgate York',
          street: '20 Coney Street',
          city: 'York',
          postalCode: 'YO1 9NA',
          country: 'GB',
        },
      },
    ],
  },
];

export const DEMO_PRICES: readonly ContractPriceDto[] = [
  { customer: 'HARBOUR-GIFTS', item: 'MUG-BLUE', price: { amount: '3.95', currency: 'GBP' }, validFrom: '2020-01-01' },
  {
    customer: 'HARBOUR-GIFTS',
    item: 'LANTERN-BRASS',
    price: { amount: '29.50', currency: 'GBP' },
    validFrom: '2020-01-01',
  },
];

/** Opening stock per warehouse installation, base units. */
export const DEMO_STOCK: Readonly<Record<'north' | 'south', readonly { item: string; quantity: string }[]>> = {
  north: ROWS.filter((each) => each.north > 0).map((each) => ({ item: each.sku, quantity: String(each.north) })),
  south: ROWS.filter((each) => each.south > 0).map((each) => ({ item: each.sku, quantity: String(each.south) })),
};
