from mentoring_ext.profiles.bitsets import packed, table_of


def test_packed_numbers_stand_in_the_table_again():
    sets = [{0, 7, 8}, set(), {20}]

    table = table_of([packed(numbers) for numbers in sets], 20)

    assert [set(row.nonzero()[0].tolist()) for row in table] == sets


def test_numbers_beyond_the_highest_are_left_out():
    assert table_of([packed([1, 9, 90])], 9).tolist() == [[False, True, *[False] * 7, True]]


def test_a_table_of_nobody_has_its_columns():
    assert table_of([], 9).shape == (0, 10)
