import type { Lot, Make } from './lot.ts';

type DemoLot = readonly [
  id: string,
  make: Make,
  model: string,
  year: number,
  start: number,
  reserve: number | null,
  minutes: number,
];

/** Euros and minutes from now. Some close while one watches, some within the hour, the rest within days. */
const demo: readonly DemoLot[] = [
  ['demo-01', 'Saab', '900 Turbo', 1989, 6_500, 9_000, 3],
  ['demo-02', 'Mini', 'Cooper S', 1967, 18_000, null, 5],
  ['demo-03', 'Volvo', 'Amazon 122S', 1966, 12_000, 15_500, 8],
  ['demo-04', 'Lancia', 'Delta HF Integrale', 1992, 48_000, 62_000, 15],
  ['demo-05', 'Citroen', 'DS 21 Pallas', 1970, 27_500, null, 30],
  ['demo-06', 'Land Rover', 'Series III', 1978, 9_000, 12_000, 60],
  ['demo-07', 'Porsche', '911 Carrera', 1986, 55_000, 70_000, 120],
  ['demo-08', 'Alfa Romeo', 'Spider Duetto', 1968, 32_000, null, 360],
  ['demo-09', 'Mazda', 'MX-5', 1991, 5_500, 8_000, 720],
  ['demo-10', 'Jaguar', 'E-Type', 1964, 90_000, 120_000, 1_440],
  ['demo-11', 'Toyota', 'Land Cruiser J40', 1980, 24_000, null, 2_880],
  ['demo-12', 'Tesla', 'Roadster', 2010, 60_000, 85_000, 4_320],
];

export const demoLots = (now: number): readonly Lot[] =>
  demo.map(([lotId, make, model, year, start, reserve, minutes]) => ({
    lotId,
    make,
    model,
    year,
    startPriceCents: start * 100,
    reservePriceCents: reserve === null ? null : reserve * 100,
    closesAt: now + minutes * 60_000,
    status: 'open',
    version: 0,
    highestBid: null,
  }));
