import { expect, test } from "vitest";
import { isPublicAddress } from "../../shared/feeds/guard-address.ts";

const REFUSED = [
  "10.0.0.1",
  "172.16.0.1",
  "172.31.255.255",
  "192.168.0.1",
  "100.64.0.1",
  "100.127.255.254",
  "127.0.0.1",
  "127.255.255.255",
  "0.0.0.0",
  "169.254.169.254",
  "192.0.0.8",
  "198.18.0.1",
  "224.0.0.1",
  "255.255.255.255",
  "::",
  "::1",
  "::127.0.0.1",
  "::ffff:a9fe:a9fe",
  "::ffff:127.0.0.1",
  "::FFFF:10.0.0.1",
  "fe80::1%eth0",
  "fec0::1",
  "fd00::1",
  "ff02::2",
  "64:ff9b::a00:1",
  "64:ff9b:1::1",
  "2002:a00:1::1",
  "2001:0:4136:e378:8000:63bf:3fff:fdd2",
  "2001:db8::1",
  "100::1",
  "",
  "localhost",
  "2130706433",
];
const ALLOWED = [
  "8.8.8.8",
  "100.63.255.254",
  "100.128.0.1",
  "172.15.255.255",
  "172.32.0.1",
  "192.167.255.255",
  "2001:4860:4860::8888",
  "64:ff9c::1",
  "::ffff:8.8.8.8",
  "2606:4700::1111",
];

test.each(REFUSED)("a feed cannot make the poller dial %s", (address) => {
  expect(isPublicAddress(address)).toBe(false);
});

test.each(ALLOWED)("a feed on the public address %s is polled", (address) => {
  expect(isPublicAddress(address)).toBe(true);
});
