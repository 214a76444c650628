import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { expect, it } from "vitest";
import { LocalSettings } from "../../shared/settings.ts";

const operating = readFileSync(resolve(import.meta.dirname, "../../docs/operating.md"), "utf8");

it.each(Object.keys(LocalSettings.shape))("tells operators what %s means", (name) => {
  const row = operating
    .split("\n")
    .find((line) => line.startsWith("| ") && line.includes(`\`${name}\``));

  expect(row).toBeDefined();
});

it("gives operators a unit that systemd can enable, and that starts what there is", () => {
  const unit =
    operating.match(/^ {4}\[Unit\]\n(?:(?: {4}.*)?\n)+/m)?.[0].replace(/^ {4}/gm, "") ?? "";
  const door = /^ExecStart=\/usr\/bin\/node (\S+) start$/m.exec(unit)?.[1] ?? "";

  expect(unit).toMatch(/^\[Install\]\nWantedBy=multi-user\.target$/m);
  expect(unit).toMatch(/^\[Service\]$/m);
  expect(existsSync(resolve(import.meta.dirname, "../..", door)) && door !== "").toBe(true);
});
