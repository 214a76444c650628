// The learner's weights are the best there are, not merely some.
import fc from "fast-check";
import { expect, test } from "vitest";
import { minimize } from "../../shared/training/minimize.ts";

test("the least point of a bowl is found, however stretched and wherever it lies", () => {
  const axis = fc.record({
    at: fc.double({ min: -10, max: 10, noNaN: true }),
    steep: fc.double({ min: 0.1, max: 100, noNaN: true }),
  });
  fc.assert(
    fc.property(fc.array(axis, { minLength: 1, maxLength: 6 }), (axes) => {
      const point = new Float64Array(axes.length);
      minimize(
        (x, slope) => {
          let value = 0;
          for (const [index, { at, steep }] of axes.entries()) {
            const away = (x[index] ?? 0) - at;
            slope[index] = steep * away;
            value += (steep * away * away) / 2;
          }
          return value;
        },
        point,
        200,
      );
      for (const [index, { at }] of axes.entries()) expect(point[index]).toBeCloseTo(at, 3);
    }),
  );
});

test("a curved valley is followed to its end (Rosenbrock)", () => {
  const point = Float64Array.from([-1.2, 1]);
  minimize(
    (p, slope) => {
      const [x = 0, y = 0] = p;
      slope[0] = -2 * (1 - x) - 400 * x * (y - x * x);
      slope[1] = 200 * (y - x * x);
      return (1 - x) ** 2 + 100 * (y - x * x) ** 2;
    },
    point,
    200,
  );

  expect(point[0]).toBeCloseTo(1, 4);
  expect(point[1]).toBeCloseTo(1, 4);
});

test("a start that is the best already stays", () => {
  const point = Float64Array.from([3]);
  minimize(
    (p, slope) => {
      slope[0] = (p[0] ?? 0) - 3;
      return slope[0] ** 2 / 2;
    },
    point,
    10,
  );

  expect(point).toEqual(Float64Array.from([3]));
});
