// The crash test again, at every single request instead of every ninth.
process.env["EVERY_STEP"] = "1";
await import("../crash/crash.test.ts");
