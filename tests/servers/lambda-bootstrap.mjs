// What AWS's own runtime does with a bundle: asks for an invocation, calls the handler, hands back what it said.
const api = `http://${process.env.AWS_LAMBDA_RUNTIME_API}/2018-06-01/runtime`;
const { handler } = await import(`${process.env.LAMBDA_TASK_ROOT}/index.mjs`);

for (;;) {
  const next = await fetch(`${api}/invocation/next`);
  if (next.status !== 200) break;
  const id = next.headers.get("lambda-runtime-aws-request-id");
  const deadline = Number(next.headers.get("lambda-runtime-deadline-ms"));
  const context = { awsRequestId: id, getRemainingTimeInMillis: () => deadline - Date.now() };
  try {
    const result = await handler(await next.json(), context);
    await fetch(`${api}/invocation/${id}/response`, {
      method: "POST",
      body: JSON.stringify(result ?? null),
    });
  } catch (error) {
    const body = JSON.stringify({
      errorType: error?.name,
      errorMessage: String(error?.message),
      stackTrace: String(error?.stack),
    });
    await fetch(`${api}/invocation/${id}/error`, { method: "POST", body });
  }
}
process.exit(0);
