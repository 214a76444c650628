// The operator's links: a GET or HEAD looks, a POST gives the verdict, once or twice alike.
import { type Context, Hono } from "hono";
import { answerQuestion, type Question, readQuestion } from "../flows/ask-operator.ts";
import type { Ports } from "../flows/ports.ts";
import { dossiersOf, itemsOf } from "./look-up.ts";
import { badQuestionPage, questionPage } from "./pages/operator-pages.ts";

export function operatorRoutes(ports: Ports): Hono {
  const app = new Hono();
  app.use("/operator", async (c, next) => {
    await next();
    c.header("Cache-Control", "no-store");
    c.header("Referrer-Policy", "no-referrer");
    c.header("X-Robots-Tag", "noindex");
  });
  const tokenOf = (c: Context): string => c.req.query("token") ?? "";
  const show = async (c: Context, question: Question) => {
    if (question.kind !== "good")
      return c.html(badQuestionPage(question.kind), question.kind === "bad" ? 400 : 410);
    const { stored } = question;
    const { dossier, item } = stored.event;
    const [dossiers, items] = await Promise.all([
      dossiersOf(ports, [stored]),
      itemsOf(ports, [stored]),
    ]);
    const known = dossiers.get(dossier) ?? { title: dossier, jurisdiction: "INT" };
    return c.html(questionPage(tokenOf(c), question, known, items.get(item) ?? null));
  };
  app.get("/operator", async (c) => show(c, await readQuestion(ports, tokenOf(c))));
  app.post("/operator", async (c) => show(c, await answerQuestion(ports, tokenOf(c))));
  return app;
}
