// The crash test again, at every single request to a database that is served, where `npm test` takes every fifth call of one in its process.
process.env["EVERY_STEP"] = "1";
await import("../crash/crash.test.ts");
