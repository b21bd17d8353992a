import pytest

from app.domain.annotation import MentionRole, PlaceKind
from app.domain.links import Outcome
from app.linking.article import Indexes
from app.linking.containers import Container
from app.linking.place_queries import Query, candidates_of
from app.linking.places import link_places
from tests.linking.articles import make_article, mention

STATE, COUNTY, CITY = PlaceKind.STATE, PlaceKind.COUNTY, PlaceKind.CITY


def slugs(indexes: Indexes, text: str, *mentions: tuple[str, str | None, PlaceKind | None]) -> list[str]:
    """Return the slug or the outcome of each mention, given as name, container and kind."""
    made = [mention(text, name, container=container, kind=kind) for name, container, kind in mentions]
    linked = link_places(made, article=make_article(text), gazetteer=indexes.gazetteer)
    return [one.place.slug if one.place else one.outcome.value for one in linked]


@pytest.mark.parametrize(
    ("text", "name", "container", "slug"),
    [
        ("Agents came to Boston on Monday.", "Boston", None, "boston-ma"),
        ("Ana Ortega works in Springfield, Ill.", "Springfield", "Ill.", "springfield-il"),
        ("Ana Ortega works in Paris, Texas.", "Paris", "Texas", "paris-tx"),
        ("Ana Ortega flew to Paris.", "Paris", None, "paris-fr"),
        ("A plane left London, Ontario.", "London", "Ontario", "london-ca-6058560"),
        ("She moved to Tbilisi, Georgia.", "Tbilisi", "Georgia", "tbilisi-ge"),
        ("She moved to Atlanta, Georgia.", "Atlanta", "Georgia", "atlanta-ga"),
        ("NEW YORK - Ana Ortega spoke.", "NEW YORK", None, "new-york-ny"),
        ("WASHINGTON - Ana Ortega spoke.", "WASHINGTON", None, "washington-dc"),
        ("Ana Ortega lives in Washington, D.C.", "Washington", "D.C.", "washington-dc"),
        ("The D.C. office was closed.", "D.C.", None, "washington-dc"),
        ("Ana Ortega of Mobile, Ala., spoke.", "Mobile", "Ala.", "mobile-al"),
        ("Buses ran from Ciudad Juárez.", "Ciudad Juárez", None, "ciudad-juarez-mx"),
        ("Ortega crossed from Mexico.", "Mexico", None, "mexico"),
        ("The U.S. did not answer.", "U.S.", None, "united-states"),
        ("A law of California forbids it.", "California", None, "california"),
        ("Voters in Georgia decide.", "Georgia", None, "georgia"),
        ("It is the capital of Lebanon.", "Lebanon", None, "lebanon"),
    ],
)
def test_a_name_alone_or_with_its_container(
    indexes: Indexes, text: str, name: str, container: str | None, slug: str
) -> None:
    assert slugs(indexes, text, (name, container, None)) == [slug]


@pytest.mark.parametrize(
    ("text", "name", "kind", "slug"),
    [
        ("New York residents sued over a state law.", "New York", STATE, "new-york"),
        ("Washington state will sue.", "Washington", STATE, "washington"),
        ("The city of Boston will sue.", "Boston", CITY, "boston-ma"),
        ("Los Angeles County will sue.", "Los Angeles County", COUNTY, "los-angeles-county-ca"),
        ("The county of Los Angeles will sue.", "Los Angeles", COUNTY, "los-angeles-county-ca"),
    ],
)
def test_a_kind_that_the_words_say(
    indexes: Indexes, text: str, name: str, kind: PlaceKind, slug: str
) -> None:
    assert slugs(indexes, text, (name, None, kind)) == [slug]


@pytest.mark.parametrize(
    ("text", "name", "container", "outcome"),
    [
        ("Ana Ortega lives in Springfield.", "Springfield", None, Outcome.AMBIGUOUS),
        ("Suffolk County will sue.", "Suffolk County", None, Outcome.AMBIGUOUS),
        ("Trump spoke on Monday.", "Trump", None, Outcome.UNLINKED),
        ("Independence is dear to them.", "Independence", None, Outcome.UNLINKED),
        ("Reading was her pastime.", "Reading", None, Outcome.UNLINKED),
        ("The Border was closed.", "Border", None, Outcome.UNLINKED),
        ("They sang in Central Park.", "Central Park", None, Outcome.UNLINKED),
        ("They landed at Dulles.", "Dulles", None, Outcome.UNLINKED),
        ("For Carolina it was a long way.", "Carolina", None, Outcome.UNLINKED),
        ("They came from Ontario.", "Ontario", None, Outcome.UNLINKED),
        ("They came from the Middle East.", "Middle East", None, Outcome.UNLINKED),
        ("They met in Ortegaville.", "Ortegaville", None, Outcome.UNLINKED),
        ("They met in Chicago, Peru.", "Chicago", "Peru", Outcome.UNLINKED),
    ],
)
def test_names_that_stay_open(
    indexes: Indexes, text: str, name: str, container: str | None, outcome: Outcome
) -> None:
    article = make_article(text)
    (one,) = link_places(
        [mention(text, name, container=container)], article=article, gazetteer=indexes.gazetteer
    )
    assert one.outcome is outcome
    assert one.place is None
    assert one.reason


def test_a_state_named_elsewhere_decides_between_namesakes(indexes: Indexes) -> None:
    text = "Missouri lawmakers met. Ana Ortega of Springfield and Juan Ortega of Joplin spoke in Missouri."
    found = slugs(indexes, text, ("Springfield", None, None), ("Joplin", None, None))
    assert found == ["springfield-mo", "joplin-mo"]


def test_a_small_town_is_told_by_the_places_around_it(indexes: Indexes) -> None:
    text = "From Worcester and Boston buses run to Milford, and on to Framingham in Massachusetts."
    found = slugs(
        indexes, text, *((name, None, None) for name in ("Worcester", "Boston", "Milford", "Framingham"))
    )
    assert found == ["worcester-ma", "boston-ma", "milford-ma", "framingham-ma"]


def test_towns_that_share_one_state_tell_it(indexes: Indexes) -> None:
    text = "Buses go from Gahanna to Dublin, Newark and Lancaster, and on to Chillicothe."
    found = slugs(
        indexes, text, *((n, None, None) for n in ("Gahanna", "Dublin", "Newark", "Lancaster", "Chillicothe"))
    )
    assert found == ["gahanna-oh", "dublin-oh", "newark-oh", "lancaster-oh", "chillicothe-oh"]


@pytest.mark.parametrize(
    ("text", "name", "slug"),
    [
        ("Ana Ortega grew up in South Philadelphia.", "South Philadelphia", "philadelphia-pa"),
        ("Ana Ortega grew up in South Texas.", "South Texas", "texas"),
        ("Ana Ortega grew up in South Carolina.", "South Carolina", "south-carolina"),
        ("Ana Ortega grew up in West Elmville.", "West Elmville", "unlinked"),
        ("Ana Ortega grew up in Eastern Europe.", "Eastern Europe", "unlinked"),
    ],
)
def test_a_part_of_a_city_or_state_is_in_it(indexes: Indexes, text: str, name: str, slug: str) -> None:
    assert slugs(indexes, text, (name, None, None)) == [slug]


@pytest.mark.parametrize(
    ("text", "name", "slug"),
    [
        ("Ana Ortega spoke to the Tampa City Manager.", "Tampa City", "tampa-fl"),
        ("Ana Ortega landed at Kansas City International.", "Kansas City International", "kansas-city-mo"),
        ("Ana Ortega grew up in Metro Nashville.", "Metro Nashville", "nashville-tn"),
        ("Ana Ortega grew up near Ortega Regional.", "Ortega Regional", "unlinked"),
        ("Ana Ortega works at California Regional.", "California Regional", "unlinked"),
    ],
)
def test_the_words_of_an_institution_do_not_belong_to_the_city(
    indexes: Indexes, text: str, name: str, slug: str
) -> None:
    assert slugs(indexes, text, (name, None, None)) == [slug]


@pytest.mark.parametrize(
    ("text", "name", "kind", "slug"),
    [
        ("The Jersey City Council met.", "Jersey", CITY, "jersey-city-nj"),
        ("The Boulder City Council met.", "Boulder", CITY, "boulder-co"),
        ("The Boise city council met.", "Boise", CITY, "boise-id"),
        ("They drove through Hennepin county.", "Hennepin", None, "hennepin-county-mn"),
    ],
)
def test_the_word_behind_a_name_tells_what_it_is(
    indexes: Indexes, text: str, name: str, kind: PlaceKind | None, slug: str
) -> None:
    assert slugs(indexes, text, (name, None, kind)) == [slug]


def test_counties_are_told_by_the_end_of_their_list(indexes: Indexes) -> None:
    text = "In New Jersey it rained on Bergen, Hudson and Essex counties. Hudson was dry on Monday."
    names = [(name, None, None) for name in ("Bergen", "Hudson", "Essex")]
    found = slugs(indexes, text, ("New Jersey", None, None), *names)
    assert found[1:] == ["bergen-county-nj", "hudson-county-nj", "essex-county-nj"]


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("A Rapides Parish jury heard Ortega of Alexandria.", "alexandria-la"),
        ("The Licking County jail in Newark is full.", "newark-oh"),
        ("Walker County will rebuild the Huntsville prison.", "huntsville-tx"),
        ("Ortega of Alexandria sued Virginia.", "alexandria-va"),
        ("Ortega left Egypt through Alexandria.", "alexandria-eg"),
    ],
)
def test_a_named_county_state_or_country_tells_the_town(indexes: Indexes, text: str, slug: str) -> None:
    name = next(name for name in ("Alexandria", "Newark", "Huntsville") if name in text)
    assert slugs(indexes, text, (name, None, None)) == [slug]


@pytest.mark.parametrize(
    ("text", "name", "container", "slug"),
    [
        ("Ortega crossed Switzerland to Davos.", "Davos", None, "davos-ch"),
        ("Ortega flew to Davos, Switzerland.", "Davos", "Switzerland", "davos-ch"),
        ("Ortega flew to Davos.", "Davos", None, "unlinked"),
        ("Ortega of Trujillo, Honduras, spoke.", "Trujillo", "Honduras", "trujillo-hn"),
        ("Ortega left Honduras for Trujillo in Peru.", "Trujillo", None, "trujillo-pe"),
    ],
)
def test_a_small_place_abroad_needs_its_country_and_no_larger_namesake(
    indexes: Indexes, text: str, name: str, container: str | None, slug: str
) -> None:
    assert slugs(indexes, text, (name, container, None)) == [slug]


@pytest.mark.parametrize(
    ("text", "name", "container", "slug"),
    [
        ("Torrington and Litchfield sent help to Harwinton.", "Harwinton", None, "harwinton-ct"),
        ("Ortega of Orient, Ohio, spoke.", "Orient", "Ohio", "orient-oh"),
    ],
)
def test_a_place_that_only_a_zip_code_tells(
    indexes: Indexes, text: str, name: str, container: str | None, slug: str
) -> None:
    others = [(one, None, None) for one in ("Torrington", "Litchfield") if one in text]
    assert slugs(indexes, text, (name, container, None), *others)[0] == slug


@pytest.mark.parametrize(("state", "beside"), [("MN", ["kent-mn"]), ("OH", [])])
def test_beside_larger_namesakes_it_stands_where_its_state_is_named(
    indexes: Indexes, state: str, beside: list[str]
) -> None:
    query = Query("kent", None, None)
    found = candidates_of(query, indexes.gazetteer, {Container("US", state)})
    larger = candidates_of(query, indexes.gazetteer, ())
    assert [one.place.slug for one in found if one not in larger] == beside
    assert {one.place.slug for one in larger} == {"kent-wa", "kent-oh", "kent-ct"}


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Boston Walmart", "boston-ma"),
        ("Rodeo Boston", "boston-ma"),
        ("Boston-Ortega Quarter", "boston-ma"),
        ("Boston Ave", "unlinked"),
        ("Chicago Walmart", "unlinked"),  # the article names no Chicago
    ],
)
def test_a_longer_name_asks_for_the_city_of_the_article_that_it_holds(
    indexes: Indexes, name: str, slug: str
) -> None:
    text = f"Ortega left Boston for the {name}."
    assert slugs(indexes, text, ("Boston", None, None), (name, None, None)) == ["boston-ma", slug]


@pytest.mark.parametrize(("name", "slug"), [("La.", "louisiana"), ("L.A.", "los-angeles-ca")])
def test_louisiana_is_no_los_angeles(indexes: Indexes, name: str, slug: str) -> None:
    text = f"Ana Ortega, R-{name}, left California."
    assert slugs(indexes, text, (name, None, None)) == [slug]


def test_one_sense_an_article(indexes: Indexes) -> None:
    text = "In Springfield, Ill., Ana Ortega spoke. Later Springfield voted."
    first = mention(text, "Springfield", container="Ill.")
    again = mention(text.replace("Springfield", "Sprungfield", 1), "Springfield")
    linked = link_places([first, again], article=make_article(text), gazetteer=indexes.gazetteer)
    assert [one.place.slug for one in linked if one.place] == ["springfield-il", "springfield-il"]


def test_containers_that_differ_give_two_senses(indexes: Indexes) -> None:
    text = "Buses from Springfield, Ill., and from Springfield, Mo."
    mentions = [mention(text, "Springfield", container=state) for state in ("Ill.", "Mo.")]
    linked = link_places(mentions, article=make_article(text), gazetteer=indexes.gazetteer)
    assert [one.place.slug for one in linked if one.place] == ["springfield-il", "springfield-mo"]


def test_a_list_of_cities_is_no_city_with_its_state(indexes: Indexes) -> None:
    text = "Agents went to San Francisco, New York and Chicago."
    assert slugs(indexes, text, ("San Francisco", "New York", None)) == ["san-francisco-ca"]


@pytest.mark.parametrize(
    ("text", "names", "slug"),
    [
        ("Most live in Texas, Florida and New York.", ["Texas", "Florida", "New York"], "new-york"),
        ("It has jails in Ohio, New York, and Texas.", ["Ohio", "New York", "Texas"], "new-york"),
        ("It holds in Ohio, Oregon, and Washington.", ["Ohio", "Oregon", "Washington"], "washington"),
        ("Ana Ortega saw Clinton County Jail in New York.", ["New York"], "new-york"),
        ("Ana Ortega grew up in upstate New York.", ["New York"], "new-york"),
        ("Agents went to Chicago, Dallas and New York.", ["Chicago", "Dallas", "New York"], "new-york-ny"),
        ("Agents went to Texas, Chicago and New York.", ["Texas", "Chicago", "New York"], "new-york-ny"),
        ("Agents went to Miami, Florida, and New York.", ["Miami", "Florida", "New York"], "new-york-ny"),
        ("Ana Ortega moved from Texas. New York is home.", ["Texas", "New York"], "new-york-ny"),
    ],
)
def test_in_a_list_of_states_a_name_is_the_state(
    indexes: Indexes, text: str, names: list[str], slug: str
) -> None:
    assert slug in slugs(indexes, text, *((name, None, None) for name in names))


def test_a_city_in_brackets_lies_in_the_county_before_it(indexes: Indexes) -> None:
    text = "Ana Ortega won Pinellas County (St. Petersburg) and lost the rest."
    found = slugs(indexes, text, ("Pinellas County", None, COUNTY), ("St. Petersburg", None, None))
    assert found == ["pinellas-county-fl", "st-petersburg-fl"]


def test_a_county_is_told_by_its_state(indexes: Indexes) -> None:
    text = "In Massachusetts the district attorney of Suffolk County will sue."
    assert slugs(indexes, text, ("Suffolk County", None, COUNTY)) == ["suffolk-county-ma"]


def test_a_blocked_mention_stays_unlinked_with_its_reason(indexes: Indexes) -> None:
    text = "Washington said no."
    blocked = mention(text, "Washington", blocked="the government")
    (one,) = link_places([blocked], article=make_article(text), gazetteer=indexes.gazetteer)
    assert (one.outcome, one.place, one.reason) == (Outcome.UNLINKED, None, "the government")


def test_a_name_part_is_linked_and_keeps_its_role(indexes: Indexes) -> None:
    text = "The Boston Harbor News reported it."
    part = mention(text, "Boston", role=MentionRole.NAME_PART)
    (one,) = link_places([part], article=make_article(text), gazetteer=indexes.gazetteer)
    assert one.place is not None
    assert one.place.slug == "boston-ma"
    assert one.mention.role is MentionRole.NAME_PART
