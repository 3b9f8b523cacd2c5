// The mock of commercetools on a free loopback port, whose address is the first line printed.
// Under /control tests put orders in as they are, and withdraw the tokens that were given out.
import { CommercetoolsMock } from "@labdigital/commercetools-mock";

const mock = new CommercetoolsMock({
  enableAuthentication: true,
  validateCredentials: true,
  defaultProjectKey: "kmart",
  strict: true,
});

mock.app.post("/control/:project/:kind", async (request) => {
  const { project, kind } = request.params;
  await mock.project(project).unsafeAdd(kind, request.body);
  return {};
});
mock.app.delete("/control/everything", async () => {
  await mock.clear();
  return {};
});
mock.app.delete("/control/tokens", async () => {
  mock.authStore().tokens.length = 0;
  return {};
});

console.log(await mock.app.listen({ host: "127.0.0.1", port: 0 }));
