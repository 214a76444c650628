// `cdk synth` and `cdk deploy`: bundles the functions, builds the stack, and checks it against the rules of two packs.
import { join } from "node:path";
import { App, Validations } from "aws-cdk-lib";
import { AwsSolutionsChecks, ServerlessChecks } from "cdk-nag";
import { CommonSettings, readSettings } from "../shared/settings.ts";
import { acknowledge } from "./acknowledged.ts";
import { bundleFunctions } from "./bundle-functions.ts";
import { BackdoorWatch } from "./stack.ts";

const bundles = join(import.meta.dirname, "../dist/functions");
bundleFunctions(bundles);

const app = new App();
const context = (name: string): string | undefined => {
  const value: unknown = app.node.tryGetContext(name);
  return typeof value === "string" && value !== "" ? value : undefined;
};
const mailDomain = context("mailDomain");
if (mailDomain === undefined)
  throw new Error(
    "context mailDomain: the domain that mail comes from, as in -c mailDomain=watch.example.org",
  );
// What the functions would refuse at each call is refused before anything is deployed.
const { PUBLIC_URL: publicUrl } = readSettings(CommonSettings.pick({ PUBLIC_URL: true }), {
  PUBLIC_URL: context("publicUrl"),
});
const stack = new BackdoorWatch(app, context("stackName") ?? "BackdoorWatch", {
  mailDomain,
  contactUrl: context("contactUrl") ?? `https://${mailDomain}`,
  operatorEmail: context("operatorEmail"),
  publicUrl,
  resumeAfter: context("resumeAfter"),
  restoredTable: context("restoredTable"),
  bundles,
});
Validations.of(app).addPlugins(new AwsSolutionsChecks(app), new ServerlessChecks(app));
acknowledge(stack);
