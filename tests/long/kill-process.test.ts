// The whole process killed three hundred times, over as many feeds as the built-in catalogue has.
process.env["KILLS"] = "300";
process.env["KILL_FEEDS"] = "140";
await import("../crash/kill-process.test.ts");
