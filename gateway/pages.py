"""The shop page with the chat on it, and its files."""

from pathlib import Path

from fastapi import APIRouter, FastAPI
from fastapi.responses import FileResponse
from fastapi.staticfiles import StaticFiles
from pydantic import BaseModel

from gateway.services import Provided

WEB = Path(__file__).parent.parent / "web"
SHOWN_FOLDERS = ("shop", "chat", "knowledge")

router = APIRouter(include_in_schema=False)


class ShopSettings(BaseModel):
    """What the page has to know before it starts."""

    demo_shop_url: str | None


@router.get("/")
async def shop_page() -> FileResponse:
    """Return the shop page."""
    return FileResponse(WEB / "shop" / "index.html", headers={"Cache-Control": "no-cache"})


@router.get("/shop-settings.json")
async def shop_settings(services: Provided) -> ShopSettings:
    """Return the page's settings; without a demo shop nobody can sign in as somebody."""
    return ShopSettings(demo_shop_url=services.settings.demo_shop_origin)


def add_pages(app: FastAPI) -> None:
    """Serve the page and the folders of `web/` that belong to it."""
    app.include_router(router)
    for folder in SHOWN_FOLDERS:
        files = StaticFiles(directory=WEB / folder, check_dir=False)
        app.mount(f"/assets/{folder}", files, name=folder)
