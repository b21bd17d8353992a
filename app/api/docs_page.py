"""The documentation page: Swagger UI from our own files, so that it works with the network unplugged."""

from functools import cache
from importlib.resources import files

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from app.api.caching import FIXED
from app.api.error_handlers import nothing_at

# Nothing may come from, or go to, another server.
_CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
_ASSETS = {
    "docs.js": ("app.api", "text/javascript; charset=utf-8"),
    "swagger-ui-bundle.js": ("fastapi_offline", "text/javascript; charset=utf-8"),
    "swagger-ui.css": ("fastapi_offline", "text/css; charset=utf-8"),
    "favicon.png": ("fastapi_offline", "image/png"),
}

router = APIRouter(include_in_schema=False)


@router.get("/")
async def redirect_to_docs(request: Request) -> RedirectResponse:
    """Lead to the documentation."""
    path = f"{request.scope.get('root_path', '').rstrip('/')}/docs"
    return RedirectResponse(path, headers={"Cache-Control": FIXED})


@router.get("/docs")
async def get_docs() -> HTMLResponse:
    """Show the documentation."""
    headers = {
        "Cache-Control": FIXED,
        "Content-Security-Policy": _CONTENT_SECURITY_POLICY,
        "Referrer-Policy": "no-referrer",
    }
    return HTMLResponse(_read("app.api", "docs.html"), headers=headers)


@router.get("/docs/assets/{name}")
async def get_docs_asset(request: Request, name: str) -> Response:
    """Hand out a file of the page."""
    if name not in _ASSETS:
        raise nothing_at(request.scope)
    package, media_type = _ASSETS[name]
    return Response(_read(package, name), headers={"Cache-Control": FIXED}, media_type=media_type)


@cache
def _read(package: str, name: str) -> bytes:
    return files(package).joinpath("static", name).read_bytes()
