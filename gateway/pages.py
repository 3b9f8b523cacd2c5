"""The shop page with the chat on it, its files, and what other shops need to embed the chat."""

import base64
import hashlib
from functools import cache
from pathlib import Path
from typing import Any

from fastapi import APIRouter, FastAPI
from fastapi.responses import HTMLResponse, Response
from fastapi.staticfiles import StaticFiles
from pydantic import BaseModel

from gateway.services import Provided

WEB = Path(__file__).parent.parent / "web"
WIDGET = WEB / "widget" / "dist"
SHOWN_FOLDERS = {
    "shop": WEB / "shop",
    "widget": WIDGET,
    "knowledge": WEB / "knowledge",
    "insights": WEB / "insights",
}
SCRIPT = "/assets/widget/order-assistant.js"
NO_CACHE = {"Cache-Control": "no-cache"}

router = APIRouter(include_in_schema=False)


class ShopSettings(BaseModel):
    """What the page has to know before it starts."""

    demo_shop_url: str | None


class Embedding(BaseModel):
    """The chat's script and the hash by which a browser makes sure that it is this one."""

    script: str
    integrity: str


class CheckedFiles(StaticFiles):
    """Files that a browser asks about before it uses its copy.

    A page names the hash of its script: an older copy of the script would be refused.
    """

    def file_response(self, *args: Any, **kwargs: Any) -> Response:  # noqa: ANN401 - Starlette's
        """Return the file, not to be used later without asking."""
        response = super().file_response(*args, **kwargs)
        response.headers.update(NO_CACHE)
        return response


@cache
def integrity() -> str:
    """Return the script's hash as Subresource Integrity writes it."""
    digest = hashlib.sha384((WIDGET / "order-assistant.js").read_bytes()).digest()
    return f"sha384-{base64.b64encode(digest).decode()}"


@cache
def _shop_page() -> str:
    page = (WEB / "shop" / "index.html").read_text(encoding="utf-8")
    return page.replace("{{integrity}}", integrity())


@router.get("/")
async def shop_page() -> HTMLResponse:
    """Return the shop page."""
    return HTMLResponse(_shop_page(), headers=NO_CACHE)


@router.get("/widget.json")
async def embedding() -> Embedding:
    """Return what a shop's script tag has to say."""
    return Embedding(script=SCRIPT, integrity=integrity())


@router.get("/shop-settings.json")
async def shop_settings(services: Provided) -> ShopSettings:
    """Return the page's settings; without a demo shop nobody can sign in as somebody."""
    return ShopSettings(demo_shop_url=services.settings.demo_shop_origin)


def add_pages(app: FastAPI) -> None:
    """Serve the page and the folders of `web/` that belong to it."""
    app.include_router(router)
    for name, folder in SHOWN_FOLDERS.items():
        app.mount(f"/assets/{name}", CheckedFiles(directory=folder, check_dir=False), name=name)
