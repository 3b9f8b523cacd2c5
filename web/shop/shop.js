/** What the demonstration shop adds to its page: the button, and signing in as a made-up customer. */

const chat = document.querySelector("order-assistant");
const account = document.querySelector(".account");
const choice = document.querySelector("#customer");
const CHOSEN = "shop-customer";

document.querySelector("#ask").addEventListener("click", () => chat.open());
choice.addEventListener("change", () => signIn(choice.value));

/** The shop's own session: who was chosen is kept while the tab is open, as the chat's is. */
async function signIn(customerId) {
  sessionStorage.setItem(CHOSEN, customerId);
  chat.setCustomerToken(customerId ? await tokenOf(customerId) : "");
  chat.open();
}

async function tokenOf(customerId) {
  const answer = await fetch(`${shopUrl}/sandbox/customer-tokens`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ customer_id: customerId }),
  });
  return (await answer.json()).token;
}

async function offerCustomers() {
  const { customers } = await (await fetch(`${shopUrl}/sandbox/customers`)).json();
  const named = customers.map(({ customer_id: id, given_name: name }) => new Option(`${name} (${id})`, id));
  choice.replaceChildren(new Option("nobody", ""), ...named);
  choice.value = sessionStorage.getItem(CHOSEN) ?? "";
  account.hidden = false;
}

const { demo_shop_url: shopUrl } = await (await fetch("/shop-settings.json")).json();
if (shopUrl) await offerCustomers();
