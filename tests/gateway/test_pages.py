import base64
import hashlib

from tests.fakes.chat import RunningGateway, running_gateway


async def test_the_shop_page_and_its_files_are_served(gateway: RunningGateway):
    page = await gateway.http.get("/")
    script = await gateway.http.get("/assets/widget/order-assistant.js")
    assert page.headers["content-type"].startswith("text/html")
    assert script.headers["content-type"].startswith("text/javascript")


async def test_nothing_outside_the_page_is_served(gateway: RunningGateway):
    for path in ("/assets/", "/assets/widget/../../pyproject.toml", "/assets/widget/%2e%2e/x"):
        assert (await gateway.http.get(path)).status_code == 404


async def test_the_page_offers_signing_in_only_where_a_demo_shop_is(
    gateway: RunningGateway, redis_url: str
):
    without = await gateway.http.get("/shop-settings.json")
    async with running_gateway(redis_url, demo_shop_url="http://127.0.0.1:8800") as demo:
        with_shop = await demo.http.get("/shop-settings.json")
    assert without.json() == {"demo_shop_url": None}
    assert with_shop.json() == {"demo_shop_url": "http://127.0.0.1:8800"}
    assert (
        "connect-src 'self' http://127.0.0.1:8800" in with_shop.headers["Content-Security-Policy"]
    )


async def test_the_page_names_the_hash_of_the_script_that_is_served(gateway: RunningGateway):
    page = await gateway.http.get("/")
    told = (await gateway.http.get("/widget.json")).json()
    script = await gateway.http.get(told["script"])
    digest = base64.b64encode(hashlib.sha384(script.content).digest()).decode()
    assert told["integrity"] == f"sha384-{digest}"
    assert f'src="{told["script"]}"' in page.text
    assert f'integrity="{told["integrity"]}"' in page.text


async def test_no_browser_uses_an_older_script_without_asking(gateway: RunningGateway):
    script = await gateway.http.get("/assets/widget/order-assistant.js")
    assert script.headers["cache-control"] == "no-cache"


async def test_a_shop_elsewhere_may_load_the_script_and_check_its_hash(redis_url: str):
    async with running_gateway(redis_url, cors_allow_origins="https://shop.example") as gateway:
        script = await gateway.http.get(
            "/assets/widget/order-assistant.js", headers={"Origin": "https://shop.example"}
        )
    assert script.headers["access-control-allow-origin"] == "https://shop.example"
