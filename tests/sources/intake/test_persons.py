from chainmap.sources.intake.persons import without_persons


def test_a_mail_behind_a_very_long_word_is_still_left_out():
    told = without_persons("甲" * 200_000 + " zhao@a.example 乙")
    assert "@" not in told and told.startswith("甲" * 200_000) and told.endswith("（已隐去） 乙")
