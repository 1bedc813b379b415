import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chainmap.chains import centrality
from chainmap.chains.centrality import betweenness, dominated_counts, downstream_counts
from tests.oracles.chain_position import lost_without, random_dag, reached, sparse


@st.composite
def graphs(draw, acyclic=False):
    nodes = draw(st.integers(1, 9))
    pair = st.tuples(st.integers(0, nodes - 1), st.integers(0, nodes - 1))
    edges = draw(st.sets(pair.filter(lambda e: e[0] < e[1] if acyclic else e[0] != e[1])))
    return nodes, sorted(edges)


def named(nodes, edges):
    graph = nx.DiGraph()
    graph.add_nodes_from(range(nodes))
    graph.add_edges_from(edges)
    return graph


@pytest.mark.parametrize("seed", range(4))
def test_betweenness_is_networkx_on_random_chains(seed):
    rng = np.random.default_rng(seed)
    nodes = int(rng.integers(40, 200))
    edges = random_dag(rng, nodes, 3 * nodes)
    wanted = nx.betweenness_centrality(named(nodes, edges))
    found = betweenness(sparse(nodes, edges))
    assert max(abs(found[node] - value) for node, value in wanted.items()) < 1e-12


@given(graphs())
def test_betweenness_is_networkx_on_any_small_graph(graph):
    wanted = nx.betweenness_centrality(named(*graph))
    assert betweenness(sparse(*graph)).tolist() == pytest.approx(list(wanted.values()), abs=1e-12)


def test_the_size_of_a_block_changes_nothing(monkeypatch):
    edges = random_dag(np.random.default_rng(7), 60, 200)
    whole = betweenness(sparse(60, edges))
    monkeypatch.setattr(centrality, "_BLOCK_CELLS", 150)
    assert betweenness(sparse(60, edges)).tolist() == pytest.approx(whole.tolist(), abs=1e-15)


@given(graphs())
def test_downstream_is_everything_reached_but_the_node_itself(graph):
    nodes, edges = graph
    wanted = [len(reached(edges, [node]) - {node}) for node in range(nodes)]
    assert downstream_counts(sparse(nodes, edges)).tolist() == wanted


def test_downstream_counts_over_more_than_one_word_of_bits():
    line = [(node, node + 1) for node in range(199)]
    assert downstream_counts(sparse(200, line)).tolist() == list(range(199, -1, -1))


@given(graphs())
def test_dominated_are_those_lost_when_the_node_is_taken_out(graph):
    nodes, edges = graph
    wanted = [len(lost_without(nodes, edges, node)) for node in range(nodes)]
    assert dominated_counts(sparse(nodes, edges)).tolist() == wanted


@given(graphs(acyclic=True))
def test_what_is_lost_lies_downstream(graph):
    found = sparse(*graph)
    assert (dominated_counts(found) <= downstream_counts(found)).all()


def test_a_second_supplier_saves_the_users():
    assert dominated_counts(sparse(4, [(0, 1), (1, 2), (2, 3)])).tolist() == [3, 2, 1, 0]
    assert dominated_counts(sparse(5, [(0, 1), (1, 2), (2, 3), (4, 2)])).tolist() == [1, 0, 1, 0, 0]


def test_a_graph_without_links_has_no_position():
    empty = sparse(3, [])
    for count in (betweenness, downstream_counts, dominated_counts):
        assert count(empty).tolist() == [0, 0, 0]
