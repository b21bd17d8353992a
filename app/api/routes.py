"""The route of lists: a query that is right is read once, straight into its model.

FastAPI reads each of a list's parameters on its own, which costs more than the page of articles itself. Only
what is wrong in a query goes that way, so that one place tells what is wrong.
"""

from collections.abc import Callable, Coroutine
from typing import Any

from fastapi import Request
from fastapi.dependencies.models import Dependant
from fastapi.responses import Response
from fastapi.routing import APIRoute
from pydantic import BaseModel, ValidationError

from app.api.dependencies import LONGEST_KEY
from app.api.strictness import Accepted, accepted_parameters, pairs_of, refuse_unclear_query, unclear

Handler = Callable[[Request], Coroutine[Any, Any, Response]]


class QueryRoute(APIRoute):
    """A route that is quick when its handler takes one model of all parameters, `query`, beside the request
    and what the path names, and depends on nothing but the check of unclear queries.
    """

    def get_route_handler(self) -> Handler:
        """Return the handler: the quick way for what is right, FastAPI's own for the rest."""
        usual = super().get_route_handler()
        model = _model(self.dependant)
        if model is None:
            return usual
        endpoint = self.endpoint

        async def handle(request: Request) -> Response:
            named = request.path_params
            query = _read(request.scope["query_string"], model, accepted_parameters(self))
            if query is None or any(len(value) > LONGEST_KEY for value in named.values()):
                return await usual(request)
            response: Response = await endpoint(request=request, query=query, **named)
            return response

        return handle


def _model(dependant: Dependant) -> type[BaseModel] | None:
    """Return the model of all parameters, null for a handler that needs more than it and its path."""
    more = (dependant.header_params, dependant.cookie_params, dependant.body_params)
    if any(more) or any(each.call is not refuse_unclear_query for each in dependant.dependencies):
        return None
    if any(field.field_info.annotation is not str for field in dependant.path_params):
        return None
    models = [field for field in dependant.query_params if field.name == "query"]
    annotation = models[0].field_info.annotation if models == dependant.query_params and models else None
    return annotation if isinstance(annotation, type) and issubclass(annotation, BaseModel) else None


def _read(raw: bytes, model: type[BaseModel], accepted: Accepted) -> BaseModel | None:
    """Return the query as its model, null when anything is wrong with it."""
    pairs = pairs_of(raw)
    if pairs and unclear(pairs, accepted):
        return None
    values: dict[str, Any] = {}
    for name, value in pairs:
        if name in accepted.repeatable:
            values.setdefault(name, []).append(value)
        else:
            values[name] = value
    try:
        return model.model_validate(values)
    except ValidationError:
        return None
