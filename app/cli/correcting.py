"""`dateline correct`, `speakers`, `organizations` and `corrections`: a person puts the record right."""

import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from app.cli.jobs import patiently, prepared
from app.cli.running import CommandError, errors_in_words, existing_database, read_settings
from app.ingestion.decisions import UNDOING, Action, Decision

if TYPE_CHECKING:
    from app.domain.corrections import Correction, State
    from app.ingestion.correcting import Taken


def _given(context: typer.Context, option: typer.CallbackParam, value: str | None) -> str | None:
    """Return an option in one line. Raises BadParameter when it is given and empty."""
    if value is None or context.resilient_parsing:
        return value
    if not (words := " ".join(value.split())):
        raise typer.BadParameter(EMPTY, param_hint=option.opts[0])
    return words


EMPTY = "who decides and why is kept: it must not be empty"
WHO = typer.Option("--by", help="Who decides.", callback=_given)
REASON = typer.Option("--why", help="The reason.", callback=_given)
By = Annotated[str, WHO]
Why = Annotated[str, REASON]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Tell what would change, and change nothing.")]
Articles = Annotated[
    list[str] | None, typer.Option("--article", help="Key or address of an article. Repeatable.")
]

speakers = typer.Typer(help="Who is who among speakers.", no_args_is_help=True)
organizations = typer.Typer(help="Which organizations are one.", no_args_is_help=True)


def correct(
    statement: Annotated[
        str | None, typer.Argument(help="Public key of a statement, as its address ends.")
    ] = None,
    *,
    speaker: Annotated[
        list[str] | None,
        typer.Option("--speaker", help="Slug of who said it, or `none`. Repeatable for joint statements."),
    ] = None,
    new_speaker: Annotated[
        list[str] | None, typer.Option("--new-speaker", help="Name of a person who said it. Repeatable.")
    ] = None,
    retract: Annotated[bool, typer.Option("--retract", help="It is no statement.")] = False,
    confirm: Annotated[bool, typer.Option("--confirm", help="It is right as it stands.")] = False,
    undo: Annotated[bool, typer.Option("--undo", help="Undo the correction in force.")] = False,
    file: Annotated[
        str | None, typer.Option("--file", help="CSV of many decisions; - for standard input.")
    ] = None,
    dry_run: DryRun = False,
    by: Annotated[str | None, WHO] = None,
    why: Annotated[str | None, REASON] = None,
) -> None:
    """Put right who said a statement, or many from a file: all of them, or none where one is wrong."""
    chosen = {
        Action.SPEAKER: bool(speaker or new_speaker),
        Action.RETRACT: retract,
        Action.CONFIRM: confirm,
        Action.UNDO: undo,
    }
    actions = [action for action, is_given in chosen.items() if is_given]
    if file is not None:
        if statement is not None or actions:
            raise typer.BadParameter("a file says itself what is decided", param_hint="--file")
        _correct_many(file, by=by, why=why, dry_run=dry_run)
        return
    if statement is None:
        raise typer.BadParameter("name a statement, or a --file", param_hint="STATEMENT")
    if len(actions) != 1:
        given = "--speaker or --new-speaker, --retract, --confirm, --undo"
        raise typer.BadParameter(f"one of {given} is needed, and only one")
    targets = tuple(speaker or ())
    if "none" in targets and (len(targets) > 1 or new_speaker):
        raise typer.BadParameter("`none` and somebody else exclude each other", param_hint="--speaker")
    _take_one(
        Decision(
            action=actions[0],
            subject=statement,
            targets=targets,
            names=tuple(new_speaker or ()),
            by=_needed(by, "--by"),
            why=_needed(why, "--why"),
        ),
        dry_run=dry_run,
    )


@speakers.command("merge")
def merge_speakers(speaker: str, into: str, *, by: By, why: Why, dry_run: DryRun = False) -> None:
    """Let one speaker be another one from now on: SPEAKER becomes INTO, in articles to come too."""
    merge = Decision(action=Action.MERGE_SPEAKERS, subject=speaker, targets=(into,), by=by, why=why)
    _take_one(merge, dry_run=dry_run)


@speakers.command("split")
def split_speaker(
    speaker: str,
    *,
    articles: Articles = None,
    into: Annotated[str | None, typer.Option("--into", help="Slug of who it is in these articles.")] = None,
    into_new: Annotated[
        str | None, typer.Option("--into-new", help="Name of a new person who it is in these articles.")
    ] = None,
    by: By,
    why: Why,
    dry_run: DryRun = False,
) -> None:
    """Let a person be another one in some articles: two people were taken for one."""
    if (into is None) is (into_new is None):
        raise typer.BadParameter("one of --into and --into-new is needed, and only one")
    if not articles:
        raise typer.BadParameter("name the articles in which it is another one", param_hint="--article")
    _take_one(
        Decision(
            action=Action.SPLIT_SPEAKER,
            subject=speaker,
            targets=() if into is None else (into,),
            names=() if into_new is None else (into_new,),
            articles=tuple(articles),
            by=by,
            why=why,
        ),
        dry_run=dry_run,
    )


@speakers.command("undo")
def undo_speaker(
    speaker: str, *, articles: Articles = None, by: By, why: Why, dry_run: DryRun = False
) -> None:
    """Undo the merge of a speaker or, with --article, the splits in these articles."""
    _take_one(
        Decision(
            action=Action.UNDO_SPEAKER,
            subject=speaker,
            articles=tuple(articles or ()),
            by=by,
            why=why,
        ),
        dry_run=dry_run,
    )


@organizations.command("merge")
def merge_organizations(organization: str, into: str, *, by: By, why: Why, dry_run: DryRun = False) -> None:
    """Let one organization be another one from now on: ORGANIZATION becomes INTO, as a speaker too."""
    merge = Decision(action=Action.MERGE_ORGANIZATIONS, subject=organization, targets=(into,), by=by, why=why)
    _take_one(merge, dry_run=dry_run)


@organizations.command("undo")
def undo_organization(organization: str, *, by: By, why: Why, dry_run: DryRun = False) -> None:
    """Undo the merge of an organization."""
    _take_one(
        Decision(
            action=Action.UNDO_ORGANIZATION,
            subject=organization,
            by=by,
            why=why,
        ),
        dry_run=dry_run,
    )


def _needed(value: str | None, option: str) -> str:
    """Return an option that only a file can do without. Raises BadParameter."""
    if value is None:
        raise typer.BadParameter(EMPTY, param_hint=option)
    return value


def _take_one(decision: Decision, *, dry_run: bool) -> None:
    with errors_in_words():
        taken = _take([decision], dry_run=dry_run)
        if taken.refused:
            raise CommandError(taken.refused[0][1])


def _correct_many(file: str, *, by: str | None, why: str | None, dry_run: bool) -> None:
    from app.ingestion.corrections_file import BadHeaderError, read_decisions  # noqa: PLC0415 - loads storage

    with errors_in_words():
        try:
            with _opened(file) as lines:
                decisions, refused = read_decisions(lines, by=by, why=why)
        except (BadHeaderError, OSError, UnicodeDecodeError) as error:
            raise CommandError(f"{file}: {error}") from None
        taken = _take(decisions, dry_run=dry_run or bool(refused), told=not refused)
        wrong = sorted([*refused, *taken.refused])
        for number, why_not in wrong:
            typer.echo(f"{file}:{number}: {why_not}", err=True)
        if wrong:
            raise CommandError(f"{file}: nothing was changed, since {len(wrong):,} lines cannot be taken")


@contextmanager
def _opened(file: str) -> Iterator[Iterable[str]]:
    if file == "-":
        yield sys.stdin
        return
    with Path(file).open(encoding="utf-8", newline="") as lines:
        yield lines


def _take(decisions: Sequence[Decision], *, dry_run: bool, told: bool = True) -> "Taken":
    """Take decisions, tell them, and extract anew what has to be; tell nothing where one is refused."""
    from app.ingestion.correcting import take_decisions  # noqa: PLC0415 - loads storage

    if any(decision.action in UNDOING for decision in decisions):
        return _take_and_extract(decisions, dry_run=dry_run, told=told)
    taken = patiently(
        lambda engine: take_decisions(decisions, engine=engine, dry_run=dry_run), repeatable=dry_run
    )
    if told:
        _tell(taken, dry_run=dry_run)
    return taken


def _take_and_extract(decisions: Sequence[Decision], *, dry_run: bool, told: bool) -> "Taken":
    from app.ingestion.correcting import take_decisions  # noqa: PLC0415 - loads storage

    with prepared("correct --undo", read_settings(), workers=1, quiet=False) as (engine, options):
        from app.ingestion.reextraction import run_reextraction  # noqa: PLC0415 - the job loads NLP

        taken = options.patience.keep_trying(
            lambda: take_decisions(decisions, engine=engine, dry_run=dry_run), engine, repeatable=dry_run
        )
        if told:
            _tell(taken, dry_run=dry_run)
        if taken.articles and not dry_run and not taken.refused:
            report = run_reextraction(engine=engine, options=options, keys=sorted(taken.articles))
            left = len(taken.articles) - report.replaced
            rest = f"; {left:,} are left: see `dateline failures`, then `dateline reextract`" if left else ""
            typer.echo(f"Extracted anew: articles {report.replaced:,}{rest}.", err=True)
    return taken


def _tell(taken: "Taken", *, dry_run: bool) -> None:
    if taken.refused:
        return
    for correction in taken.corrections:
        typer.echo(_line(correction))
    verb = "Would be decided" if dry_run else "Decided"
    typer.echo(f"{verb}: {len(taken.corrections):,}.", err=True)


def corrections(
    *,
    of: Annotated[str | None, typer.Option("--of", help="Key of a statement, or a slug.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print a JSON object a line.")] = False,
) -> None:
    """List what people decided, the last first."""
    from app.ingestion.database import require_current  # noqa: PLC0415 - loads storage
    from app.schemas.exchange import plain  # noqa: PLC0415 - loads the schemas
    from app.storage.corrections.log import made_corrections  # noqa: PLC0415 - loads storage

    with errors_in_words(), existing_database() as engine, engine.connect() as connection:
        require_current(connection)
        for correction in made_corrections(connection, of=of):
            line = json.dumps(plain(correction), ensure_ascii=False) if as_json else _line(correction)
            typer.echo(line)


def _line(correction: "Correction") -> str:
    """Return a correction on a line: what was, what is, who decided and why."""
    made = correction
    where = f" in article {made.article}" if made.article and made.of != "statement" else ""
    change = f"{_state(made.before)} -> {_state(made.after)}"
    when = made.made_at.strftime("%Y-%m-%d %H:%M:%S")
    return (
        f"{made.key}  {when}  {made.of} {made.subject}{where}: {made.action}: {change}"
        f"  ({made.made_by}: {made.reason})"
    )


def _state(state: "State | None") -> str:
    if state is None:
        return "as extracted"
    if state.review is None:
        return state.slug or ""
    who = " and ".join(one.slug for one in state.speakers) or "nobody"
    return f"{state.review}, {who}"
