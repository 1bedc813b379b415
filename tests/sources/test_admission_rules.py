from chainmap.concepts.admission import Metric, Threshold
from chainmap.sources.admission_rules import load_admission_rules, load_catalogue_rules


def test_every_metric_has_a_rule_and_every_rule_its_source():
    rules = load_admission_rules()
    assert {rule.metric for rule in rules} == set(Metric)
    for rule in rules:
        assert rule.source.title and rule.source.issuer and rule.ask
        assert rule.source.number or rule.source.article or rule.source.date
        if isinstance(rule.check, Threshold) and rule.value is not None:
            assert rule.source.article and rule.source.date


def test_the_drafting_rules_are_whole():
    rules = load_catalogue_rules()
    assert rules.priority.middle < rules.priority.high <= len(rules.priority.points)
    assert all(rule.why for rule in rules.wanted)
