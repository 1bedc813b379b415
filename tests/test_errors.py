"""What the system refuses is told in Chinese."""

import errno

import pytest

from chainmap.errors import AmbiguousNameError, reason_of


@pytest.mark.parametrize(
    "number", [errno.ENOENT, errno.EACCES, errno.ENOMEM, errno.EAGAIN, errno.EMFILE]
)
def test_the_reasons_of_the_system_are_told_in_chinese(number):
    assert not reason_of(OSError(number, "English words")).isascii()


def test_things_of_one_name_are_named_with_their_ids_and_no_more_than_ten():
    told = AmbiguousNameError("环节", "胶", [(f"胶{at}", f"x-{at}") for at in range(12)])
    assert "对得上 12 个环节" in str(told) and "胶9（x-9）等。" in str(told)
    assert told.nearest == tuple(f"胶{at}" for at in range(10))
