"""Positions of a picture: the same for the same picture, nothing on top of anything, nothing pushed away."""

import itertools
import math
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from api.layout import Point, arrange, overlap

Picture = tuple[list[list[str]], list[tuple[str, str]]]


@st.composite
def pictures(draw: st.DrawFn) -> Picture:
    """Steps of new nodes with links between any of them, as a picture grows."""
    sizes = draw(st.lists(st.integers(0, 12), min_size=0, max_size=3))
    counter = itertools.count()
    steps = [
        [f"agency/a{next(counter):02d}" for _ in range(size)] for size in (draw(st.integers(1, 25)), *sizes)
    ]
    nodes = [node for step in steps for node in step]
    pair = st.tuples(st.sampled_from(nodes), st.sampled_from(nodes))
    return steps, draw(st.lists(pair, max_size=40))


@settings(max_examples=60, deadline=None)
@given(pictures())
def test_no_boxes_overlap_and_all_nodes_have_a_place(picture: Picture) -> None:
    steps, links = picture
    places = arrange(steps, links, {})
    assert set(places) == {node for step in steps for node in step}
    assert all(math.isfinite(c) for place in places.values() for c in place)
    clashes = [
        pair for pair in itertools.combinations(places, 2) if overlap(places[pair[0]], places[pair[1]])
    ]
    assert clashes == []


@settings(max_examples=40, deadline=None)
@given(pictures(), st.randoms())
def test_the_order_of_nodes_and_links_does_not_matter(picture: Picture, random: Random) -> None:
    steps, links = picture
    shuffled = [random.sample(step, len(step)) for step in steps]
    turned = [(b, a) for a, b in random.sample(links, len(links))]
    assert arrange(shuffled, turned, {}) == arrange(steps, links, {})


@settings(max_examples=40, deadline=None)
@given(pictures())
def test_a_later_step_moves_nothing(picture: Picture) -> None:
    steps, links = picture
    whole = arrange(steps, links, {})
    for n in range(1, len(steps)):
        shown = {node for step in steps[:n] for node in step}
        earlier = arrange(steps[:n], [(a, b) for a, b in links if a in shown and b in shown], {})
        assert {node: whole[node] for node in shown} == earlier


@settings(max_examples=40, deadline=None)
@given(pictures(), st.tuples(st.integers(-500, 500), st.integers(-500, 500)), st.data())
def test_a_fixed_node_stands_where_it_was_put(picture: Picture, place: Point, data: st.DataObject) -> None:
    steps, links = picture
    moved = data.draw(st.sampled_from([node for step in steps for node in step]))
    places = arrange(steps, links, {moved: place, "agency/elsewhere": (0.0, 0.0)})
    assert places[moved] == place
    assert "agency/elsewhere" not in places
    assert not any(overlap(place, other) for node, other in places.items() if node != moved)


def test_many_nodes_are_placed_too() -> None:
    nodes = [f"country/c{i:03d}" for i in range(150)]
    places = arrange([nodes], [(nodes[0], node) for node in nodes], {})
    assert len(places) == 150
    assert not any(overlap(a, b) for a, b in itertools.combinations(places.values(), 2))


def test_linked_nodes_stand_nearer_than_others() -> None:
    chain = [f"unit/u{i}" for i in range(8)]
    places = arrange([chain], list(itertools.pairwise(chain)), {})
    linked = max(math.dist(places[a], places[b]) for a, b in itertools.pairwise(chain))
    assert linked < math.dist(places[chain[0]], places[chain[-1]])
