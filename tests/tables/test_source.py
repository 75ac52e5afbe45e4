from relationkit.tables._source import Source


class TestSource:
    def test_names_each_object_once(self) -> None:
        """The same object has one name, and None is an object like any other."""
        source, value = Source(), object()

        names = [source.bind(one) for one in (value, None, value, None)]

        assert names[0] == names[2] != names[1] == names[3]
        assert source.names == {names[0]: value, names[1]: None}
